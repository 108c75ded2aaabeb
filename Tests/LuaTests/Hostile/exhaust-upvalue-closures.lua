-- expect: memory
local function nest(f) return function() return f end end
local f = print
while true do f = nest(f) end
