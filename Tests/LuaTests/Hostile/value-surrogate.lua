-- expect: unconvertible
return '\xed\xa0\x80'
