-- 事项月报：各类事项的件数和办理情况。敏感类别少于五件只写“少量”，不稳定因素只报街道合计。
local gongyue = require "gongyue"
local period = require "period"

local shown = {
  { id = "facility_damage", title = "设施损坏" },
  { id = "back_alley_unclean", title = "街巷不洁" },
  { id = "safety_hazard", title = "安全隐患" },
  { id = "rental_started", title = "房屋出租" },
  { id = "inbound_residents", title = "人员流入" },
  { id = "serious_illness", title = "病重住院", sensitive = true },
  { id = "new_pregnancy", title = "新增孕妇", sensitive = true },
}

local FEW = 5

-- 敏感类别的小数目不写明。
local function displayed(count, sensitive)
  if sensitive and count > 0 and count < FEW then return "少量" end
  return count
end

local function counts_of(unit, month)
  local counts = {}
  local cases = gongyue.cases:where { unit = unit, reported = month, state = gongyue.isnt "excluded" }
  for _, row in ipairs(cases:group("kind"):count()) do counts[row.kind] = row.count end
  return counts
end

local function columns()
  local list = { { title = "社区" } }
  for _, kind in ipairs(shown) do list[#list + 1] = { title = kind.title, align = "right" } end
  return list
end

local function run(arguments)
  local month = period.chosen(arguments)
  local report = gongyue.report.new("事项月报 " .. month.label)
  local rows = {}
  for _, community in ipairs(period.communities()) do
    local counts = counts_of(community.key, month)
    local row = { community.name }
    for _, kind in ipairs(shown) do
      row[#row + 1] = displayed(counts[kind.id] or 0, kind.sensitive)
    end
    rows[#rows + 1] = row
  end
  report:table(columns(), rows)

  local estates = gongyue.cases:where { reported = month, state = gongyue.isnt "excluded" }
    :except { estate = gongyue.missing }:group("estate"):count()
  for _, row in ipairs(estates) do
    report:paragraph(string.format("其中代管小区 %s：%d 件，已计入代管社区，此处另列。", row.estate, row.count))
  end
  local unstable = gongyue.cases:where { kind = "instability_factor", reported = month }:count()
  report:paragraph("不稳定因素全街道合计：" .. tostring(displayed(unstable, true)) .. " 件，不分社区公布。")
  return report
end

return gongyue.command {
  id = "report", title = "事项月报", arguments = { period.argument }, run = run,
}
