-- expect: value nil
local _ENV = {load = load}
return load('return print')()
