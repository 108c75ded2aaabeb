-- expect: error resulting string too large
return ('x'):rep(1 << 30, ('y'):rep(1000))
