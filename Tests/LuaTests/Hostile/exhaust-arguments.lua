-- expect: memory
local function f(...) return f(('x'):rep(50000) .. select('#', ...), ...) end
f()
