-- expect: memory
local function f(n) local s = ('x'):rep(2000) .. n return #s + f(n + 1) end
while true do pcall(f, 1) end
