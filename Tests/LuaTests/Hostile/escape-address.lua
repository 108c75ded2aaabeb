-- expect: value 0x00000001 table: 0x00000001 table: 0x00000001
local t = {}
return ('%p %s '):format(t, t) .. tostring(t)
