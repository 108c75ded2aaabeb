-- operations: 800000
local text = ("name=value; "):rep(20)
for _ = 1, 40000 do text:gsub("(%w+)=(%w+)", "%2=%1") end
