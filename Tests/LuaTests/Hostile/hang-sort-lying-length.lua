-- expect: time
local n = 0
table.sort(setmetatable({}, {__len = function() return 1 << 30 end,
  __index = function(_, i) return i end, __newindex = function() end}))
