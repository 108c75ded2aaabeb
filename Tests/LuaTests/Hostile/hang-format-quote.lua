-- expect: error texts for '%q' are longer than 256 KiB
local s = ('\1'):rep(1 << 18)
return string.format('%q%q', s, s)
