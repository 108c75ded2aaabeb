-- expect: time
table.move(setmetatable({}, {__len = function() return 1 << 60 end}), 1, 1 << 50, 2)
