-- expect: error far
error('far', 1 << 40)
