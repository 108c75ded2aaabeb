-- expect: error [31m
error('\27[31m', 0)
