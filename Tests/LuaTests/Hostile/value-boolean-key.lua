-- expect: unconvertible
return {[true] = 1}
