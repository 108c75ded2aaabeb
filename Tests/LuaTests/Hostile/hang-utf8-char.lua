-- expect: time
local t = {}
for i = 1, 200000 do t[i] = 0x10000 end
while true do utf8.char(table.unpack(t)) end
