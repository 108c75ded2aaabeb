-- Locals: scopes, <const>, <close>.

-- An inner one hides the outer, from the statement after it on
local x = 1
do
  same(x, 1)
  local x = x + 1
  same(x, 2)
  do local x = x * 10 same(x, 20) end
  same(x, 2)
end
same(x, 1)
local function f(x) x = x + 1 return x end
gives('6 1', f(5), x)
local x = 'second'
same(x, 'second')
local g = function() return g end
same(g(), nil)
local function h() return h end
same(h(), h)
for x = 1, 1 do same(x, 1) end
same(x, 'second')
local a, a = 1, 2
same(a, 2)

-- 200 of them
local source = {}
for i = 1, 200 do source[i] = 'local v' .. i .. ' = ' .. i end
same(load(table.concat(source, '\n') .. '\nreturn v1 + v200')(), 201)
breaks("too many local variables (limit is 200) in main function near '='",
  table.concat(source, '\n') .. '\nlocal v201 = 1')
source = {}
for i = 1, 260 do source[i] = 'local u' .. i % 100 .. ' = ' .. i .. ' do local w = u' .. i % 100 .. ' end' end
check(load('do ' .. table.concat(source, ' end do ') .. ' end'))

-- <const>
local limit <const> = 10
local text <const>, other = 'x', 1
other = limit + #text
same(other, 11)
same((function() return limit + 1 end)(), 11)
breaks("attempt to assign to const variable 'c'", 'local c <const> = 1 c = 2')
breaks("attempt to assign to const variable 'c'", 'local c <const> = {} function f() c = 1 end')
breaks("attempt to assign to const variable 'c'", 'local a, c <const> = 1, 2 a, c = c, a')
breaks("unknown attribute 'odd'", 'local c <odd> = 1')
same(load("local c <const> = {n = 1} c.n = 2 return c.n")(), 2)

-- <close>: in the opposite order, with nil for the error
local log = {}
local function closing(name, action)
  return setmetatable({}, {__close = function(value, problem)
    log[#log + 1] = name .. ':' .. tostring(problem)
    if action then return action(value, problem) end
  end})
end
local function logged() local text = table.concat(log, ' ') log = {} return text end
do
  local a <close> = closing 'a'
  local b <close> = closing 'b'
  local none <close>, no = nil
  log[#log + 1] = 'body'
end
same(logged(), 'body b:nil a:nil')
do local f <close> = false end
same(logged(), '')

-- Left by return, break, goto: results stay what they were
local function leave(how)
  for _ = 1, 2 do
    local a <close> = closing 'a'
    if how == 'break' then break end
    if how == 'return' then return 'r', #log end
    if how == 'goto' then goto out end
  end
  ::out::
  return 'end'
end
gives('end', leave 'break') same(logged(), 'a:nil')
gives('r 0', leave 'return') same(logged(), 'a:nil')
gives('end', leave 'goto') same(logged(), 'a:nil')
gives('end', leave 'none') same(logged(), 'a:nil a:nil')
local n = 1
local function before() local c <close> = closing('c', function() n = 2 end) return n end
gives('1 2', before(), n)
same(logged(), 'c:nil')

-- Left by an error: each gets it, and goes on
gives('false oh', pcall(function()
  local a <close> = closing 'a'
  local b <close> = closing 'b'
  error('oh', 0)
end))
same(logged(), 'b:oh a:oh')

-- An error while closing takes the place of the one before
gives('false second', pcall(function()
  local a <close> = closing 'a'
  local b <close> = closing('b', function() error('second', 0) end)
  error('first', 0)
end))
same(logged(), 'b:first a:second')
gives('false closing', pcall(function()
  local b <close> = closing('b', function() error('closing', 0) end)
  return 'fine'
end))
same(logged(), 'b:nil')

-- What has no __close cannot be one; what loses it fails when it is left
fails("variable 'x' got a non-closable value", function() local x <close> = {} end)
fails("variable 'x' got a non-closable value", function() local x <close> = 42 end)
fails("metamethod 'close'", function()
  local x <close> = setmetatable({}, {__close = print or error})
  getmetatable(x).__close = nil
end)
breaks('multiple to-be-closed variables in local list', 'local a <close>, b <close> = nil, nil')
breaks("attempt to assign to const variable 'c'", 'local c <close> = nil c = 1')

-- The fourth value of a generic for
local function items(limit, closer)
  return function(_, i) if i < limit then return i + 1 end end, nil, 0, closer
end
local seen = 0
for i in items(3, closing 'loop') do seen = seen + i end
gives('6', seen) same(logged(), 'loop:nil')
for i in items(9, closing 'loop') do if i == 2 then break end end
same(logged(), 'loop:nil')
gives('false within', pcall(function() for _ in items(9, closing 'loop') do error('within', 0) end end))
same(logged(), 'loop:within')

-- Tail calls are none where something is to be closed
local function last() log[#log + 1] = 'last' return 'value' end
local function tail() local a <close> = closing 'a' return last() end
gives('value', tail()) same(logged(), 'last a:nil')

return done()
