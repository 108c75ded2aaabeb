-- expect: time
local t, r = {}, {}
for i = 1, 1 << 19 do t[i] = i end
for i = 1, 1 << 19 do t[i] = nil end
for i = 1, 90000 do r[i] = t end
return r
