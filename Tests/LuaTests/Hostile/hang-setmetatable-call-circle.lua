-- expect: error '__call' leads in a circle
local a, b = {}, {}
local ma, mb = {__call = b}, {__call = a}
setmetatable(a, ma)
setmetatable(b, mb)
a()
