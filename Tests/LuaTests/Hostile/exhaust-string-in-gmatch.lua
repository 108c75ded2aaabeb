-- expect: memory
local t = {}
for w in (('word '):rep(1 << 20)):gmatch('%a+') do t[#t + 1] = w:rep(1000) .. #t end
