-- 公示到期日：从张贴那天起，数满本社区规定的工作日。
-- 用法：gongyue run scripts/deadline.lua posted=2026-04-30 unit=sll-02
local unit = arguments.unit or "sll-01"
local posted = arguments.posted or gongyue.today
local days = gongyue.setting("notice.workdays", { unit = unit })
local ends = gongyue.calendar.add_workdays(posted, days)
print(string.format("%s：%s 张贴，公示 %d 个工作日（张贴当日不计），到 %s 为止。", unit, posted, days, ends))
