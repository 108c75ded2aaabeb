-- expect: memory
local co = coroutine.wrap(function(...) while true do coroutine.yield(table.unpack({}, 1, 200000)) end end)
local t = {}
while true do t[#t + 1] = table.pack(co()) end
