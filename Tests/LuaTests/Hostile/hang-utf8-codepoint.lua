-- expect: time
local s = ('x'):rep(500000)
while true do utf8.codepoint(s, 1, -1) end
