-- 逾期清单：已过办结时限还没有办结的事项，逾期最久的在前，按督办级别标色。
-- 用法：gongyue run scripts/overdue.lua                    全街道
--       gongyue run scripts/overdue.lua unit=sll-02        一个社区
-- 黄：逾期一至两个工作日，提醒书记；红：三个工作日以上，或第二次延期，交监督组。
local today = gongyue.today
local words = gongyue.words

local overdue = gongyue.cases
  :where {
    resolve_due = gongyue.less(gongyue.calendar.instant(today)),
    resolved = gongyue.missing,
    state = gongyue.isnt "excluded",
  }
  :order "resolve_due"
if arguments.unit then overdue = overdue:where { unit = arguments.unit } end

local names = {}
for unit in gongyue.units:each() do names[unit.key] = words { zh = unit.name, en = unit.english or unit.name } end

local red = { zh = "红", en = "red" }
local yellow = { zh = "黄", en = "yellow" }
local same_day = { zh = "当日", en = "today" }

local function level(case, late)
  if late >= 3 or case.extended >= 2 then return red end
  return late >= 1 and yellow or same_day
end

local rows, red_cards = {}, 0
for case in overdue:each() do
  local due = gongyue.calendar.day(case.resolve_due)
  local late = gongyue.calendar.workdays_between(due, today)
  local colour = level(case, late)
  if colour == red then red_cards = red_cards + 1 end
  rows[#rows + 1] = { colour, case.code, names[case.unit], due, late, case.place or "" }
end

local report = gongyue.report.new(string.format(
  words { zh = "逾期事项 %s：%d 件，其中红牌 %d 件", en = "overdue cases on %s: %d, of them red cards: %d" },
  today, #rows, red_cards))
if #rows == 0 then
  report:paragraph { zh = "没有逾期事项。", en = "Nothing is overdue." }
  return report
end
report:table({
  { zh = "级别", en = "Level" }, { zh = "编号", en = "Code" }, { zh = "社区", en = "Community" },
  { zh = "应办结", en = "Due" }, { title = { zh = "逾期工作日", en = "Days late" }, align = "right" },
  { zh = "事由", en = "Matter" },
}, rows)
return report
