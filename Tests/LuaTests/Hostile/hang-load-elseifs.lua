-- expect: value nil: load: more than
local f, message = load('if a then ' .. ('elseif a then '):rep(36000) .. 'end')
return tostring(f) .. ': ' .. message
