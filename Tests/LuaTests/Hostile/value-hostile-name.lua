-- expect: error number expected, got
math.floor(setmetatable({}, {__name = '\27]0;owned\7' .. ('x'):rep(100000)}))
