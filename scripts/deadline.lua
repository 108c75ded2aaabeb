-- 公示到期日：从张贴那天起，数满各社区自己规定的工作日；同一天张贴，各社区到期日可以不同。
-- 用法：gongyue run scripts/deadline.lua posted=2026-04-30               八个社区各一行
--       gongyue run scripts/deadline.lua posted=2026-04-30 unit=sll-02   一个社区，写出依据
-- posted 不写就是今天。张贴当日计不计入，听 clock.counts_first_day 这个设置的。
local posted = arguments.posted or gongyue.today

local function ending(unit)
  local options = { unit = unit, on = posted }
  local days = gongyue.setting("notice.workdays", options)
  local counts_first = gongyue.setting("clock.counts_first_day", options)
  return days, gongyue.calendar.add_workdays(posted, days, counts_first), counts_first
end

if arguments.unit then
  local days, last, counts_first = ending(arguments.unit)
  print(string.format("%s 张贴，公示 %d 个工作日（张贴当日%s），到 %s 为止。",
    posted, days, counts_first and "计入" or "不计", last))
  print(gongyue.why("notice.workdays", { unit = arguments.unit, on = posted }))
  return
end

local rows = {}
for _, community in ipairs(gongyue.units:where { level = "community" }:order("key"):list()) do
  local days, last = ending(community.key)
  rows[#rows + 1] = { community.name, days, last }
end
local report = gongyue.report.new("公示到期日：" .. posted .. " 张贴")
report:table({ "社区", { title = "工作日", align = "right" }, "到期日" }, rows)
return report
