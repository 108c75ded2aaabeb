-- 月报汇总：各类事项的件数，和各社区当月的会议、走访、公开。
-- 敏感类别少于五件只写“少量”，不稳定因素只报街道合计；没有上报的写“未报”，不写零。
local gongyue = require "gongyue"
local period = require "period"
local words = gongyue.words

local shown = {
  { id = "facility_damage", title = { zh = "设施损坏", en = "Facilities" } },
  { id = "back_alley_unclean", title = { zh = "街巷不洁", en = "Alleys" } },
  { id = "safety_hazard", title = { zh = "安全隐患", en = "Hazards" } },
  { id = "rental_started", title = { zh = "房屋出租", en = "Rentals" } },
  { id = "inbound_residents", title = { zh = "人员流入", en = "Inbound" } },
  { id = "serious_illness", title = { zh = "病重住院", en = "Illness" }, sensitive = true },
  { id = "new_pregnancy", title = { zh = "新增孕妇", en = "Pregnancy" }, sensitive = true },
}

local FEW = 5

local few = words { zh = "少量", en = "few" }
local not_reported = words { zh = "未报", en = "not reported" }

-- 街道问敏感类别，少于五件时主机只答“少量”，不是数。
local function is_few(kind, count)
  return kind.sensitive and (type(count) ~= "number" or count > 0 and count < FEW)
end

-- 敏感类别的小数目不写明。
local function displayed(kind, count)
  return is_few(kind, count) and few or count
end

local function counted(month)
  return gongyue.cases:where { reported = month, state = gongyue.isnt "excluded" }
end

-- 不分类别的件数只数普通事项：把敏感的也加进去，减一减就漏出来了。
local function ordinary(month)
  local kinds = {}
  for _, kind in ipairs(shown) do
    if not kind.sensitive then kinds[#kinds + 1] = kind.id end
  end
  return counted(month):where { kind = gongyue.any(kinds) }
end

local function counts_of(unit, month)
  local counts = {}
  for _, row in ipairs(counted(month):where { unit = unit }:group("kind"):count()) do
    counts[row.kind] = row.count
  end
  for _, kind in ipairs(shown) do -- 敏感类别要点名才数得到
    if kind.sensitive then
      counts[kind.id] = counted(month):where { unit = unit, kind = kind.id }:count()
    end
  end
  return counts
end

-- 全街合计。只有一个社区写“少量”时合计也不写，否则一减就知道是几件。
local function total(kind, counts, units, month)
  local hidden = 0
  for _, one in ipairs(counts) do
    if is_few(kind, one[kind.id] or 0) then hidden = hidden + 1 end
  end
  if hidden == 1 then return words { zh = "不列", en = "withheld" } end
  return displayed(kind, counted(month):where { unit = gongyue.any(units), kind = kind.id }:count())
end

local function column(title) return { title = title, align = "right" } end

-- 当月什么都没有登记的社区是没有上报，不是零件。
local function has_reported(unit, month)
  local here = { unit = unit }
  return gongyue.cases:where(here):where { reported = month }:exists()
    or gongyue.visits:where(here):where { day = month }:exists()
    or gongyue.sessions:where(here):where { held = month }:exists()
end

local function cases_table(report, communities, month)
  local columns, rows, counts, units = { { zh = "社区", en = "Community" } }, {}, {}, {}
  for _, kind in ipairs(shown) do columns[#columns + 1] = column(kind.title) end
  for _, community in ipairs(communities) do
    local row = { community.name }
    if community.reported then
      local own = counts_of(community.key, month)
      counts[#counts + 1], units[#units + 1] = own, community.key
      for _, kind in ipairs(shown) do row[#row + 1] = displayed(kind, own[kind.id] or 0) end
    else
      row[2] = not_reported
    end
    rows[#rows + 1] = row
  end
  local is_whole = #counts == #communities
  local sums = {
    is_whole and words { zh = "合计", en = "total" }
      or words { zh = "已报合计", en = "total of those reported" },
  }
  for _, kind in ipairs(shown) do sums[#sums + 1] = total(kind, counts, units, month) end
  rows[#rows + 1] = sums
  report:table(columns, rows, {
    zh = "事项（按报告日期，重复、撤回、不属本社区的不计）",
    en = "cases by the day reported, without those excluded",
  })
end

local function work_of(unit, month)
  local here = { unit = unit }
  local sessions = gongyue.sessions:where(here):where { held = month }
  local due = gongyue.obligations:where(here):where { due = month }
  local posted = due:where { posted = gongyue.at_most(gongyue.field "due") }
  return {
    sessions:count(), sessions:where { quorate = true }:count(),
    gongyue.visits:where(here):where { day = month, outcome = "made" }:count(),
    due:count(), posted:count(),
    ordinary(month):where(here):where { resolved = gongyue.isnt(gongyue.missing) }:count(),
  }
end

local function work_table(report, communities, month)
  local rows = {}
  for _, community in ipairs(communities) do
    local row = { community.name, not_reported }
    if community.reported then
      row = { community.name, table.unpack(work_of(community.key, month)) }
    end
    rows[#rows + 1] = row
  end
  local function number(zh, en) return column { zh = zh, en = en } end
  report:table({
    { zh = "社区", en = "Community" }, number("议事会", "Sessions"), number("达到人数", "Quorate"),
    number("走访", "Visits"), number("应公开", "To publish"), number("按时公开", "In time"),
    number("普通事项办结", "Resolved"),
  }, rows, { zh = "工作", en = "work" })
end

local function estates(report, month)
  for _, estate in ipairs(period.estates(month)) do
    local count = ordinary(month):where { estate = estate.key }:count()
    local line = words {
      zh = "代管小区%s：普通事项 %d 件，已计入%s，此处另列。",
      en = "estate in care %s: ordinary cases %d, counted with %s and shown here apart.",
    }
    report:paragraph(string.format(line, estate.name, count, estate.caretaker))
  end
end

-- 只报街道合计；社区的人运行时数的只是本社区，照实写。有社区未报时说明，免得把没报当成没有。
local function instability(report, communities, month)
  local count = counted(month):where { kind = "instability_factor" }:count()
  local text = displayed({ sensitive = true }, count)
  local line = period.sees_street(communities) and words {
    zh = "不稳定因素全街道合计：%s，不分社区公布。",
    en = "instability factors of the whole street: %s, not published by community.",
  } or words {
    zh = "不稳定因素本社区合计：%s，不对外公布。",
    en = "instability factors of this community: %s, not published.",
  }
  report:paragraph(string.format(line, text == few and text or text .. words { zh = " 件", en = "" }))
  local missing = {}
  for _, community in ipairs(communities) do
    if not community.reported then missing[#missing + 1] = community.name end
  end
  if #missing > 0 then
    local note = words { zh = "未报：%s。未报不按零计。", en = "not reported: %s; that does not count as zero" }
    report:footnote(string.format(note, period.joined(missing)))
  end
end

local function run(arguments)
  local month = period.chosen(arguments)
  local report = gongyue.report.new(words { zh = "月报汇总 ", en = "monthly report, " } .. month.label)
  local communities = {}
  for number, unit in ipairs(period.communities()) do
    communities[number] = {
      key = unit.key, name = unit.name, reported = has_reported(unit.key, month),
    }
  end
  cases_table(report, communities, month)
  work_table(report, communities, month)
  estates(report, month)
  instability(report, communities, month)
  report:footnote {
    zh = "敏感类别少于五件只写“少量”；只有一个社区为“少量”时，合计也不列。",
    en = "fewer than five of a sensitive sort are 'few'; where only one community has few, the total is withheld",
  }
  report:footnote(period.due_line(month))
  return report
end

return gongyue.command {
  id = "report", title = { zh = "月报汇总", en = "monthly report" },
  arguments = { period.argument }, run = run,
}
