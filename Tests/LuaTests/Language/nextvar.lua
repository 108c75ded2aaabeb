-- Tables: length, next, pairs, ipairs, keys of every kind, changing while walking.

local function keys(t)
  local list = {}
  for k in pairs(t) do list[#list + 1] = tostring(k) end
  table.sort(list)
  return table.concat(list, ' ')
end
local function count(t)
  local n = 0
  for _ in next, t do n = n + 1 end
  return n
end

-- Constructors
local t = {10, 20, x = 1, 30; ['y z'] = 2, [10] = 100, [2.0 ^ 2] = 40}
gives('10 20 30 40 1 2 100', t[1], t[2], t[3], t[4], t.x, t['y z'], t[10])
gives('3 2 1 nil', #{1, 2, 3}, #{n = 1, 1, 2}, #{[1] = 1}, ({}).x)
same(({1, 2, [1] = 'x'})[1], 1)
same(({['a'] = 1, a = 2}).a, 2)
local function three() return 1, 2, 3 end
gives('3 4 2 1', #{three()}, #{0, three()}, #{three(), 0}, #{(three())})
same(#{three(), three()}, 4)
same(#{three(), nil}, 1)
local nested = {a = {b = {c = {'deep'}}}}
same(nested.a.b.c[1], 'deep')
local big = {}
for i = 1, 300 do big[i] = tostring(i) end
local loaded = load('return {' .. table.concat(big, ',') .. ',x=1,}')()
gives('300 300 1', #loaded, loaded[300], loaded.x)

-- Keys: floats that are integers are these integers; nothing else is alike
t = {}
t[1.0], t[2^53], t['1'], t[-0.0] = 'one', 'large', 'text', 'zero'
gives('one large text zero zero', t[1], t[1 << 53], t['1'], t[0], t[0.0])
same(math.type(next({[3.0] = 1})), 'integer')
same(math.type(next({[3.5] = 1})), 'float')
same(next({[1e300] = 1}), 1e300)
t = {[true] = 1, [false] = 2, [1.5] = 3, [t] = 4, [keys] = 5}
gives('1 2 3 nil 5', t[true], t[false], t[1.5], t[{}], t[keys])
local f1, f2 = function() end, function() end
t = {[f1] = 1}
gives('1 nil', t[f1], t[f2])
same(t[nil], nil)
same(t[0 / 0], nil)
fails('index is nil', function() t[nil] = 1 end)
fails('index is NaN', function() t[0 / 0] = 1 end)
fails('index is nil', rawset, {}, nil, 1)
fails('index is nil', function() return {[nil] = 1} end)

-- Length and borders
t = {}
for i = 1, 100 do t[i] = i end
same(#t, 100)
for i = 100, 51, -1 do t[i] = nil end
same(#t, 50)
t[#t + 1] = 'x'
same(#t, 51)
local function is_border(u, n) return (n == 0 or u[n] ~= nil) and u[n + 1] == nil end
for _, u in ipairs {{nil, nil, 3}, {1, nil, 3}, {nil}, {1, 2, nil, 4, nil}, {[2] = 1}, {n = 1}} do
  check(is_border(u, #u))
end
same(#{[math.maxinteger] = 1}, 0)
same(rawlen({1, 2}), 2)
same(rawlen('abc'), 3)
fails('table or string expected', rawlen, 5)
fails("attempt to get length of a number value (local 'x')", function(x) return #x end, 5)

-- next
same(next({}), nil)
gives('x 1', next({x = 1}))
same(next({x = 1}, 'x'), nil)
same(next({1, 2, 3}, 3), nil)
same(select('#', next({})), 1)
fails("invalid key to 'next'", next, {1}, 'unknown')
fails("invalid key to 'next'", next, {}, 1)
fails("bad argument #1 to 'next' (table expected, got nil)", next, nil)
fails("bad argument #1 to 'next' (table expected, got no value)", next)

-- pairs: every key once
t = {1, 2, 3, a = 1, b = 2, [1.5] = 3, [true] = 4}
same(keys(t), '1 1.5 2 3 a b true')
gives('7', count(t))
gives('', keys {})
local step, state, first = pairs(t)
check(type(step) == 'function' and state == t and first == nil)
t = {}
for i = 1, 1000 do t['k' .. i], t[i] = i, i end
local sum = 0
for k, v in pairs(t) do sum = sum + v end
same(sum, 1001000)

-- Fields may be changed and cleared while walking, none added
for k, v in pairs(t) do t[k] = v * 2 end
same(t.k500, 1000)
for k in pairs(t) do if type(k) == 'string' then t[k] = nil end end
gives('1000 1000', count(t), #t)
for k in next, t do t[k] = nil end
same(next(t), nil)
t = {a = 1, b = 2, c = 3, d = 4}
local met = 0
for k in pairs(t) do
  met = met + 1
  for other in pairs(t) do if other ~= k then t[other] = nil end end
end
same(met, 1)
same(count(t), 1)
local function clear_with_next(u)
  local k = next(u)
  while k do
    u[k] = nil
    k = next(u, k)
  end
  return next(u)
end
same(clear_with_next {1, 2, 3, x = 1, y = 2}, nil)

-- pairs inside pairs; breaking out
local product = 0
for _, a in pairs {1, 2, 3} do
  for _, b in pairs {10, 20} do
    if b == 20 and a == 3 then break end
    product = product + a * b
  end
end
same(product, 120)

-- ipairs ends at the first nil, follows __index
local function values(u)
  local list = {}
  for i, v in ipairs(u) do list[#list + 1] = i .. '=' .. tostring(v) end
  return table.concat(list, ' ')
end
same(values {1, 2, nil, 4}, '1=1 2=2')
same(values {}, '')
same(values {false, true}, '1=false 2=true')
same(values {[0] = 'x', 'a'}, '1=a')
same(values(setmetatable({'own'}, {__index = function(_, i) if i < 4 then return i * i end end})), '1=own 2=4 3=9')
same(values(setmetatable({}, {__index = {'a', 'b'}})), '1=a 2=b')
t = {1, 2, 3}
for i in ipairs(t) do t[i + 3] = i < 4 and i or nil end
same(#t, 6)
fails("bad argument #1 to 'ipairs'", ipairs)
fails("attempt to index a number value", function() for _ in ipairs(5) do end end)
check(not pcall(pairs))

-- __pairs
local own = setmetatable({}, {__pairs = function(u) return function(_, k) if not k then return 'key', u end end, u, nil end})
for k, v in pairs(own) do check(k == 'key' and v == own) end
gives('1 2 3', pairs(setmetatable({}, {__pairs = function() return 1, 2, 3, 4 end})))
gives('1 nil nil', pairs(setmetatable({}, {__pairs = function() return 1 end})))

-- rawequal, rawget, rawset pass by metamethods
local loud = setmetatable({}, {__index = error, __newindex = error, __eq = error})
rawset(loud, 'x', 1)
gives('1 nil true false', rawget(loud, 'x'), rawget(loud, 'y'), rawequal(loud, loud), rawequal(loud, {}))
same(rawset(loud, 1, 2), loud)
fails("bad argument #1 to 'rawget' (table expected, got number)", rawget, 1, 2)

return done()
