-- expect: wall
local ma, mb = {}, {}
local a, b = setmetatable({}, ma), setmetatable({}, mb)
ma.__call, mb.__call = b, a
while true do pcall(coroutine.wrap(function() a() end)) end
