-- expect: time
-- Comparing texts of megabytes, without a comparator: no hook of Lua comes by.
local zeros = ("\0"):rep(256 * 1024)
local some = { zeros .. "a", zeros .. "b" }
local texts = {}
for i = 1, 50000 do texts[i] = some[i % 2 + 1] end
table.sort(texts)
