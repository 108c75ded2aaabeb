-- operations: 400000
for _ = 1, 400000 do local text = ("ab"):rep(100, ",") end
