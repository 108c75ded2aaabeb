-- expect: value poisoned
string.rep = function() return 'poisoned' end
table.concat = nil
return ('x'):rep(3)
