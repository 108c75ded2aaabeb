-- expect: error attempt to yield across a C-call boundary
coroutine.wrap(function() return ('x'):gsub('x', coroutine.yield) end)()
