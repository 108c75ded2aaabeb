-- Constructs: operators and what binds tighter, statements, scopes, literals.

-- What binds tighter
same(2 + 3 * 4 ^ 2 / 2, 26.0)
same(2 ^ 3 ^ 2, 512.0)
same(-2 ^ 2, -4.0)
same(2 ^ -1, 0.5)
same(not nil == true, true)
same(not (1 == 2), true)
same(1 .. 2 .. 3, '123')
same('a' .. 1 + 2, 'a3')
same(1 + 2 < 4 and 5 or 6, 5)
same(1 << 2 + 1, 8)
same(1 | 2 & 3 ~ 1, 3)
same(5 - 3 - 1, 1)
same(8 // 3 * 2, 4)
same(-7 // 2, -4)
same(-7 % 3, 2)
same(7 % -3, -2)
same(-7.5 // 2, -4.0)
same(5.5 % -2, -0.5)
same(#'abc' + 1, 4)
same(-'2' + 0, -2)
same(~0 & 0xFF, 255)
same('10' + 1, 11)
same('0x10' * 1, 16)
same('1e1' + 0, 10.0)
same(10 .. '', '10')
same(1e15 .. '', '1e+15')
same(2^53 .. '', '9.007199254741e+15')
same('a' < 'b' == true, true)
same(1 < 1.5 and 1 <= 1.0 and not (1 < 1), true)

-- and, or: values, and no look at what does not matter
local looked = 0
local function look(value) looked = looked + 1 return value end
same(nil and look(1), nil)
same(false or 'x', 'x')
same(1 and 2 and 3, 3)
same(false and nil, false)
same(nil or false, false)
same(look(1) or look(2), 1)
same(looked, 1)
same((nil and 1) or 2, 2)
local a, b = 1, nil
same(a and b or 'neither', 'neither')
same(b == nil and a ~= 2, true)

-- Conditions: only nil and false are false
local truths = 0
for _, value in ipairs {0, '', 0 / 0, {}, print or 1} do if value then truths = truths + 1 end end
same(truths, 5)
local function choose(n)
  if n < 0 then return 'less' elseif n == 0 then return 'none' elseif n < 10 then return 'some' else return 'many' end
end
gives('less none some many', choose(-1), choose(0), choose(9), choose(10))

-- Loops
local turns = 0
while true do turns = turns + 1 if turns == 5 then break end end
same(turns, 5)
repeat local enough = turns > 7 turns = turns + 1 until enough
same(turns, 9)
local function walk(from, to, step)
  local list = {}
  for i = from, to, step or 1 do list[#list + 1] = tostring(i) end
  return table.concat(list, ' ')
end
same(walk(1, 3), '1 2 3')
same(walk(3, 1), '')
same(walk(3, 1, -1), '3 2 1')
same(walk(1, 2, 0.5), '1.0 1.5 2.0')
same(walk(1.0, 2), '1.0 2.0')
same(walk(1, 2.9), '1 2')
same(walk(-1, -3.5, -1), '-1 -2 -3')
same(walk(math.maxinteger - 1, math.maxinteger), '9223372036854775806 9223372036854775807')
same(walk(math.mininteger + 1, math.mininteger, -1), '-9223372036854775807 -9223372036854775808')
same(walk(math.maxinteger, math.huge), '9223372036854775807')
same(walk(1, -math.huge), '')
same(walk(1, 0 / 0), '')
fails("'for' step is zero", walk, 1, 2, 0)
fails("'for' initial value", walk, {}, 2)
fails("'for' limit", walk, 1, 'x')
fails("'for' step", walk, 1, 2, {})
local last
for i = 1, 3 do last = i i = 10 end
same(last, 3)

-- The generic for: three values, ended by nil
local function count(limit, n) if n < limit then return n + 1, n * n end end
local sum = 0
for i, square in count, 4, 0 do sum = sum + i * 100 + square end
same(sum, 1014)
for _ in function() end do check(false) end
fails('attempt to call a nil value', function() for _ in nil do end end)

-- Assignment: values first, then places
local x, y, z = 1, 2
gives('1 2 nil', x, y, z)
x, y = y, x
gives('2 1', x, y)
local i, t = 1, {}
i, t[i] = i + 1, 20
gives('2 20 nil', i, t[1], t[2])
x, y, z = (function() return 7, 8, 9 end)()
gives('7 8 9', x, y, z)
x, y, z = 0, (function() return 1, 2 end)(), 3
gives('0 1 3', x, y, z)
x, y = ((function() return 1, 2 end)())
gives('1 nil', x, y)

-- Tables as they are written
local made = {1, 2; 3, n = 4, ['a b'] = 5, [10] = 6, (function() return 7, 8 end)()}
gives('1 2 3 7 8 4 5 6', made[1], made[2], made[3], made[4], made[5], made.n, made['a b'], made[10])
same(#{(function() return 1, 2, 3 end)(), 10}, 2)
same(#{n = 1}, 0)
same(({[1] = 'late', 'early'})[1], 'early')
same(({...})[1], nil)
fails('index is nil', function() return {[nil] = 1} end)
fails('index is NaN', function() return {[0 / 0] = 1} end)

-- Literals
gives('255 255 0.5 1024.0 31.5', 0xff, 0XFF, .5, 0x1p10, 0x1F.8)
same(0x7fffffffffffffff + 1, math.mininteger)
same(0xffffffffffffffff, -1)
same(9223372036854775808, 2.0 ^ 63)
same('\65\066\x43\u{44}\z
      E', 'ABCDE')
same("\a\b\f\n\r\t\v\\\"\'", '\7\8\12\10\13\9\11\92\34\39')
same('\
', '\n')
same([[
first]], 'first')
same([==[a]]b]=]c]==], 'a]]b]=]c')
same(#'\u{7FFFFFFF}', 6)
same('\u{4E2D}', '中')

-- Comments
same(1 --[[ within ]] + --[==[ over
lines ]==] 1, 2)
--[[ ---]] same(1, 1)

-- Calls without parentheses, methods, semicolons
same((string.upper) 'ab', 'AB') ; ;
same(('x'):rep(3), 'xxx')
same(#{'a', 'b'}, 2)
local object = {n = 1, add = function(self, k) self.n = self.n + k return self end}
same(object:add(1):add(2).n, 4)
same(type {}, 'table')

-- What is no chunk
breaks("unexpected symbol near '1'", '1')
breaks("syntax error near <eof>", 'x')
breaks("syntax error near 'y'", 'x y')
breaks("'end' expected near <eof>", 'do')
breaks("'end' expected (to close 'if' at line 1) near <eof>", 'if x then\n')
breaks("unfinished string near <eof>", "return 'x")
breaks("unfinished long string (starting at line 2) near <eof>", '\nreturn [[x')
breaks("malformed number near '3x'", 'return 3x')
breaks("malformed number near '0x'", 'return 0x')
breaks("invalid escape sequence", "return '\\q'")
breaks("decimal escape too large near ''\\300'", "return '\\300'")
breaks("hexadecimal digit expected", "return '\\xg'")
breaks("missing '{'", "return '\\u41'")
breaks("cannot use '...' outside a vararg function near '...'", 'function f() return ... end')
breaks("<name> expected near 'end'", 'local end')
breaks("unexpected symbol near 'return'", 'return return')

return done()
