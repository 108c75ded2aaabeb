-- expect: error table expected
setmetatable('', {__index = function() return 1 end})
