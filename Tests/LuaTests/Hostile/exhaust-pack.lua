-- expect: memory
local s = ('x'):rep(1 << 20)
return string.pack(('s'):rep(100), table.unpack(setmetatable({}, {__index = function() return s end}), 1, 100))
