-- expect: time
local s, n = (' '):rep(1 << 19) .. '1', 4900
local all = setmetatable({}, {__index = function() return s end})
while true do string.format(('%d'):rep(n), table.unpack(all, 1, n)) end
