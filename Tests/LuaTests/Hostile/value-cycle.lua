-- expect: unconvertible
local t = {}
t.t = t
return t
