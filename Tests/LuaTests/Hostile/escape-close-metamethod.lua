-- expect: error variable 't' got a non-closable value
local t <close> = {}
