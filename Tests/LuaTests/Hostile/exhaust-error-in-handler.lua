-- expect: value false
local function f(m) error(m, 0) end
return (xpcall(error, f, 'x'))
