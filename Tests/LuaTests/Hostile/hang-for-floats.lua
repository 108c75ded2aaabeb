-- expect: error 'for' step is zero
for i = 1, math.huge, 0.0 do end
