-- operations: 2000000
local text = ("name=value; "):rep(20)
for _ = 1, 50000 do
  for word in text:gmatch "%a+" do end
end
