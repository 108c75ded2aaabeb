-- expect: time
local s = ('好'):rep(1 << 20)
while true do utf8.len(s) utf8.offset(s, 900000) end
