-- expect: memory
local n = 0
while true do n = n + 1 _G[('k'):rep(20000) .. n] = n end
