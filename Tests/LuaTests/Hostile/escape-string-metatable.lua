-- expect: value false
return getmetatable('')
