-- operations: 2000000
local text = ("街道办 abc 12 "):rep(20) .. "x9y"
for _ = 1, 2000000 do text:find("x9y", 1, true) end
