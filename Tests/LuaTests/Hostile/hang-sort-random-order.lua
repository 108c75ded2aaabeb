-- expect: error invalid order function
local t, n = {}, 7
for i = 1, 5000 do t[i] = i end
table.sort(t, function() return true end)
