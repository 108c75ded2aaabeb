-- expect: time
local s, n = (' '):rep(1 << 19) .. '65', 100000
return string.char(table.unpack(setmetatable({}, {__index = function() return s end}), 1, n))
