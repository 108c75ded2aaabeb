-- expect: value attempt to load a text chunk (mode is 'b')
return select(2, load('return 1', 'x', 'b'))
