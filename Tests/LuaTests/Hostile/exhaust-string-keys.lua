-- expect: memory
local t = {}
while true do t[('x'):rep(10000) .. #t] = true t[#t + 1] = true end
