-- operations: 400000
for round = 1, 40 do
  local numbers, seed = {}, round
  for i = 1, 10000 do
    seed = (seed * 1103515245 + 12345) % 2147483648
    numbers[i] = seed
  end
  table.sort(numbers)
end
