-- expect: time
local a <close> = setmetatable({}, {__close = function() error('another') end})
while true do end
