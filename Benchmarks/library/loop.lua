-- operations: 40000000
local sum = 0
for i = 1, 40000000 do sum = sum + i % 7 end
