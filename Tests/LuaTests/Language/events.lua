-- Events: what metatables make of operators, indexing, calls, length, comparison.

local function with(events, value) return setmetatable(value or {}, events) end

-- Arithmetic: the left operand's event goes first; both operands come as they were
local seen
local number = {}
for _, event in ipairs {'add', 'sub', 'mul', 'div', 'mod', 'pow', 'idiv', 'band', 'bor', 'bxor', 'shl', 'shr', 'concat'} do
  number['__' .. event] = function(a, b)
    seen = (type(a) == 'table' and 'o' or tostring(a)) .. (type(b) == 'table' and 'o' or tostring(b))
    return event
  end
end
for _, event in ipairs {'unm', 'bnot', 'len'} do number['__' .. event] = function(a) return event .. type(a) end end
local o = with(number)
gives('add sub mul div mod pow idiv', o + 1, o - 1, o * 1, o / 1, o % 1, o ^ 1, o // 1)
gives('band bor bxor shl shr concat', o & 1, o | 1, o ~ 1, o << 1, o >> 1, o .. 1)
gives('unmtable bnottable lentable', -o, ~o, #o)
gives('add o1 add 1o add oo', o + 1, seen, 1 + o and 'add', seen == 'o1' and 0 or seen, o + o, seen)
gives('concat', 'a' .. o) same(seen, 'ao')
gives('concat', 1 .. o) same(seen, '1o')
gives('aconcat', 'a' .. 'b' .. o) same(seen, 'bo')
gives('bor', 1.5 | o) same(seen, '1.5o')
gives('add', 'x' + o) same(seen, 'xo')
local left, right = with {__add = function() return 'left' end}, with {__add = function() return 'right' end}
gives('left right left', left + right, right + left, left + 1)
same(1 + right, 'right')
same((with {__add = function() return 1, 2 end}) + 1, 1)
fails("attempt to perform arithmetic on a table value (local 't')", function() local t = {} return t + 1 end)
fails("attempt to perform bitwise operation on a table value", function() return {} | 1 end)
fails("attempt to concatenate a table value", function() return {} .. 'x' end)
fails("attempt to get length of a nil value (field 'x')", function() local t = {} return #t.x end)
fails("attempt to call a number value", function() return (with {__unm = 5}).x, -with {__unm = 5} end)

-- Comparison
local ordered = {
  __lt = function(a, b) return a.n < b.n end, __le = function(a, b) return a.n <= b.n end,
  __eq = function(a, b) return a.n == b.n end,
}
local one, two, too = with(ordered, {n = 1}), with(ordered, {n = 2}), with(ordered, {n = 2})
gives('true false true true false', one < two, two < one, one <= two, two <= too, one >= two)
gives('true false false true', two == too, two ~= too, one == two, rawequal(two, two))
same(rawequal(two, too), false)
same(one == 1, false)
same((with {__eq = function() return nil end}) == {}, false)
same((with {__eq = function() return 1 end}) == {}, true)
same((with {__lt = function() return 'yes' end}) < 1, true)
same(1 <= with {__le = function() return false end}, false)
fails('attempt to compare two table values', function() return {} < {} end)
fails('attempt to compare number with nil', function() return 1 < nil end)
fails('attempt to compare table with number', function() return {} <= 1 end)
fails('attempt to compare number with string', function() return 1 < '2' end)

-- __index: a function, a table, a chain; only for what is absent
local base = {greet = 'base', n = 1}
local middle = with({__index = base}, {n = 2})
local top = with {__index = middle}
gives('base 2 nil', top.greet, top.n, top.none)
top.n = 3
gives('3 2', top.n, middle.n)
same(rawget(top, 'greet'), nil)
local asked = with {__index = function(t, k) return type(t) .. ':' .. tostring(k) end}
gives('table:x table:1 table:2.5', asked.x, asked[1], asked[2.5])
same(asked[nil], 'table:nil')
local long = {}
for i = 1, 50 do long = with({__index = long}, {['k' .. i] = i}) end
gives('1 50', long.k1, long.k50)
fails("'__index' chain too long; possibl", function()
  local a, b = {}, {}
  setmetatable(a, {__index = b}) setmetatable(b, {__index = a})
  return a.x
end)
fails("attempt to index a number value", function() return (with {__index = 5}).x.y end)

-- __newindex: likewise
local store = {}
local writer = with {__newindex = store}
writer.a = 1
gives('nil 1', rawget(writer, 'a'), store.a)
local calls = {}
local told = with({__newindex = function(t, k, v) calls[#calls + 1] = k .. '=' .. tostring(v) rawset(t, k, v) end}, {old = 1})
told.old, told.new, told.new = 2, 3, 4
gives('new=4 2 4', table.concat(calls, ' '):sub(1, 5), told.old, told.new and 4)
rawset(writer, 'b', 5)
gives('5 nil', writer.b, store.b)
fails('index is nil', function() rawset({}, nil, 1) end)

-- __call: arguments after the object, chains
local called = with {__call = function(self, ...) return type(self), select('#', ...), ... end}
gives('table 2 a nil', called('a', nil))
gives('table 0', called())
local outer = with {__call = called}
gives('table 2', (outer(7)), (select(2, outer(7))))
same(select(3, outer(7)) == outer, true)
same(select(4, outer(7)), 7)
same(pcall(called, 1), true)
gives('table 1 x', (function(...) return called(...) end)('x'))
local proxy = with({__index = function(_, k) return k .. '!' end})
same(proxy.hey, 'hey!')
fails("attempt to call a table value (global 'nothing_callable')", function() nothing_callable = {} nothing_callable() end)
nothing_callable = nil

-- __len, and what goes by it
local lying = with {__len = function() return 3 end, __index = function(_, i) return i * i end}
gives('3 9', #lying, lying[#lying])
gives('1 4 9', table.unpack(lying))
same(table.concat(lying, ','), '1,4,9')
same(rawlen(lying), 0)
same(rawlen 'abc', 3)
fails('object length is not an integer', table.insert, with {__len = function() return 'x' end, __index = {}, __newindex = {}}, 1)

-- __tostring, __name, __metatable
same(tostring(with {__tostring = function() return 'mine' end}), 'mine')
same(('%s|%5s'):format(with {__tostring = function() return 'm' end}, 'r'), 'm|    r')
fails("'__tostring' must return a string", tostring, with {__tostring = function() return {} end})
check(tostring(with {__name = 'Sort'}):find '^Sort: ')
check(tostring({}):find '^table: ')
local locked = with {__metatable = 'locked'}
same(getmetatable(locked), 'locked')
fails('cannot change a protected metatable', setmetatable, locked, {})
same(getmetatable(with(nil)), nil)
fails("bad argument #2 to 'setmetatable' (nil or table expected", setmetatable, {}, 1)
fails("bad argument #1 to 'setmetatable' (table expected, got number)", setmetatable, 1, {})
local plain = {}
same(setmetatable(plain, {}), plain)

-- Events are looked up raw, and when they are needed
local late = with {}
fails('attempt to call a table value', late)
getmetatable(late).__call = function() return 'now' end
same(late(), 'now')
fails('attempt to perform arithmetic', function() return with(with {__index = {__add = function() return 1 end}}) + 1 end)

return done()
