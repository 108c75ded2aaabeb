-- expect: value nil
local s = ('a'):rep(1 << 20)
return s:find(('a'):rep(1 << 19) .. 'b', 1, true)
