-- 逾期事项清单：已过办结时限、还没有办结的，按逾期时间从久到近。
-- 用法：gongyue run scripts/overdue.lua unit=sll-02
local now = gongyue.calendar.instant(gongyue.today)
local open = gongyue.cases
  :where { resolve_due = gongyue.less(now), resolved = gongyue.missing, state = gongyue.isnt "excluded" }
  :order("resolve_due")
if arguments.unit then open = open:where { unit = arguments.unit } end

local rows = {}
for case in open:each() do
  local due = gongyue.calendar.day(case.resolve_due)
  rows[#rows + 1] = { case.code, case.unit, due, gongyue.calendar.workdays_between(due, gongyue.today), case.place or "" }
end

local report = gongyue.report.new("逾期事项（" .. #rows .. " 件）")
report:table({
  { title = "编号" }, { title = "社区" }, { title = "应办结" }, { title = "逾期工作日", align = "right" },
  { title = "地点" },
}, rows)
return report
