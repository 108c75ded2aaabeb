-- expect: memory time
local t = {}
for w in (('word '):rep(1 << 20)):gmatch('%a+') do t[#t + 1] = w .. #t end
