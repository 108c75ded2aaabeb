-- expect: value 3
local refused = 0
for _, text in ipairs {'\\xZZ', '\\u{80000000}', '\\999'} do
  if not load("return '" .. text .. "'") then refused = refused + 1 end
end
return refused
