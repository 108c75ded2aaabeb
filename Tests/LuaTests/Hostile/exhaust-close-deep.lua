-- expect: value true
local function deep(n, last)
  if n == 0 then return last() end
  return (('x'):gsub('x', function() deep(n - 1, last) end))
end
local co
for _ = 1, 99 do
  local inner = co
  co = coroutine.create(function()
    local t <close> = setmetatable({}, {__close = function()
      deep(60, function() if inner then coroutine.close(inner) end end)
    end})
    coroutine.yield()
  end)
  coroutine.resume(co)
end
return (coroutine.close(co))
