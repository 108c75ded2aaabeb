-- Strings: positions, bytes, format, conversions to and from numbers.

-- Escapes and long brackets
same('\65\066\x43\u{44}\z
      E', 'ABCDE')
same('\a\b\f\n\r\t\v\\\"\'', "\7\8\12\10\13\9\11\92\34\39")
same('a\
b', 'a\nb')
same('\u{0}\u{7F}\u{80}\u{7FF}\u{800}\u{FFFF}\u{10000}', '\0\x7F\xC2\x80\xDF\xBF\xE0\xA0\x80\xEF\xBF\xBF\xF0\x90\x80\x80')
same('\u{7FFFFFFF}', '\xFD\xBF\xBF\xBF\xBF\xBF')
same([[
first newline is skipped]], 'first newline is skipped')
same([==[a]]b]=]c]==], 'a]]b]=]c')
same(#[[\n]], 2)
same(load("return 'a\r\nb'"), nil)
same(load('return [[\r\na\r\nb\rc\n\rd]]')(), 'a\nb\nc\nd')

-- Length, comparison, concatenation
same(#'', 0)
same(#'a\0b', 3)
check('' < 'a' and 'a' < 'b' and 'a' < 'aa' and 'Z' < 'a' and 'a\0a' < 'a\0b' and 'a' < 'a\0')
check('b' > 'a' and 'a' <= 'a' and not ('a' < 'a') and 'a' ~= 'b' and not ('a\0' == 'a'))
same('a' .. 'b' .. 1 .. 2.0 .. -0.0, 'ab12.0-0.0')
same(1 .. '', '1')
same(2^53 .. '', '9.007199254741e+15')

-- sub: positions from either end
for _, case in ipairs {
  {1, -1, 'hello'}, {2, 3, 'el'}, {-3, -2, 'll'}, {0, 2, 'he'}, {-100, 2, 'he'}, {2, 100, 'ello'}, {4, 3, ''},
  {6, 9, ''}, {5, 5, 'o'}, {-1, -1, 'o'}, {1, 0, ''}, {1, -6, ''}, {math.mininteger, math.maxinteger, 'hello'},
  {math.maxinteger, math.mininteger, ''}, {'2', 3.0, 'el'},
} do
  same(('hello'):sub(case[1], case[2]), case[3])
end
same(('hello'):sub(3), 'llo')
fails("bad argument #2 to 'string.sub' (number expected, got no value)", string.sub, 'x')
fails("number has no integer representation", string.sub, 'x', 1.5)

-- byte, char
gives('104', ('hello'):byte())
gives('101 108 108', ('hello'):byte(2, 4))
gives('111', ('hello'):byte(-1))
gives('', ('hello'):byte(6))
gives('', ('hello'):byte(0))
gives('104 101', ('hello'):byte(-9, 2))
gives('', (''):byte(1, -1))
same(string.char(), '')
same(string.char(0, 104, 255), '\0h\xFF')
fails("bad argument #2 to 'string.char' (value out of range)", string.char, 1, 256)
fails("bad argument #1 to 'string.char' (value out of range)", string.char, -1)

-- rep, reverse, upper, lower, len
same(('ab'):rep(3), 'ababab')
same(('ab'):rep(3, '-'), 'ab-ab-ab')
same(('ab'):rep(1, '-'), 'ab')
same(('ab'):rep(0) .. ('ab'):rep(-5, 'x') .. (''):rep(100), '')
same((''):rep(3, ','), ',,')
same(('abc\0'):reverse() .. (''):reverse(), '\0cba')
same(('aZ9\xE9'):upper() .. ('aZ9\xC9'):lower(), 'AZ9\xE9az9\xC9')
same(('x').len(12.5), 4)

-- find, plain
gives('3 4', ('hello'):find('ll'))
gives('1 0', ('hello'):find(''))
gives('6 5', ('hello'):find('', 6))
gives('nil', ('hello'):find('', 7))
gives('nil', ('hello'):find('h', 2))
gives('5 5', ('hello'):find('o', -1))
gives('2 3', ('a.+b'):find('.+', 2, true))
gives('1 1', ('a\0b'):find('a', 1, true))
gives('2 3', ('a\0b'):find('\0b', 1, true))

-- format: every conversion
same(('%d %i %5d|%-5d|%05d|%+d|% d'):format(1, -2, 3, 4, 5, 6, 7), '1 -2     3|4    |00005|+6| 7')
same(('%.3d'):format(7), '007')
same(('%d'):format(3.0) .. ('%d'):format('10'), '310')
same(('%u'):len(), 2)
same(('%c%c%c'):format(76, 0, 97), 'L\0a')
same(('%x %X %#x %o %#o'):format(255, 255, 255, 8, 8), 'ff FF 0xff 10 010')
same(('%x'):format(-1), 'ffffffffffffffff')
same(('%f %.2f %8.3f|%-8.1f|%+.0f'):format(1, 2.345, 3.14159, 2.5, 0.5), '1.000000 2.35    3.142|2.5     |+0')
same(('%e %.1E %g %g %G'):format(12345.678, 0.00012, 1e20, 0.1, 1e-10), '1.234568e+04 1.2E-04 1e+20 0.1 1E-10')
same(('%a %A'):format(1.0, 0.5), '0x1p+0 0X1P-1')
same(('%s %10s|%-5s|%.2s|%5.1s'):format('a', 'b', 'c', 'def', 'xyz'), 'a          b|c    |de|    x')
same(('%s %s %s %s'):format(nil, true, 1.0, 2), 'nil true 1.0 2')
same(('%%'):format(), '%')
same(('%q'):format('a\nb\0c"\\\r\0001'), '"a\\\nb\\0c\\"\\\\\\13\\0001"')
same(('%q %q %q'):format(1, math.mininteger, nil), '1 0x8000000000000000 nil')
same(('%q %q %q'):format(1 / 0, -1 / 0, 0.5), '1e9999 -1e9999 0x1p-1')
same(('%q'):format(0 / 0), '(0/0)')
same(load('return ' .. ('%q'):format(0.1))(), 0.1)
same(('%s'):format(setmetatable({}, {__tostring = function() return 'me' end})), 'me')
same(('%s'):format('a\0b'):len(), 3)
same(('%i'):format(math.mininteger), '-9223372036854775808')
same(('%.14g'):format(2^63), '9.2233720368548e+18')
fails("bad argument #2 to 'string.format' (number expected, got string)", string.format, '%d', 'x')
fails("bad argument #2 to 'string.format' (number has no integer representation)", string.format, '%d', 1.5)
fails("bad argument #3 to 'string.format' (no value)", string.format, '%s%s', 1)
fails("invalid conversion '%y' to 'format'", string.format, '%y', 1)
fails("invalid conversion '%' to 'format'", string.format, '%', 1)
fails("invalid conversion", string.format, '%123d', 1)
fails("invalid conversion", string.format, '%0s', 'x')
fails("specifier '%q' cannot have modifiers", string.format, '%5q', 'x')
fails("value has no literal form", string.format, '%q', {})
fails("string contains zeros", string.format, '%10s', 'a\0b')
fails("'__tostring' must return a string", string.format, '%s', setmetatable({}, {__tostring = function() return {} end}))

-- tostring and tonumber
gives('1 -1 1.0 -0.0 1e+100 1e+15 inf -inf', 1, -1, 1.0, -0.0, 1e100, 1e15, 1 / 0, -1 / 0)
gives('0.1 3.1415926535898 1e-07 123456789012.0', 0.1, math.pi, 1e-7, 123456789012.0)
gives('10 10 255 -255 0.5 100.0', tonumber('10'), tonumber(' 10 '), tonumber('0xff'), tonumber('-0xFF'), tonumber('.5'), tonumber('1e2'))
gives('5.0 0.5 8.0 3.0', tonumber('5.'), tonumber('0x.8'), tonumber('0x1p3'), tonumber('0x1.8p1'))
for _, text in ipairs {'', ' ', '-', '0x', '1e', '1 2', '1a', 'nan', 'inf', '0x1g', '--1', '1\0', '1_0', '.', '+-1', '0b1'} do
  same(tonumber(text), nil)
end
same(tonumber('9223372036854775807'), math.maxinteger)
same(tonumber('9223372036854775808'), 2^63)
same(tonumber('0xffffffffffffffff'), -1)
same(tonumber('0x1ffffffffffffffff'), -1)
gives('255 35 -7 255 5 nil nil', tonumber('ff', 16), tonumber('z', 36), tonumber('-111', 2), tonumber(' FF ', 16), tonumber('12', 3), tonumber('2', 2), tonumber('', 10))
same(tonumber('7fffffffffffffff', 16), math.maxinteger)
same(tonumber('1.0', 10), nil)
gives('nil nil nil', tonumber({}), tonumber(nil), tonumber(true))
fails('base out of range', tonumber, '1', 1)
fails('base out of range', tonumber, '1', 37)
fails("bad argument #1 to 'tonumber' (string expected, got number)", tonumber, 10, 16)
fails("bad argument #1 to 'tonumber' (value expected)", tonumber)
fails("bad argument #1 to 'tostring' (value expected)", tostring)

-- Arithmetic on numerals
gives('12 12.0 3 -3 2.5 8.0', '10' + 2, '10' + 2.0, '0x10' // '5', -'3', '5' / 2, '2' ^ 3)
fails("attempt to add a 'number' with a 'string'", function() return 1 + 'a' end)
fails("attempt to perform bitwise operation on a string value (constant 'a')", function() return 1 | 'a' end)
fails("attempt to perform bitwise operation on a string value (constant '1')", function() return 1 | '1' end)
check(not ('1' == 1) and '1' ~= 1)
fails('attempt to compare number with string', function() return 1 < '2' end)

-- The metatable of strings
same(('x').rep, string.rep)
same(('x').nothing, nil)
same(#'x' + ('abc'):len(), 4)
fails("attempt to call a nil value (method 'nothing')", function() return ('x'):nothing() end)
fails("attempt to index a number value", function() local t = {1} return t[1].x end)

return done()
