-- Bitwise operators: 64 bits, integers or floats that are integers.

local max, min = math.maxinteger, math.mininteger

-- The truth tables
gives('8 14 6 -13', 12 & 10, 12 | 10, 12 ~ 10, ~12)
gives('0 -1 -1 0', 0 & -1, 0 | -1, ~0, ~-1)
same(0xF0F0 & 0x0FF0, 0x00F0)
same(0xF0F0 | 0x0FF0, 0xFFF0)
same(0xF0F0 ~ 0x0FF0, 0xFF00)
same(-1 >> 1, max)
same(1 << 63, min)
same(min & max, 0)
same(min | max, -1)
same(max ~ -1, min)

-- Shifts are logical; a negative one goes the other way; 64 and more leave nothing
gives('4 2 1 0', 1 << 2, 4 >> 1, 2 << -1, 1 >> 1)
gives('4 0 0 0', 1 >> -2, 1 << 64, -1 >> 64, -1 << 100)
gives('0 0 1', -1 >> max, -1 << min, -1 >> 63)
gives('0 0 -2 -4', -1 << 64, -1 >> -64, -1 << 1, -1 << 2)
for bit = 0, 63 do
  same((1 << bit) >> bit, 1)
  same(~(1 << bit) & (1 << bit), 0)
end

-- Precedence: ~ and unary first, shifts, &, ~, |, comparisons; arithmetic and .. before shifts
same(1 | 2 ~ 3 & 4, 1 | (2 ~ (3 & 4)))
same(1 << 2 + 1, 8)
same(6 & 3 == 2, (6 & 3) == 2)
same(2 * 3 << 1, 12)
same(~1 + 1, -1)
same(-1 & 0xFF, 255)
same(2 * 3 | 8, 14)
same(1 << 1 << 2, 8)
same(5 // 2 ~ 1, 3)
check(1 | 0 < 2)

-- Operands: floats that are exact integers; no strings
gives('3 4 5 -2', 1.0 | 2, 8.0 >> 1, 5.0 & 0xF, ~1.0)
same(2^62 | 0, 1 << 62)
same(-2^63 | 0, min)
for _, bad in ipairs {1.5, 2^63, -1e30, 1 / 0, 0 / 0} do
  fails('has no integer representation', function() return bad | 0 end)
  fails('has no integer representation', function() return 1 << bad end)
  fails('has no integer representation', function() return ~bad end)
end
fails("attempt to perform bitwise operation on a nil value (local 'x')", function(x) return x & 1 end)
fails("attempt to perform bitwise operation on a table value (local 'x')", function(x) return 1 ~ x end, {})
fails("attempt to perform bitwise operation on a boolean value (field 'b')", function(t) return t.b << 1 end, {b = true})
fails("attempt to perform bitwise operation on a string value (local 's')", function(s) return s | 1 end, 'x')
fails("attempt to perform bitwise operation on a string value (constant '10')", function() return '10' | 1 end)
fails("attempt to perform bitwise operation on a nil value (global 'absent')", function() return ~absent end)

-- Constants on either side, which the compiler folds or keeps beside the instruction
local x = 0xF0
gives('16 240 48 255 15 255', x & 0x10, x & 0xFFF, x & 0x30, x | 0x0F, x ~ 0xFF, x ~ 15)
gives('16 240 48 255 15 480', 0x10 & x, 0xFFF & x, 0x30 & x, 0x0F | x, 0xFF ~ x, x << 1)
gives('120 480 512 1', x >> 1, x >> -1, 2 << 8, 2 >> 1)
same(1 << x, 0)
same(x & 4294967295.0, x)

-- Metamethods
local log = {}
local operators = {}
for _, name in ipairs {'band', 'bor', 'bxor', 'shl', 'shr', 'bnot'} do
  operators['__' .. name] = function(a, b)
    log[#log + 1] = name .. ' ' .. type(a) .. ' ' .. type(b)
    return name
  end
end
local o = setmetatable({}, operators)
gives('band bor bxor shl shr bnot', o & 1, 1 | o, o ~ o, o << 'x', 1.5 >> o, ~o)
same(table.concat(log, ', '), 'band table number, bor number table, bxor table table, '
  .. 'shl table string, shr number table, bnot table table')
gives('band shl shr', 2 & o, o << 1, o >> 1)
gives('shl shr', 1 << o, o >> 2)

-- A sum of bits, two ways
local function count(n)
  local bits = 0
  while n ~= 0 do n, bits = n & (n - 1), bits + 1 end
  return bits
end
for _, n in ipairs {0, 1, 255, -1, min, max, 0x5555555555555555} do
  local bits = 0
  for i = 0, 63 do bits = bits + (n >> i & 1) end
  same(count(n), bits)
end

return done()
