-- 公示到期日：从张贴那天起，数满各社区自己规定的工作日；同一天张贴，各社区到期日可以不同。
-- 用法：gongyue run scripts/deadline.lua posted=2026-04-30               八个社区各一行
--       gongyue run scripts/deadline.lua posted=2026-04-30 unit=sll-02   一个社区，写出依据
-- posted 不写就是今天。张贴当日计不计入，听 clock.counts_first_day 这个设置的。
-- 放假通知还没有公布的日子写明“暂定”：通知一出，到期日可能变动。
local posted = arguments.posted or gongyue.today
local words = gongyue.words

local function ending(unit)
  local options = { unit = unit, on = posted }
  local days = gongyue.setting("notice.workdays", options)
  local counts_first = gongyue.setting("clock.counts_first_day", options)
  local deadline = gongyue.calendar.deadline(posted, days, { counting_first = counts_first })
  local mark = deadline.provisional and words { zh = "（暂定）", en = " (provisional)" } or ""
  return days, deadline.due .. mark, counts_first
end

if arguments.unit then
  local days, last, counts_first = ending(arguments.unit)
  local line = words {
    zh = "%s 张贴，公示 %d 个工作日（张贴当日%s），到 %s 为止。",
    en = "posted on %s for %d working days (the first day %s), until %s.",
  }
  local counted = counts_first and words { zh = "计入", en = "counts" }
    or words { zh = "不计", en = "does not count" }
  print(string.format(line, posted, days, counted, last))
  print(gongyue.why("notice.workdays", { unit = arguments.unit, on = posted }))
  return
end

local rows = {}
for _, community in ipairs(gongyue.units:where { level = "community" }:order("key"):list()) do
  local days, last = ending(community.key)
  local name = words { zh = community.name, en = community.english or community.name }
  rows[#rows + 1] = { name, days, last }
end
local title = words { zh = "公示到期日：%s 张贴", en = "last days of notices posted on %s" }
local report = gongyue.report.new(string.format(title, posted))
report:table({
  { zh = "社区", en = "Community" }, { title = { zh = "工作日", en = "Working days" }, align = "right" },
  { zh = "到期日", en = "Last day" },
}, rows)
return report
