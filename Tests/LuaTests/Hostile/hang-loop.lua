-- expect: time
while true do end
