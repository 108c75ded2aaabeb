-- expect: error bad argument #1 to 'rep'
for i = 1, 100000 do _G['k' .. i], string['k' .. i] = false, false end
local function f(n) if n == 0 then string.rep() end return f(n - 1) + 1 end
f(30)
