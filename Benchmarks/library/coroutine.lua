-- operations: 3000000
local yield = coroutine.yield
local turn = coroutine.wrap(function() while true do yield() end end)
for _ = 1, 3000000 do turn() end
