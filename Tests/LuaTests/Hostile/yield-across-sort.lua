-- expect: error attempt to yield across a C-call boundary
coroutine.wrap(function() table.sort({2, 1}, coroutine.yield) end)()
