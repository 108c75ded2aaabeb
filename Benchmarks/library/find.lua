-- operations: 400000
local text = ("街道办 abc 12 "):rep(20) .. "x9y"
for _ = 1, 400000 do text:find "%a%d%a" end
