-- operations: 1000000
local registry = {}
for i = 1, 1000 do registry["key" .. i] = i end
for _ = 1, 1000 do
  for key, value in pairs(registry) do end
end
