-- expect: value 3
_ENV = {}
return 3
