-- operations: 1000000
for i = 1, 1000000 do local text = ("%d 户，%.2f 分，%s"):format(i, 87.46, "十字街") end
