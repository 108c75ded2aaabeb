-- expect: value 1 2 true 3
local co = coroutine.wrap(function()
  local ok, x = pcall(function() return coroutine.yield(1) + coroutine.yield(2) end)
  return tostring(ok) .. ' ' .. x
end)
return co() .. ' ' .. co(1) .. ' ' .. co(2)
