-- expect: error more than 5000 conversions
local n = 20000
return string.format(('%99.99f'):rep(n), table.unpack(setmetatable({}, {__index = function() return 1e300 end}), 1, n))
