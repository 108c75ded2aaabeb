-- expect: error index out of range
return select(-1 << 62, 1, 2)
