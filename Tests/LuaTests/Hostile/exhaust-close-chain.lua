-- expect: any
local co
for i = 1, 20000 do
  local inner = co
  co = coroutine.create(function()
    local t <close> = setmetatable({}, {__close = function() if inner then coroutine.close(inner) end end})
    coroutine.yield()
  end)
  coroutine.resume(co)
end
coroutine.close(co)
