-- operations: 80000
local list, seed = {}, 7
for i = 1, 5000 do
  seed = (seed * 1103515245 + 12345) % 2147483648
  list[i] = '居民' .. seed
end
for round = 1, 16 do
  table.sort(table.move(list, 1, 5000, 1, {}))
end
