-- utf8: characters, code points, positions, strict and lax.

local sample = 'aé公\u{1F600}'
same(#sample, 10)

-- char
same(utf8.char(), '')
same(utf8.char(97, 0xE9, 0x516C, 0x1F600), sample)
same(utf8.char(0, 0x7F, 0x80, 0x7FF, 0x800, 0xFFFF, 0x10000, 0x10FFFF),
  '\0\x7F\xC2\x80\xDF\xBF\xE0\xA0\x80\xEF\xBF\xBF\xF0\x90\x80\x80\xF4\x8F\xBF\xBF')
same(utf8.char(0x1FFFFF, 0x200000, 0x3FFFFFF, 0x4000000, 0x7FFFFFFF),
  '\xF7\xBF\xBF\xBF\xF8\x88\x80\x80\x80\xFB\xBF\xBF\xBF\xBF\xFC\x84\x80\x80\x80\x80\xFD\xBF\xBF\xBF\xBF\xBF')
fails("bad argument #1 to 'utf8.char' (value out of range)", utf8.char, -1)
fails("bad argument #2 to 'utf8.char' (value out of range)", utf8.char, 1, 0x80000000)
fails("bad argument #1 to 'utf8.char' (number expected, got string)", utf8.char, 'x')

-- charpattern
same(utf8.charpattern, '[\0-\x7F\xC2-\xFD][\x80-\xBF]*')
local parts = {}
for c in sample:gmatch(utf8.charpattern) do parts[#parts + 1] = c end
same(table.concat(parts, '|'), 'a|é|公|\u{1F600}')

-- len
gives('4', utf8.len(sample))
gives('0', utf8.len(''))
gives('3', utf8.len(sample, 2))
gives('1', utf8.len(sample, -4))
gives('2', utf8.len(sample, 1, 2))
gives('0', utf8.len(sample, 11))
gives('0', utf8.len(sample, 5, 4))
gives('nil 3', utf8.len(sample, 3))
gives('nil 1', utf8.len('\xFF'))
gives('nil 2', utf8.len('a\x80'))
gives('nil 3', utf8.len('ab\xE5\x85'))
gives('nil 1', utf8.len('\xC0\x80'))
gives('nil 1', utf8.len('\xE0\x80\x80'))
gives('nil 1', utf8.len('\u{D800}'))
gives('nil 1', utf8.len('\u{DFFF}'))
gives('nil 1', utf8.len('\u{110000}'))
gives('3', utf8.len('\u{D800}\u{DFFF}\u{7FFFFFFF}', 1, -1, true))
gives('nil 1', utf8.len('\xFE', 1, -1, true))
fails("bad argument #2 to 'utf8.len' (initial position out of bounds)", utf8.len, sample, 12)
fails("bad argument #2 to 'utf8.len' (initial position out of bounds)", utf8.len, sample, 0)
fails("bad argument #3 to 'utf8.len' (final position out of bounds)", utf8.len, sample, 1, 11)

-- codepoint
gives('97', utf8.codepoint(sample))
gives('97 233 20844 128512', utf8.codepoint(sample, 1, -1))
gives('20844', utf8.codepoint(sample, 4))
gives('128512', utf8.codepoint(sample, -4))
gives('', utf8.codepoint(sample, 4, 3))
gives('55296 2147483647', utf8.codepoint('\u{D800}\u{7FFFFFFF}', 1, -1, true))
fails('invalid UTF-8 code', utf8.codepoint, sample, 3)
fails('invalid UTF-8 code', utf8.codepoint, '\u{D800}')
fails('invalid UTF-8 code', utf8.codepoint, '\xF4\x90\x80\x80')
fails("bad argument #2 to 'utf8.codepoint' (out of bounds)", utf8.codepoint, sample, 0)
fails("bad argument #3 to 'utf8.codepoint' (out of bounds)", utf8.codepoint, sample, 1, 11)
fails("bad argument #3 to 'utf8.codepoint' (out of bounds)", utf8.codepoint, '', 1)

-- offset
gives('1 2 4 7 11 nil', utf8.offset(sample, 1), utf8.offset(sample, 2), utf8.offset(sample, 3), utf8.offset(sample, 4), utf8.offset(sample, 5), utf8.offset(sample, 6))
same((utf8.offset(sample, -1)), 7)
same((utf8.offset(sample, -4)), 1)
same(utf8.offset(sample, -5), nil)
same((utf8.offset(sample, 0, 9)), 7)
same((utf8.offset(sample, 0, 4)), 4)
same((utf8.offset(sample, 0, 11)), 11)
same((utf8.offset(sample, 2, 2)), 4)
same((utf8.offset(sample, -1, 4)), 2)
same((utf8.offset('', 1)), 1)
same(utf8.offset('', 2), nil)
fails('initial position is a continuation byte', utf8.offset, sample, 1, 3)
fails("bad argument #3 to 'utf8.offset' (position out of bounds)", utf8.offset, sample, 1, 12)
fails("bad argument #3 to 'utf8.offset' (position out of bounds)", utf8.offset, sample, 1, 0)

-- codes
local at, codes = {}, {}
for p, c in utf8.codes(sample) do at[#at + 1], codes[#codes + 1] = p, c end
same(table.concat(at, ' '), '1 2 4 7')
same(table.concat(codes, ' '), '97 233 20844 128512')
for _ in utf8.codes('') do check(false) end
local lax = 0
for _, c in utf8.codes('\u{D800}\u{7FFFFFFF}', true) do lax = lax + c end
same(lax, 0xD800 + 0x7FFFFFFF)
local function walk(text) for _ in utf8.codes(text) do end end
fails('invalid UTF-8 code', walk, 'ab\xFF')
fails('invalid UTF-8 code', walk, 'ab\xC3')
fails('invalid UTF-8 code', walk, '\u{D800}')
fails('invalid UTF-8 code', walk, '\u{110000}')

-- There and back, over every length of encoding
for _, code in ipairs {1, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF} do
  local text = utf8.char(code)
  gives(code .. ' 1 1 ' .. #text + 1, utf8.codepoint(text), utf8.len(text), utf8.offset(text, 1), (utf8.offset(text, 2)))
end

return done()
