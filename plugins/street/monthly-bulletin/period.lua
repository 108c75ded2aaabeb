-- 三个命令共用：月份参数、当月各社区、代管小区、报送期限。
local gongyue = require "gongyue"
local words = gongyue.words

local period = {}

--- 命令行里 period=2026-04 的声明；不写就是上一个月。
period.argument = {
  name = "period", type = "period",
  title = { zh = "月份，如 2026-04；不写为上个月", en = "the month, such as 2026-04; by default the last one" },
}

--- 要汇报的月份。
function period.chosen(arguments)
  local month = arguments.period or gongyue.calendar.period(gongyue.today, "month"):previous()
  if month.kind ~= "month" then
    error(words {
      zh = "月报按月汇总，请写月份，如 period=2026-04",
      en = "the report is by month: write one, such as period=2026-04",
    }, 0)
  end
  return month
end

--- 报送期限：次月第三个工作日。
function period.due_line(month)
  local line = words {
    zh = "报送期限：%s（次月第三个工作日）。",
    en = "to be sent in by %s, the third working day of the next month",
  }
  return string.format(line, gongyue.calendar.workday(3, month:next()))
end

-- 单位的名称，用读的人的语言；没有英文名就用中文名。
local function name_of(unit)
  return words { zh = unit.name, en = unit.english or unit.name }
end

--- 看得到的全部社区，按代码排列：{ { key, name }, … }。
function period.communities()
  local communities = {}
  for _, unit in ipairs(gongyue.units:where { level = "community" }:order("key"):list()) do
    communities[#communities + 1] = { key = unit.key, name = name_of(unit) }
  end
  return communities
end

--- 运行的人看不看得到整个街道：社区的人只看得到本社区，别的社区和街道这个单位都看不到。
function period.sees_street(communities)
  return #communities > 1 or gongyue.units:where { level = "street" }:exists()
end

--- 几个名称并成一串。
function period.joined(names)
  return table.concat(names, words { zh = "、", en = ", " })
end

--- 月末由社区代管的小区：{ { key, name, caretaker }, … }，caretaker 是社区名称。
function period.estates(month)
  local names = {}
  for _, unit in ipairs(gongyue.units:list()) do names[unit.key] = name_of(unit) end
  local estates = {}
  for _, entry in ipairs(gongyue.caretakings:in_force(month.to):order("unit"):list()) do
    estates[#estates + 1] = {
      key = entry.unit, name = names[entry.unit] or entry.unit, caretaker = names[entry.caretaker],
    }
  end
  return estates
end

return period
