-- operations: 1000000
for _ = 1, 1000000 do local year, month, day = ("2026-04-30"):match "^(%d+)-(%d+)-(%d+)$" end
