-- expect: time
local a, b = ('\0'):rep((4 << 20) - 100), ('\0'):rep((4 << 20) - 100) .. 'x'
while true do local _ = a < b end
