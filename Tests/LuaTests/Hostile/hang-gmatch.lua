-- expect: time
for _ in ('a'):rep(2000):gmatch('.-.-.-b') do end
