-- expect: unconvertible
return {[1] = 1, [1 << 40] = 2}
