-- expect: any
local f = load('local a = {} return a' .. ('.x'):rep(120000))
return f()
