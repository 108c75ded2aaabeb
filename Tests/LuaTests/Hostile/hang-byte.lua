-- expect: time
local s = ('x'):rep(500000)
while true do string.byte(s, 1, -1) end
