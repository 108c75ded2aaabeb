-- expect: memory
local s = ('x'):rep(5 << 20)
return s .. s
