-- operations: 100000
local words = {}
for i = 1, 100 do words[i] = "abc" end
for _ = 1, 100000 do table.concat(words, ",") end
