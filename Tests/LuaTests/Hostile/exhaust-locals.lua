-- expect: value too many local variables
local t = {}
for i = 1, 201 do t[i] = 'a' .. i end
return select(2, load('local ' .. table.concat(t, ','))):match('too many local variables')
