-- expect: error C stack overflow
local function f() local _, why = load(function() return f() end) error(why, 0) end
f()
