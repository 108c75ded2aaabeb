-- expect: value nil: load: more than
local n = 0
local f, message = load(function()
  n = n + 1
  return n == 1 and 'return a' or n < 90000 and ' or a' or nil
end)
return tostring(f) .. ': ' .. message
