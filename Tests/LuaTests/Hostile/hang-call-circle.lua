-- expect: error '__call' leads in a circle
local mt = {}
local t = setmetatable({}, mt)
mt.__call = t
setmetatable(t, mt)
t()
