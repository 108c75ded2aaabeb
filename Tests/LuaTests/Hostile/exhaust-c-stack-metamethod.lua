-- expect: depth
local mt = {}
mt.__index = function(t, k) return t[k] end
return setmetatable({}, mt).x
