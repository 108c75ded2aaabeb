-- Closures: upvalues, shared and fresh, in loops, blocks and coroutines.

-- Each counter has its own variable; functions of one scope share it
local function counter(n)
  return function(k) n = n + (k or 1) return n end, function() return n end
end
local up, read = counter(0)
local up2, read2 = counter(10)
up() up(5) up2()
gives('6 11', read(), read2())
same(up(-6), 0)

-- Fresh variables for every turn of a loop
local list = {}
for i = 1, 3 do list[i] = {set = function(x) i = x end, get = function() return i end} end
list[2].set(20)
gives('1 20 3', list[1].get(), list[2].get(), list[3].get())
list = {}
for i, v in ipairs {'a', 'b', 'c'} do list[i] = function() return i .. v end end
gives('1a 2b 3c', list[1](), list[2](), list[3]())
list = {}
local n = 0
while n < 3 do
  n = n + 1
  local copy = n
  list[n] = function() copy = copy + 1 return copy end
end
gives('2 3 3 4', list[1](), list[2](), list[1](), list[3]())
list = {}
n = 0
repeat
  n = n + 1
  local last = n >= 3
  list[n] = function() return last end
until last
gives('false false true', list[1](), list[2](), list[3]())
list = {}
n = 1
::again::
local fresh = n
list[n] = function() fresh = fresh * 10 return fresh end
n = n + 1
if n <= 3 then goto again end
gives('10 20 30 100', list[1](), list[2](), list[3](), list[1]())
list = {}
for i = 1, 4 do
  if i == 2 then goto continue end
  do
    local inner = i
    list[#list + 1] = function() return inner + i end
  end
  if i == 3 then break end
  ::continue::
end
gives('2 2 6', #list, list[1](), list[2]())

-- Parameters and varargs are variables too
local function maker(a, ...)
  local rest = {...}
  return function() a = a + 1 return a + #rest end
end
local m1, m2 = maker(1, 'x', 'y'), maker(1)
gives('4 5 2', m1(), m1(), m2())

-- Nested levels reach through functions that do not name them
local function outer()
  local x = 1
  local function middle()
    local function inner() x = x * 2 return x end
    return inner
  end
  return middle(), middle(), function() return x end
end
local in1, in2, look = outer()
in1() in2() in1()
same(look(), 8)

-- Shadowing: a closure keeps the variable it saw
local x = 'outer'
local function first() return x end
local x = 'inner'
local function second() return x end
gives('outer inner', first(), second())
do local x = 'block' gives('outer inner block', first(), second(), x) end
local y = y
same(y, nil)
local z = 1
do local z = z + 1 same(z, 2) end
same(z, 1)

-- A local function sees itself, the assigned one does not
local function self() return self end
same(self(), self)
local before = function() return before end
same(before(), nil)

-- Variables outlive their blocks, errors and coroutines
local kept
pcall(function()
  local value = 'kept'
  kept = function(v) value = v or value return value end
  error('leaves')
end)
gives('kept new new', kept(), kept('new'), kept())
local grab
local co = coroutine.wrap(function()
  local v = 1
  grab = function() v = v + 1 return v end
  coroutine.yield(v)
  coroutine.yield(v)
end)
gives('1 2 3 3', co(), grab(), grab(), co())
same(grab(), 4)

-- Two closures, one dead function: still shared
local function pair()
  local shared = {}
  return function(v) shared[#shared + 1] = v end, function() return #shared end
end
local put, size = pair()
for i = 1, 10 do put(i) end
same(size(), 10)

-- Many upvalues; 255 is the most
local names, sum = {}, {}
for i = 1, 60 do names[i], sum[i] = 'v' .. i, 'v' .. i end
local source = 'local ' .. table.concat(names, ',') .. ' = ...\nreturn function() return '
  .. table.concat(sum, '+') .. ' end'
local values = {}
for i = 1, 60 do values[i] = i end
same(load(source)(table.unpack(values))(), 1830)
local function reaching(count) -- a function that reads so many variables of two around it
  local declared, read = {'', ''}, {}
  for i = 1, count do
    local part = i <= 150 and 1 or 2
    declared[part] = declared[part] .. ('local u%d = %d\n'):format(i, i)
    read[i] = ('s = s + u%d\n'):format(i)
  end
  return declared[1] .. 'return (function()\n' .. declared[2] .. 'return (function()\nlocal s = 0\n'
    .. table.concat(read) .. 'return s\nend)()\nend)()'
end
same(load(reaching(255))(), 32640)
breaks('too many upvalues (limit is 255)', reaching(256))

-- Functions are values: equal only to themselves
local function make() return function() return n end end
check(make ~= nil and make() ~= nil and first == first and first ~= second)
local set = {[first] = 1, [second] = 2}
gives('1 2', set[first], set[second])

-- Composition, folding, memory
local function compose(f, ...)
  if not f then return function(...) return ... end end
  local rest = compose(...)
  return function(...) return f(rest(...)) end
end
same(compose(function(v) return v + 1 end, function(v) return v * 2 end, tonumber)('5'), 11)
local calls, cache = 0, {}
local function square(v)
  if not cache[v] then calls = calls + 1 cache[v] = v * v end
  return cache[v]
end
gives('9 9 16 2', square(3), square(3), square(4), calls)
local function fix(f) return (function(g) return g(g) end)(function(g) return f(function(...) return g(g)(...) end) end) end
same(fix(function(fact) return function(k) return k == 0 and 1 or k * fact(k - 1) end end)(10), 3628800)

return done()
