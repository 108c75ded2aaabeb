-- expect: error out of bounds
return utf8.codepoint('x', 1, 1 << 62)
