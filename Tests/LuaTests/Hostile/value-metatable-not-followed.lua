-- expect: value {}
return setmetatable({}, {__index = function() error('asked') end, __pairs = function() error('asked') end, __len = function() error('asked') end})
