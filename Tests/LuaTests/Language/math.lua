-- Numbers: the two kinds, their arithmetic and comparisons, the library 'math'.

local max, min, huge = math.maxinteger, math.mininteger, math.huge

-- Numerals
same(0x7fffffffffffffff, max)
same(0xffffffffffffffff, -1)
same(9223372036854775808, 2^63)
gives('3 3.0 0.31416 3.1416 0.5 255 0.5 16.0 1e+300', 3, 3., 31.416E-2 + 0.0, 3.1416, .5, 0xFF, 0x.8, 0x1p4, 1e300)
gives('10.5 -1 1e+30', 0xA.8, 0xFFFFFFFFFFFFFFFFF, 0x1p100 > 0 and 1e30)
gives('integer float float nil nil', math.type(1), math.type(1.0), math.type(2^53), math.type('1'), math.type(nil))
fails("bad argument #1 to 'math.type' (value expected)", math.type)

-- Which kind an operation gives
gives('3 3.0 1 1.0 6 6.0', 1 + 2, 1 + 2.0, 3 - 2, 3.0 - 2, 2 * 3, 2 * 3.0)
gives('2.0 8.0 2 2.0 1 1.0', 4 / 2, 2 ^ 3, 5 // 2, 5.0 // 2, 5 % 2, 5 % 2.0)
gives('-3 -3.0 0 -0.0', -3, -3.0, -0, -0.0)

-- Integers wrap around
same(max + 1, min)
same(min - 1, max)
same(-min, min)
same(max * 2, -2)
same(min * -1, min)
same(min // -1, min)
same(min % -1, 0)
same(math.abs(min), min)

-- Division rounds down; the modulo has the sign of the divisor
local cases = {
  {7, 3, 2, 1}, {-7, 3, -3, 2}, {7, -3, -3, -2}, {-7, -3, 2, -1}, {6, 3, 2, 0}, {-6, 3, -2, 0}, {0, 5, 0, 0}, {min, max, -2, max - 1},
  {max, min, -1, -1},
}
for _, c in ipairs(cases) do
  same(c[1] // c[2], c[3])
  same(c[1] % c[2], c[4])
  same((c[1] // c[2]) * c[2] + c[1] % c[2], c[1])
end
gives('2.0 -3.0 -3.0 2.0', 7.5 // 3, -7.5 // 3, 7.5 // -3, -7.5 // -3)
gives('1.5 1.5 -1.5 -1.5', 7.5 % 3, -7.5 % 3, 7.5 % -3, -7.5 % -3)
gives('inf -inf inf -inf', 1 / 0, -1 / 0, 1.0 // 0, -1 // 0.0)
same(0 / 0, 0 / 0)
same(0.0 // 0, 0 / 0)
same(5 % 0.0, 0 / 0)
same(5.0 % huge, 5.0)
same(-5.0 % huge, huge)
same(5 % -huge, -huge)
same(-5 // huge, -0.0)
same(huge % 2, 0 / 0)
same(0.0 % -1, 0.0 % -1)
fails("attempt to divide by zero", function() return 1 // 0 end)
fails("attempt to perform 'n%0'", function() return 1 % 0 end)
fails("attempt to perform 'n%0'", function(a, b) return a % b end, min, 0)

-- Powers; unary minus binds less than them
gives('-4.0 4.0 512.0 0.5 1.0', -2 ^ 2, (-2) ^ 2, 2 ^ 3 ^ 2, 2 ^ -1, 0 ^ 0)
same((-8) ^ (1 / 3), 0 / 0)

-- Comparisons between the kinds are exact
check(1 == 1.0 and 1 < 1.5 and -1.5 < -1 and not (1 < 1.0) and 1 <= 1.0)
check(max < max + 0.0 and max + 0.0 > max and max ~= max + 0.0 and min == min + 0.0 and not (min < min + 0.0))
check(2^53 == 2^53 | 0 and (2^53 | 0) + 1 > 2^53 and (1 << 53) + 1 ~= 2^53)
check(max < huge and min > -huge and not (max >= huge) and not (min <= -huge) and not (huge < max))
local nan = 0 / 0
check(nan ~= nan and not (nan < 1) and not (nan >= 1) and not (1 < nan) and not (max <= nan) and not (nan == 1))
check(0.0 == -0.0 and 1 / 0.0 ~= 1 / -0.0)
gives('true true', 1e308 * 10 == huge, -1e308 * 10 == -huge)

-- tointeger, floor, ceil, modf, fmod, ult
gives('3 3 nil nil nil nil', math.tointeger(3), math.tointeger(3.0), math.tointeger(3.5), math.tointeger(huge), math.tointeger({}), math.tointeger(2^63))
same(math.tointeger(-2^63), min)
gives('3 -4 3 4 -3 3', math.floor(3.7), math.floor(-3.2), math.floor(3), math.ceil(3.2), math.ceil(-3.7), math.ceil('3'))
same(math.floor(1e300), 1e300)
same(math.ceil(-huge), -huge)
gives('3 0.5 -3 -0.5 5 0.0', math.modf(3.5), select(2, math.modf(3.5)), math.modf(-3.5), select(2, math.modf(-3.5)), math.modf(5))
gives('inf 0.0', math.modf(huge))
gives('1 -1 1 -1 1.5 0', math.fmod(7, 3), math.fmod(-7, 3), math.fmod(7, -3), math.fmod(-7, -3), math.fmod(7.5, 3), math.fmod(min, -1))
same(math.fmod(5, huge), 5.0)
same(math.fmod(1, 0.0), 0 / 0)
fails("bad argument #2 to 'math.fmod' (zero)", math.fmod, 1, 0)
gives('true false true false', math.ult(1, 2), math.ult(-1, 1), math.ult(1, -1), math.ult(2, 2))

-- max, min, abs, sqrt, exp, log, the angles
gives('3 1 2.5 3', math.max(1, 3, 2), math.min(3, 1, 2), math.max(1, 2.5), math.max(3, 3.0))
gives('3.0 -1', math.max(3.0, 3), math.min(-1, 0.0))
fails("bad argument #1 to 'math.max' (", math.max)
gives('3 3.5 0', math.abs(-3), math.abs(-3.5), math.abs(0))
gives('4.0 1.0 0.0 3.0 2.0 3.0', math.sqrt(16), math.exp(0), math.log(1), math.log(8, 2), math.log(100, 10), math.log(27, 3.0) // 1 + 0.0)
gives('0.0 1.0 0.0 0.0 0.0 0.0', math.sin(0), math.cos(0), math.tan(0), math.asin(0), math.acos(1), math.atan(0))
check(math.abs(math.atan(1, -1) - 3 * math.pi / 4) < 1e-15 and math.abs(math.deg(math.pi) - 180) < 1e-12 and math.rad(180) == math.pi)
same(math.atan(0, -1), math.pi)
fails("bad argument #1 to 'math.floor' (number expected, got string)", math.floor, 'x')
fails("bad argument #1 to 'math.sqrt' (number expected, got nil)", math.sqrt, nil)

-- Conversions that are asked for
fails('number has no integer representation', string.rep, 'x', 2^63)
fails('number has no integer representation', function() return 1 | 1.5 end)
same(({10, 20})[2.0], 20)
same(#table.pack(table.unpack({1, 2, 3}, 2.0)), 2)

-- A numeric loop: kinds, steps, ends that would overflow
local function loop(from, to, step)
  local list = {}
  for i = from, to, step or 1 do
    list[#list + 1] = tostring(i)
    if #list > 5 then break end
  end
  return table.concat(list, ' ')
end
gives('1 2 3', loop(1, 3))
gives('3 2 1', loop(3, 1, -1))
gives('', loop(3, 1))
gives('1 3 5', loop(1, 6, 2))
gives('1 2 3', loop(1, 3.9))
gives('1.0 2.0 3.0', loop(1.0, 3))
gives('1.0 1.5 2.0', loop(1, 2, 0.5))
same(loop(max - 1, max), max - 1 .. ' ' .. max)
same(loop(min + 1, min, -1), min + 1 .. ' ' .. min)
same(loop(max - 1, huge), max - 1 .. ' ' .. max)
same(loop(1, huge), '1 2 3 4 5 6')
same(loop(-1, -huge, -2), '-1 -3 -5 -7 -9 -11')
same(loop(1, -huge) .. loop(1, nan) .. loop(min, huge, min) .. loop(1, min), '')
same(loop(1, 3, max), '1')
same(loop(-1, 1, 0.75), '-1.0 -0.25 0.5')
fails("'for' step is zero", loop, 1, 2, 0)
fails("'for' step is zero", loop, 1, 2, 0.0)
fails("'for' initial value", loop, {}, 2)
fails("'for' limit", loop, 1, {})
fails("'for' step", loop, 1, 2, 'x')
local copies = {}
for i = 1, 3 do local j = i i = i * 10 copies[#copies + 1] = i + j end
same(table.concat(copies, ' '), '11 22 33')

return done()
