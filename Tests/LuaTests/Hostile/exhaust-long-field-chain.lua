-- expect: value attempt to index a nil value (field 'x')
local f = load('local a = {} return a' .. ('.x'):rep(120000))
local _, message = pcall(f)
return message:match('attempt.*')
