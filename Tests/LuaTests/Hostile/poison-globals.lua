-- expect: value true
local globals = _G
for name in pairs(globals) do globals[name] = nil end
return true
