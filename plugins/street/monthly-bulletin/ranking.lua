-- 排名通报：只在同类社区之间排名，写明与上月相比的变化和最主要的原因。
local gongyue = require "gongyue"
local period = require "period"

local function by_type(result)
  local groups, order = {}, {}
  for _, unit in ipairs(result.units) do
    if not groups[unit.type] then
      groups[unit.type] = {}
      order[#order + 1] = unit.type
    end
    table.insert(groups[unit.type], unit)
  end
  return groups, order
end

local columns = {
  { title = "名次", align = "right" }, { title = "社区" }, { title = "得分", align = "right" },
  { title = "等次" }, { title = "较上月", align = "right" }, { title = "主要原因" },
}

local function run(arguments)
  local month = period.chosen(arguments)
  local result = gongyue.assess("community-assessment", month)
  local report = gongyue.report.new("社区考核排名通报 " .. month.label)
  local groups, order = by_type(result)
  for _, kind in ipairs(order) do
    local rows = {}
    for _, unit in ipairs(groups[kind]) do
      rows[#rows + 1] = {
        unit.rank or "", unit.name, unit.score or "未评", unit.band_title or "", unit.change or "", unit.reason or "",
      }
    end
    report:heading(groups[kind][1].type_title)
    report:table(columns, rows)
  end
  report:paragraph "排名只在同类社区之间进行；每个分数都可以用 gongyue assess … --explain 查到来源。"
  return report
end

return gongyue.command {
  id = "ranking", title = "排名通报", arguments = { period.argument }, run = run,
}
