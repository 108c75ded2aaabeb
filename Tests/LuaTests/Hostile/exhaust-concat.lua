-- expect: memory
local b, t = ('x'):rep(1 << 20), {}
for i = 1, 1000 do t[i] = b end
return table.concat(t)
