-- expect: time
local function f(...)
  while true do local x = select("#", ...) local y = select(-1, ...) end
end
f(table.unpack({}, 1, 50000))
