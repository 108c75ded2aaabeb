-- expect: memory
local s = ('x'):rep(3 << 20)
return s .. s
