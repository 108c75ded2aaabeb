-- expect: error nil or table expected
setmetatable({}, 1)
