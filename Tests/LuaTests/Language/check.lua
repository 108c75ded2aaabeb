-- What the script of each topic checks with. It runs first, in the same interpreter.
-- A check that fails is kept with its line, so that one run tells all of them.

local error, find, format, pcall, tostring = error, string.find, string.format, pcall, tostring
local pack, concat, type, kind = table.pack, table.concat, type, math.type
local checks, failures, messages = 0, {}, {}

-- Level 1 is pcall, 2 this function, 3 the check, 4 the line in the script.
local function failed(what)
  local _, placed = pcall(error, what, 4)
  failures[#failures + 1] = placed
end

local function show(value)
  return type(value) == 'string' and format('%q', value) or tostring(value)
end

-- The same value of the same kind: 1 is not 1.0, 0.0 is not -0.0, a NaN is a NaN.
local function alike(a, b)
  if a ~= a then return b ~= b end
  return rawequal(a, b) and kind(a) == kind(b) and (a ~= 0 or 1 / a == 1 / b)
end

-- The condition holds.
function check(condition)
  checks = checks + 1
  if not condition then failed('does not hold') end
end

-- The value is this one.
function same(value, expected)
  checks = checks + 1
  if not alike(value, expected) then
    failed(show(value) .. ' where ' .. show(expected) .. ' is due')
  end
end

-- All the values, written with a space between them.
function gives(expected, ...)
  checks = checks + 1
  local values = pack(...)
  for i = 1, values.n do values[i] = tostring(values[i]) end
  local got = concat(values, ' ', 1, values.n)
  if got ~= expected then failed(show(got) .. ' where ' .. show(expected) .. ' is due') end
end

-- The call raises a text that contains this, or this very value.
function fails(expected, f, ...)
  checks = checks + 1
  local good, message = pcall(f, ...)
  messages[#messages + 1] = type(message) == 'string' and message or type(message)
  if good then
    failed('no error where ' .. show(expected) .. ' is due')
  elseif not rawequal(message, expected)
    and not (type(message) == 'string' and find(message, expected, 1, true)) then
    failed('error ' .. show(message) .. ' where ' .. show(expected) .. ' is due')
  end
end

-- The source, compiled and run as 'chunk', raises this.
function breaks(expected, source)
  checks = checks + 1
  local f, message = load(source, '=chunk')
  local good = false
  if f then good, message = pcall(f) end
  messages[#messages + 1] = type(message) == 'string' and message or type(message)
  if good then
    failed('no error where ' .. show(expected) .. ' is due')
  elseif not find(tostring(message), expected, 1, true) then
    failed('error ' .. show(message) .. ' where ' .. show(expected) .. ' is due')
  end
end

-- How many checks were made; raises those that failed.
function done()
  if #failures > 0 then error(concat(failures, '\n'), 0) end
  return checks
end

-- Every message of an error that was met, to be compared between two interpreters.
function said()
  return concat(messages, '\n')
end
