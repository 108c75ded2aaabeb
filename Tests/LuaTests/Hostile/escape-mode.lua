-- expect: error '__mode' cannot be used
setmetatable({}, {__mode = 'k'})
