-- expect: time
local mt = {}
mt.__concat = function() while true do end end
return setmetatable({}, mt) .. 'x' .. 'y'
