-- expect: error attempt to call a nil value (method 'polluted')
pcall(function() getmetatable('').__index.polluted = print end)
return ('x'):polluted()
