-- operations: 80000
local list, seed = {}, 7
for i = 1, 5000 do
  seed = (seed * 1103515245 + 12345) % 2147483648
  list[i] = {n = seed}
end
local function before(a, b) return a.n < b.n end
for round = 1, 16 do
  table.sort(table.move(list, 1, 5000, 1, {}), before)
end
