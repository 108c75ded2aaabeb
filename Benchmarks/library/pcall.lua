-- operations: 4000000
local pcall, type = pcall, type
for _ = 1, 4000000 do pcall(type, 1) end
