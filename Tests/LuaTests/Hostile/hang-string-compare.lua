-- expect: time
local a, b = ('\0'):rep(5 << 20), ('\0'):rep(5 << 20) .. 'x'
while true do local _ = a < b end
