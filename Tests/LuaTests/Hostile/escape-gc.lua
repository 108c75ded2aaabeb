-- expect: error '__gc' cannot be used
setmetatable({}, {__gc = function() while true do end end})
