-- expect: time
while true do
  for i = 1, 10 do
    if i % 2 == 0 then goto continue end
    ::continue::
  end
end
