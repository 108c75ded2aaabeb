-- expect: value C stack overflow
local deepest, co
for _ = 1, 10000 do
  local inner = co
  co = coroutine.create(function()
    local t <close> = setmetatable({}, {__close = function()
      if not inner then return end
      local closed, message = pcall(coroutine.close, inner)
      if not closed then deepest = message end
    end})
    coroutine.yield()
  end)
  coroutine.resume(co)
end
coroutine.close(co)
return deepest
