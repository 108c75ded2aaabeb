-- expect: depth
local mt = {}
mt.__tostring = function(t) return ('%s'):format(t) end
return tostring(setmetatable({}, mt))
