-- Varargs: '...', select, table.pack and unpack; nils among them and at the end.

local function count(...) return select('#', ...) end
local function all(...) return ... end
local function last(...) return (select(-1, ...)) end
gives('0 1 2 3', count(), count(nil), count(nil, nil), count(1, nil, nil))
gives('1 nil 3', all(1, nil, 3))
gives('nil', all(nil))
gives('', all())
gives('1', (all(1, 2)))
gives('nil', (all()))
gives('3', last(1, 2, 3))

-- Parameters take theirs first
local function first(a, b, ...) return a, b, count(...) end
gives('nil nil 0', first())
gives('1 nil 0', first(1))
gives('1 2 0', first(1, 2))
gives('1 2 3', first(1, 2, 3, nil, nil))

-- Where a list ends it gives all, elsewhere one
gives('1 1 2', all(all(1, 2), all(1, 2)))
gives('1 2 1', all(1, 2, (all(1, 2))))
same(#{all(1, 2, 3)}, 3)
same(#{all(1, 2, 3), 4}, 2)
same(#{(all(1, 2, 3))}, 1)
same(select('#', all(), all()), 1)
same(select('#', all(), nil), 2)
local a, b, c = all(1, 2)
gives('1 2 nil', a, b, c)
local d, e = all(1, 2), 3
gives('1 3', d, e)

-- select
gives('b c', select(2, 'a', 'b', 'c'))
gives('c', select(-1, 'a', 'b', 'c'))
gives('a b c', select(-3, 'a', 'b', 'c'))
gives('', select(4, 'a', 'b', 'c'))
gives('', select(100, 'a'))
gives('b', select('2', 'a', 'b'))
gives('b', select(2.0, 'a', 'b'))
fails("bad argument #1 to 'select' (index out of range)", select, 0)
fails("bad argument #1 to 'select' (index out of range)", select, -2, 'a')
fails("bad argument #1 to 'select' (number expected, got no value)", select)
fails("bad argument #1 to 'select' (number has no integer representation)", select, 1.5)

-- table.pack and unpack
local packed = table.pack(nil, 2, nil)
gives('3 nil 2 nil', packed.n, packed[1], packed[2], packed[3])
same(table.pack().n, 0)
gives('nil 2 nil', table.unpack(packed, 1, packed.n))
gives('1 2 3', table.unpack {1, 2, 3})
gives('2 3', table.unpack({1, 2, 3}, 2))
gives('2', table.unpack({1, 2, 3}, 2, 2))
gives('', table.unpack({1, 2, 3}, 3, 2))
gives('nil nil', table.unpack({}, 0, 1))
gives('a b', table.unpack(setmetatable({}, {__index = function(_, i) return i == 1 and 'a' or 'b' end}), 1, 2))
gives('nil', table.unpack({}, math.maxinteger, math.maxinteger))
gives('nil', table.unpack({}, math.mininteger, math.mininteger))
fails('too many results to unpack', table.unpack, {}, 1, 1e8)
fails('too many results to unpack', table.unpack, {}, math.mininteger, math.maxinteger)
gives('3 9', math.min(table.unpack {5, 3, 9}), math.max(table.unpack {5, 3, 9}))

-- In a chunk, in closures, in coroutines
gives('2 x y', load("return select('#', ...), ...")('x', 'y'))
local function keep(...)
  local list, n = {...}, select('#', ...)
  return function() return n, table.unpack(list, 1, n) end
end
gives('3 1 nil 3', keep(1, nil, 3)())
gives('a nil b', coroutine.wrap(function(...) return ... end)('a', nil, 'b'))
local resumed = coroutine.wrap(function(...) return coroutine.yield(...) end)
gives('1 2', resumed(1, 2))
gives('3 nil', resumed(3, nil))

-- Many
local many = {}
for i = 1, 5000 do many[i] = i end
same(count(table.unpack(many)), 5000)
same(last(table.unpack(many)), 5000)
same(select(4999, table.unpack(many)), 4999)
local function sum(...)
  local total = 0
  for i = 1, select('#', ...) do total = total + (select(i, ...)) end
  return total
end
same(sum(table.unpack(many, 1, 200)), 20100)
local function fewer(n, ...) if n == 0 then return select('#', ...) end return fewer(n - 1, n, ...) end
same(fewer(100), 100)
same(string.char(table.unpack({72, 105})), 'Hi')

-- Methods and metamethods
local object = {count = function(self, ...) return select('#', ...) end}
gives('0 2', object:count(), object:count(nil, nil))
local called = setmetatable({}, {__call = function(self, ...) return self, select('#', ...) end})
gives('3', (select(2, called(1, 2, nil))))

return done()
