-- expect: unconvertible
return {name = 'abc\xff'}
