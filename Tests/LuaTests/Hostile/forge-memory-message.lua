-- expect: value not enough memory
local _, message = pcall(error, 'not enough memory')
return message
