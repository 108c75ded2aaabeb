-- expect: time
pcall = function(f, ...) return true, f(...) end
while true do pcall(function() end) end
