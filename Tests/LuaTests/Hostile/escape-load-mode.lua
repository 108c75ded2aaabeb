-- expect: value only text chunks can be loaded (mode must contain 't')
return select(2, load('return 1', 'x', 'b'))
