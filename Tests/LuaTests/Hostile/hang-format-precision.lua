-- expect: time
local s, n = ('x'):rep(3 << 20), 4900
local all = setmetatable({}, {__index = function() return s end})
while true do string.format(('%.1s'):rep(n), table.unpack(all, 1, n)) end
