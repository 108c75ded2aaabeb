-- expect: time
return (('x'):rep(1 << 20):gsub('y-', ('%0'):rep(1 << 19)))
