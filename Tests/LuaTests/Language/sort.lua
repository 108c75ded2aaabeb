-- The library 'table': sort, insert, remove, move, concat, unpack, pack.

local function text(t) return table.concat(t, ' ') end
local function sorted(t, by) table.sort(t, by) return text(t) end

-- sort
gives('', sorted {})
gives('1', sorted {1})
gives('1 2 3', sorted {3, 1, 2})
gives('-1 0.5 1 2.5', sorted {2.5, 1, -1, 0.5})
gives('A B a aa b', sorted {'b', 'aa', 'a', 'B', 'A'})
gives('3 2 1', sorted({1, 2, 3}, function(a, b) return a > b end))
gives('1 1 1 1', sorted {1, 1, 1, 1})
local seed, many = 1, {}
for i = 1, 2000 do
  seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
  many[i] = seed % 500
end
local function ordered(t, by)
  for i = 2, #t do if by(t[i], t[i - 1]) then return false end end
  return true
end
local function up(a, b) return a < b end
local function down(a, b) return b < a end
table.sort(many)
check(ordered(many, up) and #many == 2000)
table.sort(many, down)
check(ordered(many, down))
table.sort(many, up)
check(ordered(many, up))
local people = {{'b', 2}, {'a', 2}, {'c', 1}}
table.sort(people, function(p, q) if p[2] ~= q[2] then return p[2] < q[2] end return p[1] < q[1] end)
gives('c a b', people[1][1], people[2][1], people[3][1])
local objects, order = {}, {__lt = function(a, b) return a.n < b.n end}
for i, n in ipairs {3, 1, 2} do objects[i] = setmetatable({n = n}, order) end
table.sort(objects)
gives('1 2 3', objects[1].n, objects[2].n, objects[3].n)
fails('attempt to compare', table.sort, {1, 'x'})
fails('attempt to compare two table values', table.sort, {{}, {}})
fails('attempt to compare', table.sort, {1, 2, {}, 3})
fails('invalid order function for sorting', table.sort, {1, 2, 3, 4, 5}, function() return true end)
fails('stop', table.sort, {1, 2}, function() error('stop') end)
fails("bad argument #2 to 'table.sort' (function expected, got number)", table.sort, {2, 1}, 1)
fails("bad argument #1 to 'table.sort' (table expected, got nil)", table.sort, nil)
fails("bad argument #1 to 'table.sort' (table expected, got no value)", table.sort)

-- insert and remove
local t = {}
table.insert(t, 'a')
table.insert(t, 'c')
table.insert(t, 2, 'b')
table.insert(t, 1, 'z')
table.insert(t, #t + 1, 'd')
same(text(t), 'z a b c d')
gives('d z b', table.remove(t), table.remove(t, 1), table.remove(t, 2))
same(text(t), 'a c')
same(table.remove(t, #t + 1), nil)
gives('0', select('#', table.insert(t, 'x')))
same(table.remove({}), nil)
same(table.remove({}, 0), nil)
same(table.remove({[0] = 'zero'}, 0), 'zero')
same(table.remove({n = 1}, #{}), nil)
fails("wrong number of arguments to 'insert'", table.insert, {})
fails("wrong number of arguments to 'insert'", table.insert, {}, 1, 2, 3)
fails("bad argument #2 to 'table.insert' (position out of bounds)", table.insert, {1, 2}, 4, 'x')
fails("bad argument #2 to 'table.insert' (position out of bounds)", table.insert, {1, 2}, 0, 'x')
fails("bad argument #2 to 'table.insert' (number expected, got string)", table.insert, {1}, 'x', 2)
check(not pcall(table.remove, {1, 2}, 4) and not pcall(table.remove, {1, 2}, -1))

-- move
gives('1 2 3', table.unpack(table.move({1, 2, 3}, 1, 3, 1)))
gives('1 1 2 3', table.unpack(table.move({1, 2, 3}, 1, 3, 2)))
gives('2 3 3', table.unpack(table.move({1, 2, 3}, 2, 3, 1)))
gives('x 1 2', table.unpack(table.move({1, 2}, 1, 2, 2, {'x'})))
gives('1 2', table.unpack(table.move({1, 2}, 1, 0, 5)))
same(text(table.move({1, 2, 3}, -1, 1, 3)), '1 2')
same(table.move({10}, 1, 1, math.maxinteger)[math.maxinteger], 10)
same(#table.move({1, 2, 3}, 1, 3, 1, {}), 3)
fails('too many elements to move', table.move, {}, math.mininteger, math.maxinteger, 1)
fails('destination wrap around', table.move, {}, 1, 2, math.maxinteger)
fails("bad argument #2 to 'table.move' (number expected, got nil)", table.move, {}, nil, 1, 1)
fails("bad argument #5 to 'table.move' (table expected, got number)", table.move, {}, 1, 1, 1, 5)

-- concat
same(table.concat {}, '')
same(table.concat({}, ','), '')
same(table.concat {1, 2.0, 'x'}, '12.0x')
same(table.concat({1, 2, 3}, ', '), '1, 2, 3')
same(table.concat({1, 2, 3}, 0), '10203')
same(table.concat({1, 2, 3}, '-', 2), '2-3')
same(table.concat({1, 2, 3}, '-', 2, 2), '2')
same(table.concat({1, 2, 3}, '-', 3, 2), '')
same(table.concat({[math.maxinteger] = 'x'}, '-', math.maxinteger, math.maxinteger), 'x')
fails("invalid value (nil) at index 3 in table for 'concat'", table.concat, {1, 2}, '', 1, 3)
fails("invalid value (table) at index 1 in table for 'concat'", table.concat, {{}})
fails("invalid value (boolean) at index 2 in table for 'concat'", table.concat, {1, true})
fails("bad argument #2 to 'table.concat' (string expected, got table)", table.concat, {}, {})
fails("bad argument #1 to 'table.concat' (table expected, got string)", table.concat, 'x')

-- unpack and pack
gives('1 2 3', table.unpack {1, 2, 3})
gives('2 3', table.unpack({1, 2, 3}, 2))
gives('2', table.unpack({1, 2, 3}, 2, 2))
gives('nil 1 nil', table.unpack({1}, 0, 2))
same(select('#', table.unpack({}, 1, 200)), 200)
same(select('#', table.unpack({}, 2, 1)), 0)
same(table.unpack({[math.maxinteger] = 7}, math.maxinteger, math.maxinteger), 7)
same(table.unpack('abc', 1, 1), nil)
fails('too many results to unpack', table.unpack, {}, 1, math.maxinteger)
fails('too many results to unpack', table.unpack, {}, math.mininteger, math.maxinteger)
fails("attempt to get length of a nil value", table.unpack)
local p = table.pack(nil, 2, nil)
gives('3 nil 2 nil', p.n, p[1], p[2], p[3])
same(table.pack().n, 0)

-- All of them respect metamethods
local log, plain = {}, {1, 2, 3}
local proxy = setmetatable({}, {
  __len = function() return #plain end,
  __index = function(_, k) log[#log + 1] = 'r' .. k return plain[k] end,
  __newindex = function(_, k, v) log[#log + 1] = 'w' .. k plain[k] = v end,
})
same(table.concat(proxy, ','), '1,2,3')
gives('1 2 3', table.unpack(proxy))
log = {}
table.insert(proxy, 1, 0)
same(text(log), 'r3 w4 r2 w3 r1 w2 w1')
log = {}
same(table.remove(proxy, 2), 1)
same(text(log), 'r2 r3 w2 r4 w3 w4')
same(text(plain), '0 2 3')
table.sort(proxy, down)
same(text(plain), '3 2 0')
table.move(proxy, 1, 2, 2)
same(text(plain), '3 3 2')
local lying = setmetatable({}, {__len = function() return 1.5 end})
fails('object length is not an integer', table.insert, lying, 1)
fails('object length is not an integer', table.concat, setmetatable({}, {__len = function() return 'x' end}))

return done()
