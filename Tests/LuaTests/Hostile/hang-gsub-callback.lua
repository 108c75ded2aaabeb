-- expect: time
return ('x'):rep(1 << 20):gsub('x', function() while true do end end)
