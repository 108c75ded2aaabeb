-- expect: time
return ('x'):rep(100):gsub('x', setmetatable({}, {__index = function() while true do end end}))
