-- expect: time
while true do
  local co = coroutine.create(function() coroutine.yield(1) end)
  coroutine.resume(co)
  coroutine.close(co)
end
