-- expect: wall
-- A circle of __call made after setmetatable saw the metatable: one call that moves the stack
-- 10^12 times and asks no hook. Only the second wall ends it, by noticing where it hangs.
local mt = {}
local t = setmetatable({}, mt)
mt.__call = t
t()
