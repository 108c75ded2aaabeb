-- expect: time
local s, n = (' '):rep(1 << 19) .. '1', 100000
return math.max(table.unpack(setmetatable({}, {__index = function() return s end}), 1, n))
