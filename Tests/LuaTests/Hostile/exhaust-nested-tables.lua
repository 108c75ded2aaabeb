-- expect: error C stack overflow
local text = ('{'):rep(1000) .. ('}'):rep(1000)
error((select(2, load('return ' .. text))))
