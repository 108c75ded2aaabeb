-- expect: value too many upvalues
local a, b, uses = {}, {}, {}
for i = 1, 150 do a[i], b[i] = 'a' .. i, 'b' .. i end
for i = 1, 150 do uses[i], uses[i + 150] = a[i], b[i] end
local text = 'local ' .. table.concat(a, ',') .. ' return function() local ' .. table.concat(b, ',')
  .. ' return function() return ' .. table.concat(uses, '+') .. ' end end'
return select(2, load(text)):match('too many upvalues')
