-- expect: value nil
return (('x'):byte(1 << 62, (1 << 62) + 10))
