-- 排名通报：只在同类社区之间排名，写明与上月相比的变化和最主要的原因。
local gongyue = require "gongyue"
local period = require "period"
local words = gongyue.words

-- 按结果给出的次序分成各类，类型的先后不变。
local function by_type(result)
  local groups, order = {}, {}
  for _, unit in ipairs(result.units) do
    local kind = unit.type_title or words { zh = "未分类", en = "without a type" }
    if not groups[kind] then
      groups[kind] = {}
      order[#order + 1] = kind
    end
    table.insert(groups[kind], unit)
  end
  return groups, order
end

local columns = {
  { title = { zh = "名次", en = "Rank" }, align = "right" }, { zh = "社区", en = "Community" },
  { title = { zh = "得分", en = "Score" }, align = "right" }, { zh = "等次", en = "Grade" },
  { title = { zh = "较上月", en = "Change" }, align = "right", signed = true },
  { zh = "主要原因", en = "Top reason" },
}

local function row(unit)
  return {
    unit.rank or "—", unit.name, unit.score or { zh = "未评", en = "none" }, unit.band_title or "",
    unit.change or "—", unit.reason or "",
  }
end

local function run(arguments)
  local month = period.chosen(arguments)
  local result = gongyue.assess("community-assessment", month)
  local report = gongyue.report.new(words { zh = "社区考核排名通报 ", en = "ranking of the community assessment, " } .. month.label)
  if result.provisional then report:paragraph { zh = "本月还没有结束，以下是暂计。", en = "The month still runs: these are provisional." } end
  local groups, order = by_type(result)
  for _, kind in ipairs(order) do
    local rows = {}
    for number, unit in ipairs(groups[kind]) do rows[number] = row(unit) end
    report:table(columns, rows, kind)
  end
  for _, note in ipairs(result.notes) do report:footnote(note) end
  for _, unit in ipairs(result.units) do
    for _, note in ipairs(unit.notes) do report:footnote(unit.name .. words { zh = "：", en = ": " } .. note) end
  end
  report:footnote {
    zh = "排名只在同类社区之间进行；每个分数都可以用 gongyue assess … --explain 查到来源。",
    en = "ranked only among communities of a type; gongyue assess … --explain shows where a score comes from",
  }
  report:footnote(period.due_line(month))
  return report
end

return gongyue.command {
  id = "ranking", title = { zh = "排名通报", en = "ranking" }, arguments = { period.argument }, run = run,
}
