-- expect: value 0
return #('x'):rep(math.mininteger, 'y')
