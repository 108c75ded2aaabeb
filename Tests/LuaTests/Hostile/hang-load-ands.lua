-- expect: value nil: load: more than
local f, message = load('return a' .. (' and a'):rep(86000))
return tostring(f) .. ': ' .. message
