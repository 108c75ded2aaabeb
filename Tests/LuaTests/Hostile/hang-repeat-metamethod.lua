-- expect: time
local mt = {}
mt.__index = function(t, k) return t[k + 1] end
local t = setmetatable({}, mt)
while true do pcall(function() return t[1] end) end
