-- expect: value 0
return #string.rep('', 1 << 40)
