-- Errors: their values, their places, the names in their messages; pcall and xpcall.

-- Any value is one
for _, value in ipairs {1, 'text', true, {}, error} do
  local good, got = pcall(error, value)
  same(good, false)
  check(got == value or got == 'text')
end
gives('false nil', pcall(error))
gives('false nil', pcall(error, nil))
local object = setmetatable({code = 7}, {__tostring = function(e) return 'code ' .. e.code end})
same(select(2, pcall(error, object)), object)

-- Levels: whose line is put in front of a text
local function at(level) error('here', level) end
local function line(f, ...) return (select(2, pcall(f, ...))) end
check(line(at):find '^errors.lua:%d+: here$')
same(line(at, 0), 'here')
local first = line(at, 1)
local second = line(function()
  at(2)
end)
check(first ~= second and second:find '^errors.lua:%d+: here$')
same(line(at, 100), 'here')
same(line(error, {}, 2) ~= nil, true)
same(line(error, 5), 5)

-- Names of what was nil
local t = {}
fails("attempt to index a nil value (global 'absent')", function() return absent.x end)
fails("attempt to index a nil value (local 'l')", function() local l return l.x end)
fails("attempt to index a nil value (upvalue 'up')", (function() local up return function() return up.x end end)())
fails("attempt to index a nil value (field 'x')", function() return t.x.y end)
fails("attempt to index a nil value (field '", function() return t[1].y end)
fails("attempt to index a number value (local 'n')", function() local n = 5 n.x = 1 end)
fails("attempt to index a function value", function() return print_ == nil and (error).x end)
fails("attempt to index a boolean value", function() return (true).x end)
fails("attempt to call a nil value (global 'absent')", function() absent() end)
fails("attempt to call a nil value (local 'l')", function() local l l() end)
fails("attempt to call a nil value (method 'go')", function() t:go() end)
fails("attempt to call a nil value (method 'go')", function() ('x'):go() end)
fails("attempt to call a nil value (field 'go')", function() t.go() end)
fails("attempt to call a table value (local 'c')", function() local c = {} c() end)
fails("attempt to call a string value", function() ('x')() end)
fails("attempt to perform arithmetic on a nil value (global 'absent')", function() return absent + 1 end)
fails("attempt to perform arithmetic on a nil value (field 'x')", function() return 2 * t.x end)
fails("attempt to ", function() return 'a' + 1 end)
fails("attempt to perform arithmetic on a boolean value", function() return -true end)
fails("attempt to concatenate a nil value (local 'l')", function() local l return 'x' .. l end)
fails("attempt to concatenate a table value (local 'l')", function() local l = {} return l .. 'x' end)
fails("attempt to concatenate a boolean value", function() return 1 .. true end)
fails("attempt to get length of a number value (local 'n')", function() local n = 1 return #n end)
fails("attempt to compare two nil values", function() return nil < nil end)
fails("attempt to compare nil with number", function() return nil < 1 end)
fails("attempt to compare two boolean values", function() return true < false end)
fails("number has no integer representation", function() return 1.5 | 1 end)
fails("number (local 'n') has no integer representation", function() local n = 2.5 return n & 1 end)
fails("attempt to ", function() return 1 // 0 end)
fails("attempt to perform 'n%", function() return 1 % 0 end)
fails("bitwise operation on a string value", function() return 'a' | 1 end)
fails('attempt to perform bitwise operation on a nil value', function() return nil & 1 end)

-- Arguments: which, of what function, what was wanted
fails("bad argument #1 to 'insert' (table expected, got nil)", function() table.insert(nil, 1) end)
fails("bad argument #1 to 'rep' (string expected, got no value)", function() string.rep() end)
fails("bad argument #2 to 'rep' (number expected, got string)", function() string.rep('x', 'y') end)
fails("bad argument #1 to 'rep' (number expected, got nil)", function() ('x'):rep(nil) end)
fails("bad argument #1 to 'rep' (string expected, got nil)", function() string.rep(nil, 1) end)
fails("calling 'rep' on bad self", function() local s = {rep = string.rep} s:rep(1) end)
fails("(number has no integer representation)", string.rep, 'x', 1.5)
fails("bad argument #1 to 'floor' (number expected, got string)", function() math.floor('x') end)
fails("bad argument #1 to 'ipairs'", function() ipairs() end)

-- pcall: everything that a call gave, or false and the error
gives('true', pcall(function() end))
gives('true 1 nil 3', pcall(function() return 1, nil, 3 end))
gives('true a b', pcall(function(...) return ... end, 'a', 'b'))
gives('false attempt to call a nil value', pcall(nil))
gives('false attempt to call a number value', pcall(5))
gives('true false inner', pcall(pcall, error, 'inner'))
gives('true true true 1', pcall(pcall, pcall, function() return 1 end))
fails("bad argument #1 to 'pcall' (value expected)", pcall)

-- Errors within errors; the work goes on after
local depth = 0
local function nested(n)
  local good, message = pcall(function()
    depth = depth + 1
    if n == 0 then error('deepest', 0) end
    local _, inner = nested(n - 1)
    error(inner .. n, 0)
  end)
  return good, message
end
gives('false deepest123', nested(3))
same(depth, 4)

-- xpcall: the handler sees the error before the stack is unwound, and what it gives is the result
gives('true 1 2', xpcall(function(...) return ... end, error, 1, 2))
gives('false got oh', xpcall(error, function(e) return 'got ' .. e end, 'oh'))
gives('false handled', xpcall(function() local x = nil + 1 end, function() return 'handled', 'dropped' end))
same(select(2, xpcall(error, function(e) return e end, object)), object)
gives('false nil', xpcall(error, function() end, 'x'))
gives('false oh?!', xpcall(function() error('oh', 0) end, function(e) return select(2, pcall(error, e .. '?', 0)) .. '!' end))
fails("bad argument #2 to 'xpcall' (function expected, got no value)", xpcall, error)
gives('false attempt to call a nil value', xpcall(nil, function(e) return e end))

-- assert
gives('1 2 3', assert(1, 2, 3))
gives('false assertion failed!', pcall(assert, false))
gives('false assertion failed!', pcall(assert, nil))
gives('false why', pcall(assert, false, 'why'))
same(select(2, pcall(assert, nil, object)), object)
gives('false nil', pcall(assert, false, nil))
fails("bad argument #1 to 'assert' (value expected)", assert)

-- Deep, but not too deep
local again = function() local f = load('return ' .. ('{'):rep(190) .. ('}'):rep(190)) return f and type(f()) end
same(again(), 'table')

return done()
