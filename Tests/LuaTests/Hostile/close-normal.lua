-- expect: error cannot close a normal coroutine
local outer
outer = coroutine.create(function()
  coroutine.wrap(function() coroutine.close(outer) end)()
end)
local _, message = coroutine.resume(outer)
error(message, 0)
