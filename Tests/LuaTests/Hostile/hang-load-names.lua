-- expect: time
local locals = {}
for i = 1, 199 do locals[i] = ('a%d'):format(i) end
local open = 'local ' .. table.concat(locals, ',') .. ' return function() '
return load(open:rep(90) .. ('b=b '):rep(100000) .. ('end '):rep(90))
