-- expect: value 1
-- Fields may be cleared while next goes through them, also the first; keys that came
-- since the last time are there the next time.
local t = { 1, 2, 3, x = 1 }
for k in next, t do t[k] = nil end
assert(next(t) == nil)
t.a = 1
for k in next, t do assert(k == "a") end
t.b = 2
local seen = ""
for k in next, t do
  seen = seen .. k
  t[k] = nil
  if next(t) == nil then break end
end
assert(seen == "ab", seen)
return 1
