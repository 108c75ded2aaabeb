-- 公示到期日：从张贴那天起，数满规定的工作日。
-- 用法：gongyue run scripts/deadline.lua posted=2026-04-30 days=5
local posted = arguments.posted or gongyue.today
local days = tonumber(arguments.days or 5)
local ends = gongyue.calendar.add_workdays(posted, days)
print(posted .. " 张贴，公示 " .. days .. " 个工作日，到 " .. ends .. " 为止（张贴当日不计）。")
