-- Calls: arguments and results, methods, recursion, tail calls, load, pcall's results.

-- Adjusting arguments and results
local function two() return 1, 2 end
local function none() end
local function count(...) return select('#', ...) end
gives('1 2', two())
gives('1', (two()))
gives('1 1 2', two(), two())
gives('1 2 3', 1, 2, 3, none())
gives('1 nil', 1, (none()))
gives('0 1 2 3', count(), count(nil), count(nil, nil), count(two(), two()))
local a, b, c = two()
gives('1 2 nil', a, b, c)
a, b, c = 0, two()
gives('0 1 2', a, b, c)
a, b, c = two(), 10
gives('1 10 nil', a, b, c)
gives('x nil', (function(p, q) return p, q end)('x'))
gives('x', (function(p) return p end)('x', 'ignored'))

-- Call syntax
same(type 'x', 'string')
same(type "x", 'string')
same(type [[x]], 'string')
same(type {}, 'table')
same((function() return 'at once' end)(), 'at once')
same(#table.pack((two())), 1)
local function curry(x) return function(y) return function(z) return x .. y .. z end end end
same(curry 'a' 'b' 'c', 'abc')
same(curry('a')('b')('c'), 'abc')

-- Methods: ':' evaluates its object once
local object = {n = 0}
function object:add(k) self.n = self.n + (k or 1) return self end
function object.plain(x) return x end
object:add():add(5):add()
same(object.n, 7)
same(object.plain(3), 3)
local evaluated = 0
local function get() evaluated = evaluated + 1 return object end
get():add(1)
same(evaluated, 1)
local deep = {a = {b = {}}}
function deep.a.b.f(x) return x end
function deep.a.b:g() return self == deep.a.b end
check(deep.a.b.f(true) and deep.a.b:g())
same(('abc'):upper():lower(), 'abc')
same(#('x'):rep(3), 3)

-- Order of evaluation: functions and arguments before the call
local log = {}
local function note(x) log[#log + 1] = x return x end
local function sum(...) local s = 0 for _, x in ipairs {...} do s = s + x end return s end
same(sum(note(1), note(2), note(3)), 6)
same(table.concat(log), '123')

-- Recursion: local functions know themselves, mutual ones by a declaration
local function factorial(n) return n == 0 and 1 or n * factorial(n - 1) end
same(factorial(20), 2432902008176640000)
local even
local function odd(n) if n == 0 then return false end return even(n - 1) end
function even(n) if n == 0 then return true end return odd(n - 1) end
check(even(100000) and not odd(100000))
local f = function(n) return n and f end
same(f(1), nil)
local function depth(n) if n == 0 then return 0 end return 1 + depth(n - 1) end
same(depth(10000), 10000)

-- Tail calls take no stack, through methods, __call and varargs
local function loop(n, ...) if n > 0 then return loop(n - 1, ...) end return ... end
gives('a nil b', loop(100000, 'a', nil, 'b'))
function object:down(n) if n > 0 then return self:down(n - 1) end return 'end' end
same(object:down(100000), 'end')
local callable = setmetatable({}, {__call = function(self, n) if n > 0 then return self(n - 1) end return 'called' end})
same(callable(100000), 'called')
local function bounce(n, k) if n == 0 then return k end return (n % 2 == 0 and bounce or loop and bounce)(n - 1, k + 1) end
same(bounce(100000, 0), 100000)

-- Many arguments and results
local many = {}
for i = 1, 250 do many[i] = i end
same(count(table.unpack(many)), 250)
same(sum(table.unpack(many)), 31375)
same(select(250, table.unpack(many)), 250)
same(math.max(table.unpack(many)), 250)
same(#{table.unpack(many, 1, 200)}, 200)

-- What cannot be called
fails("attempt to call a nil value (global 'absent')", function() absent() end)
fails("attempt to call a nil value (local 'x')", function(x) x() end)
fails("attempt to call a number value (upvalue 'a')", function() a() end)
fails("attempt to call a nil value (field 'x')", function() object.x() end)
fails("attempt to call a nil value (method 'x')", function() object:x() end)
fails("attempt to call a string value", function() ('x')() end)
fails("attempt to call a table value", function() return ({})() end)
fails("attempt to index a nil value (field 'x')", function() return object.x.y() end)

-- load: text, pieces, names, environments
same(load('return 1 + 1')(), 2)
gives('2 1 2', load('return select("#", ...), ...')(1, 2))
local pieces, at = {'return ', '1', '', '+ 5'}, 0
same(load(function() at = at + 1 return pieces[at] end)(), 1)
same(load(function() return nil end)(), nil)
gives('nil [string "x ="]:1: unexpected symbol near <eof>', load('x ='))
gives("nil name:1: unexpected symbol near '='", load('= 1', '=name'))
gives("nil file.lua:2: syntax error near 'y'", load('\nx y', '@file.lua'))
gives('nil [string "first line..."]:1: syntax error near \'line\'', load('first line\nsecond'))
local environment = {x = 5}
same(load('x = x + 1 return x', 'c', 't', environment)(), 6)
same(environment.x, 6)
same(load('return x', 'c', 't', {})(), nil)
fails("attempt to index a nil value (upvalue '_ENV')", load('return x', '=c', 't', nil))
same(load('y_of_load = 1 return _ENV == _G')(), true)
same(y_of_load, 1)
y_of_load = nil
gives("nil attempt to load a text chunk (mode is 'b')", load('return 1', 'c', 'b'))
check(select(2, load(function() return {} end)):find('^calls%.lua:%d+: reader function must return a string$'))
same(select(2, load(function() error('broken', 0) end)), 'broken')
fails("bad argument #1 to 'load' (function expected, got nil)", load, nil)
check(load('return ' .. ('('):rep(100) .. '1' .. (')'):rep(100))() == 1)

-- A chunk is a function with varargs; each load makes another
local one, other = load('n = (n or 0) + 1 return n', 'c', 't', {}), load('return 1')
gives('1 2 3', one(), one(), one())
check(one ~= other and load('return 1') ~= load('return 1'))

return done()
