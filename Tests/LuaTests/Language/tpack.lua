-- string.pack, string.unpack, string.packsize: every option, order, size and alignment.

local pack, unpack, size = string.pack, string.unpack, string.packsize

local function hex(text) return (text:gsub('.', function(c) return ('%02x'):format(c:byte()) end)) end

-- Integers of every size, either order, with and without a sign
for bytes = 1, 16 do
  local signed, unsigned = 'i' .. bytes, 'I' .. bytes
  same(size(signed), bytes)
  same(size(unsigned), bytes)
  same(hex(pack('<' .. signed, -2)), 'fe' .. ('ff'):rep(bytes - 1))
  same(hex(pack('>' .. signed, 1)), ('00'):rep(bytes - 1) .. '01')
  same(unpack('<' .. signed, pack('<' .. signed, -100)), -100)
  same(unpack('>' .. signed, pack('>' .. signed, -100)), -100)
  same(unpack('>' .. unsigned, pack('>' .. unsigned, 200)), 200)
  same(pack('>' .. signed, 77), pack('<' .. signed, 77):reverse())
end
same(hex(pack('<i4', 0x01020304)), '04030201')
same(hex(pack('>i4', 0x01020304)), '01020304')
same(hex(pack('<I3 >I3', 0x010203, 0x010203)), '030201010203')
same(unpack('<I8', ('\xFF'):rep(8)), -1)
same(unpack('<I9', ('\xFF'):rep(8) .. '\0'), -1)
same(unpack('>i16', ('\xFF'):rep(16)), -1)

-- The native sizes; 'j' and 'J' are an integer of Lua, 'n' and 'd' a float
gives('1 1 2 2 4 4 8 8 8 8', size 'b', size 'B', size 'h', size 'H', size 'i4', size 'I4', size 'l', size 'L', size 'j', size 'J')
gives('4 8 8 8 1', size 'f', size 'd', size 'n', size 'T', size 'x')
same(unpack('j', pack('j', math.mininteger)), math.mininteger)
same(unpack('J', pack('J', -1)), -1)
same(unpack('b', pack('b', -128)), -128)
same(unpack('B', pack('B', 255)), 255)
same(unpack('h', pack('h', -32768)), -32768)
same(unpack('H', pack('H', 65535)), 65535)
same(unpack('l', pack('l', -5)), -5)
same(unpack('T', pack('T', 5)), 5)

-- What does not fit
fails("bad argument #2 to 'string.pack' (integer overflow)", pack, 'b', 128)
fails("bad argument #2 to 'string.pack' (integer overflow)", pack, 'b', -129)
fails("bad argument #2 to 'string.pack' (unsigned overflow)", pack, 'B', 256)
fails("bad argument #3 to 'string.pack' (unsigned overflow)", pack, 'BB', 1, -1)
fails("bad argument #2 to 'string.pack' (integer overflow)", pack, 'i7', 1 << 55)
fails('9-byte integer does not fit into Lua Integer', unpack, '<I9', ('\xFF'):rep(9))
fails('16-byte integer does not fit into Lua Integer', unpack, '<i16', ('\0'):rep(15) .. '\1')
fails("number expected, got string", pack, 'i4', 'x')
fails('number has no integer representation', pack, 'i4', 1.5)
fails("bad argument #2 to 'string.pack' (number expected, got n", pack, 'i4')

-- Floats
same(hex(pack('>d', 1.5)), '3ff8000000000000')
same(hex(pack('<f', -2)), '000000c0')
same(unpack('>n', pack('>n', math.pi)), math.pi)
same(unpack('f', pack('f', 0.1)) == 0.1, false)
same(unpack('f', pack('f', 0.5)), 0.5)
same(unpack('d', pack('d', -0.0)), -0.0)
same(unpack('d', pack('d', 0 / 0)), 0 / 0)
same(unpack('f', pack('f', 1 / 0)), 1 / 0)

-- Texts: 'z' ends with a zero, 's' begins with its length, 'c' is of a fixed size
same(pack('z', 'abc'), 'abc\0')
same(hex(pack('<s2', 'abc')), '0300616263')
same(hex(pack('>s', 'a')), '000000000000000161')
same(pack('s1', ''), '\0')
same(pack('c5', 'abc'), 'abc\0\0')
same(pack('c0', ''), '')
same(pack('z', 12), '12\0')
gives('abc 5', unpack('z', 'abc\0def'))
gives('abc 6', unpack('<s2', '\3\0abcdef'))
gives('ab 3', unpack('c2', 'abcd'))
gives(' 1', unpack('c0', 'x'))
gives('a b 5', unpack('zz', 'a\0b\0'))
fails("string contains zeros", pack, 'z', 'a\0b')
fails("string length does not fit in given size", pack, 's1', ('x'):rep(256))
fails("string longer than given size", pack, 'c2', 'abc')
fails("unfinished string for format 'z'", unpack, 'z', 'abc')
fails('data string too short', unpack, 's1', '\5abc')
fails('data string too short', unpack, 'c5', 'abc')
fails("missing size for format option 'c'", pack, 'c', 'x')
fails('variable-length format', size, 's')
fails('variable-length format', size, 'i4z')

-- Positions
gives('2 3', unpack('b', '\1\2\3', 2))
gives('3 4', unpack('b', '\1\2\3', -1))
gives('1 2 3', unpack('bb', '\1\2\3'))
gives('4', unpack('', '\1\2\3', 4))
fails('initial position out of string', unpack, 'b', 'abc', 5)
fails('data string too short', unpack, 'b', 'abc', 4)
fails('data string too short', unpack, 'i4', 'abc')

-- Padding and alignment
same(hex(pack('bxb', 1, 2)), '010002')
same(hex(pack('<!4 b i4', 1, 2)), '0100000002000000')
same(hex(pack('<!2 b i4', 1, 2)), '010002000000')
same(hex(pack('<! b d', 1, 1.5)), '01' .. ('00'):rep(7) .. '000000000000f83f')
same(hex(pack('<b i4', 1, 2)), '0102000000')
same(hex(pack('<!8 b Xi8 b', 1, 2)), '010000000000000002')
same(hex(pack('<!4 b Xi8 b', 1, 2)), '0100000002')
same(size('<!8 b i8'), 16)
same(size('<!8 i8 b'), 9)
same(size('!8 b Xd d'), 16)
same(size('!8 b h i4 i8'), 16)
gives('1 2 9', unpack('<!4 b i4', '\1\0\0\0\2\0\0\0'))
gives('1 5', unpack('<!4 b Xi4', '\1\0\0\0'))
same(size('c10'), 10)
fails('format asks for alignment not power of 2', pack, '!4 i3', 1)
fails('invalid next option for option', pack, 'X')
fails('invalid next option for option', pack, 'Xz')
fails('integral size (17) out of limits [1,16]', pack, 'i17', 1)
fails('integral size (0) out of limits [1,16]', pack, 'i0', 1)
fails('integral size (17) out of limits [1,16]', pack, '!17')

-- Order, spaces and unknown options
same(pack('=i4', 1), pack('i4', 1))
same(pack(' < i2 > i2 ', 1, 1), '\1\0\0\1')
same(pack(''), '')
same(size '', 0)
fails("invalid format option 'y'", pack, 'y', 1)
fails("invalid format option '5'", size, '5')
fails("bad argument #1 to 'string.pack' (string expected, got nil)", pack, nil)

-- A record there and back
local record = pack('>!4 I2 z s1 d j B', 7, 'name', 'text', 2.5, -1, 255)
gives('7 name text 2.5 -1 255 ' .. #record + 1, unpack('>!4 I2 z s1 d j B', record))

return done()
