-- operations: 2000000
local insert = table.insert
for _ = 1, 400 do
  local list = {}
  for k = 1, 5000 do insert(list, k) end
end
