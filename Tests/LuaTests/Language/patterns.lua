-- Patterns: classes, items, captures, anchors; find, match, gmatch and gsub.

-- Every class, over all bytes, and its complement
local members = {
  a = '%u%l', d = '0-9', l = 'a-z', u = 'A-Z', s = ' \t-\r', w = '%a%d', x = '0-9a-fA-F',
  c = '\0-\31\127', g = '!-~', p = '!-/:-@[-`{-~',
}
for class, set in pairs(members) do
  local inside, outside = 0, 0
  for byte = 0, 255 do
    local c = string.char(byte)
    local is = c:find('%' .. class) ~= nil
    if is == (c:find('[' .. set .. ']') ~= nil) then inside = inside + 1 end
    if is ~= (c:find('%' .. class:upper()) ~= nil) then outside = outside + 1 end
  end
  gives('256 256', inside, outside)
end
same(('a.b'):match('%.'), '.')
same(('\0a\0'):match('%z*'), '\0')
same(('a\nb'):match('a.b'), 'a\nb')

-- Sets
gives('3 3', ('ab]'):find('[]]'))
gives('1 1', ('-x'):find('[-x]'))
gives('2 2', ('ab-'):find('[^a]'))
gives('3 3', ('a]^'):find('[%^]'))
gives('2 2', ('a^'):find('[x^]'))
same(('x-y'):match('[a%-z]'), '-')
same(('héllo'):match('[\xC3][\xA9]'), 'é')
same(('f0F'):match('[%x]+'), 'f0F')
same(('a-z'):match('[a-]+'), 'a-')
same(('07a'):match('[%d%s]*'), '07')
same((']'):match('[^]]'), nil)

-- Repetition: greedy, lazy, optional
gives('aaa', ('aaab'):match('a*'))
gives('', ('b'):match('a*'))
gives('aaa', ('aaab'):match('a+'))
gives('nil', ('b'):match('a+'))
gives('', ('aaab'):match('a-'))
gives('aaab', ('aaab'):match('a-b'))
gives('ab', ('ab'):match('a?b'))
gives('b', ('b'):match('a?b'))
gives('<a><b>', ('<a><b>'):match('<.*>'))
gives('<a>', ('<a><b>'):match('<.->'))
gives('a*b', ('a*b'):match('a%*b'))
gives('*', ('*'):match('*'))

-- Anchors: only at either end of the pattern
gives('nil', ('ab'):match('^b'))
gives('b', ('ab'):match('b$'))
gives('nil', ('ba'):match('b$'))
gives('a$b', ('a$b'):match('a$b'))
gives('a^b', ('a^b'):match('a^b'))
gives('1 0', (''):find('^$'))
gives('3 2', ('ab'):find('$'))
gives('2 2', ('ab'):find('^b', 2))
gives('^', ('^'):match('^^'))

-- Captures
gives('key value', ('key=value'):match('(%w+)=(%w+)'))
gives('abc b', ('abc'):match('(a(b)c)'))
gives('1 4', ('abc'):match('()abc()'))
gives('2 2 2 3', ('abc'):find('()b()'))
gives('1 3 a b c', ('abc'):find('(.)(.)(.)'))
gives('5 8 "', ([[say "it"]]):find([[(["'])%w+%1]]))
gives('aa a', ('xaay'):match('((.)%2)'))
gives('2', ('abc'):match('()', 2))
gives('1 x 2', ('x'):match('()(x)()'))
same(select('#', ('x'):match(('()'):rep(32))), 32)
fails('too many captures', string.match, 'x', ('()'):rep(33))

-- Balance and frontier
gives('(a(b)c)', ('x(a(b)c)y)'):match('%b()'))
gives('nil', ('((a)'):match('^%b()'))
gives('xabx', ('xabxx'):match('%bxx'))
gives('THE', ('THE (quick) fox'):match('%f[%a]%a+'))
gives('[one] [two] 2', ('one two'):gsub('%f[%w]%w+%f[%W]', '[%0]'))
same(('THE END'):find('%f[%z]'), 8)
gives('6 6', ('THE (x) fox'):find('%f[%a]%a+%f[%A]', 5))

-- Empty matches
gives('-a-b- 3', ('ab'):gsub('', '-'))
gives('-b- 2', ('ab'):gsub('a*', '-'))
gives('--b 1', ('ab'):gsub('a', '--', 1))
gives('a.b.c 2', ('a  b c'):gsub(' +', '.'))
gives('xhxello 2', ('hello'):gsub('%w-', 'x', 2))

-- gsub: texts
gives('hello hello world world 2', ('hello world'):gsub('%w+', '%0 %0'))
gives('world hello 1', ('hello world'):gsub('(%w+) (%w+)', '%2 %1'))
gives('h%llo 1', ('hello'):gsub('e', '%%'))
gives('hhello 1', ('hello'):gsub('^.', '%1%1'))
gives('xbab 1', ('abab'):gsub('a', 'x', 1))
gives('abab 0', ('abab'):gsub('a', 'x', 0))
gives('abab 0', ('abab'):gsub('a', 'x', -1))
gives('1b1b 2', ('abab'):gsub('a', 1))
gives('1 3 1', ('ab'):gsub('()ab()', '%1 %2'))
fails("invalid use of '%' in replacement string", string.gsub, 'x', 'x', '%a')
fails("invalid use of '%' in replacement string", string.gsub, 'x', 'x', '%')
fails('invalid capture index %2', string.gsub, 'x', '(x)', '%2')
fails("bad argument #3 to 'string.gsub' (string/function/table expected, got no value)", string.gsub, 'x', 'x')
fails("bad argument #3 to 'string.gsub' (string/function/table expected, got nil)", string.gsub, 'x', 'x', nil)
fails("bad argument #3 to 'string.gsub' (string/function/table expected, got boolean)", string.gsub, 'x', 'x', true)

-- gsub: tables and functions; false and nil keep the match
gives('1 b 2 3', ('a b c'):gsub('%w', {a = 1, c = 2}))
gives('a b 2', ('a b'):gsub('%w', {a = false}))
gives('<a> 1', ('a'):gsub('%w', setmetatable({}, {__index = function(_, k) return '<' .. k .. '>' end})))
gives('A b 2', ('a b'):gsub('%w', function(c) if c == 'a' then return 'A' end end))
gives('y=x 1', ('x=y'):gsub('(%w)=(%w)', function(a, b) return b .. '=' .. a end))
gives('1.5 1', ('x'):gsub('x', function() return 1.5 end))
gives('0 1', ('x'):gsub('()x', function(at) return at - 1 end))
fails('invalid replacement value (a table)', string.gsub, 'x', 'x', function() return {} end)
fails('invalid replacement value (a boolean)', string.gsub, 'x', 'x', {x = true})
local seen = {}
fails('stop here', string.gsub, 'abc', '.', function(c) seen[#seen + 1] = c if c == 'b' then error('stop here') end end)
same(table.concat(seen), 'ab')

-- gmatch
local function all(...)
  local list = {}
  for a, b in string.gmatch(...) do list[#list + 1] = b and a .. '=' .. b or a end
  return table.concat(list, ',')
end
same(all('one two  three', '%a+'), 'one,two,three')
same(all('a=1, b=2', '(%w+)=(%w+)'), 'a=1,b=2')
same(all('abc', ''), ',,,')
same(all('abc', '()'), '1,2,3,4')
same(all('abcabc', 'b', 3), 'b')
same(all('abc', '.', -2), 'b,c')
same(all('abc', '.', 9), '')
same(all('^a^a', '^a'), '^a,^a')
same(all('aab', 'a*'), 'aa,')
local next_word = ('x y'):gmatch('%a')
gives('x y 0', next_word(), next_word(), select('#', next_word()))

-- Malformed patterns
for _, case in ipairs {
  {'[', "malformed pattern (missing ']')"}, {'[a', "malformed pattern (missing ']')"},
  {'[]', "malformed pattern (missing ']')"}, {'[^]', "malformed pattern (missing ']')"},
  {'[a%', 'malformed pattern'}, {'%', "malformed pattern (ends with '%')"},
  {'(a', 'unfinished capture'}, {'(()', 'unfinished capture'}, {'a)', 'invalid pattern capture'},
  {'%1', 'invalid capture index %1'}, {'(%1)', 'invalid capture index %1'},
  {'%b', "missing arguments to '%b'"}, {'%bx', "missing arguments to '%b'"},
  {'%f', "missing '[' after '%f' in pattern"},
} do
  fails(case[2], string.match, 'a', case[1])
  fails(case[2], string.gsub, 'a', case[1], '%1')
end
same(('a)'):find('a)'), 1) -- nothing special for 'find' in it
fails('pattern too complex', string.match, ('x'):rep(300000), ('x?'):rep(300000))

return done()
