-- expect: time
while true do xpcall(error, error) end
