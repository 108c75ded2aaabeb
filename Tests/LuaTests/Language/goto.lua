-- goto: forwards, backwards, out of blocks; labels and what they may jump into.

-- continue
local list = {}
for i = 1, 6 do
  if i % 2 == 0 then goto continue end
  list[#list + 1] = i
  ::continue::
end
same(table.concat(list, ' '), '1 3 5')

-- Backwards: a loop
local n = 0
::again::
n = n + 1
if n < 5 then goto again end
same(n, 5)

-- Out of nested loops
local found
for i = 1, 5 do
  for j = 1, 5 do
    if i * j == 12 then found = i .. '*' .. j goto out end
  end
end
::out::
same(found, '3*4')

-- Out of while and repeat
local turns = 0
while true do
  repeat
    turns = turns + 1
    if turns == 3 then goto enough end
  until false
end
::enough::
same(turns, 3)

-- The same label in other blocks and functions
do
  do goto here end
  ::here::
end
do
  local function f() goto here do return 1 end ::here:: return 2 end
  same(f(), 2)
  goto here
  ::here::
end

-- At a block's end a label counts as outside of the scope of its locals
do
  goto finish
  local unused = 1
  ::finish::
end
do
  for _ = 1, 2 do
    if true then goto next end
    local inner
    ::next::
  end
end

-- Each pass over a local makes it anew
local functions, k = {}, 0
::more::
do
  local fresh = k
  functions[#functions + 1] = function() fresh = fresh + 10 return fresh end
end
k = k + 1
if k < 3 then goto more end
gives('10 11 12 20', functions[1](), functions[2](), functions[3](), functions[1]())

-- A closing value is closed by jumping out, and back
local closed = {}
local function closing(name)
  return setmetatable({}, {__close = function() closed[#closed + 1] = name end})
end
do
  local turns = 0
  ::back::
  local a <close> = closing('a' .. turns)
  turns = turns + 1
  if turns < 3 then goto back end
end
same(table.concat(closed, ' '), 'a0 a1 a2')
closed = {}
for i = 1, 2 do
  local b <close> = closing('b' .. i)
  if i == 1 then goto skip end
  closed[#closed + 1] = 'reached'
  ::skip::
end
same(table.concat(closed, ' '), 'b1 reached b2')

-- goto is a statement like others; a label may stand alone
local function machine(text)
  local at, state = 0, ''
  ::start::
  at = at + 1
  local c = text:sub(at, at)
  if c == 'a' then goto letter elseif c == '1' then goto digit else goto done end
  ::letter:: do state = state .. 'L' goto start end
  ::digit:: do state = state .. 'D' goto start end
  ::done:: do return state end
end
same(machine('a1a11'), 'LDLDD')
same(machine(''), '')

-- What may not be
breaks("no visible label 'x' for <goto> at line 1", 'goto x')
breaks("no visible label 'x' for <goto>", 'do ::x:: end goto x')
breaks("no visible label 'x' for <goto>", 'goto x; local function f() ::x:: end')
breaks("<goto x> at line 1 jumps into the scope of local 'a'", 'goto x local a ::x:: print(a)')
breaks("jumps into the scope of local 'a'", 'do goto x end local a ::x:: return a')
breaks("label 'x' already defined on line", '::x::\n::x::')
breaks("label 'x' already defined on line 1", '::x:: do ::x:: end')
breaks("break outside ", 'break')
breaks("break outside ", 'for i = 1, 2 do local f = function() break end end')
breaks("jumps into the scope of local", 'repeat if x then goto c end local y = 1 ::c:: until y')
breaks("<name> expected near '::'", 'goto ::')

return done()
