-- expect: time
local t = {}
for i = 1, 40000 do t[i] = ('::a%d::'):format(i) end
local text = table.concat(t)
while true do load(text) end
