-- expect: time
local t = {}
for i = 1, 20000 do t['k' .. i] = i end
while true do
  local key = next(t)
  t[key], t[key .. 'x'] = nil, 1
  next(t, (next(t)))
end
