-- expect: error error object is a table value
error(setmetatable({}, {__name = 'limit.time'}))
