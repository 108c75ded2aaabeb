-- expect: time
local t = {}
for i = 1, 10 do t[i] = setmetatable({}, {__lt = function() while true do end end}) end
table.sort(t)
