-- expect: error format is longer
return string.pack((' '):rep(2 << 20))
