-- expect: time
local s = ('x'):rep(3 << 20)
while true do s:upper() s:lower() s:reverse() end
