-- expect: depth
local s = 'x'
local function f() return (s:gsub('x', f)) end
f()
