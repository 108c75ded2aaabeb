-- expect: error fills more than
return string.pack('c2000000000', '')
