-- expect: value nil
return (utf8.offset('x', math.mininteger))
