-- 四账汇总：期末 = 期初 + 迁入 − 迁出 + 出生 − 死亡 + 更正；总台账由三账相加，不另填写。
local gongyue = require "gongyue"
local period = require "period"

local ledgers = {
  { id = "residents", title = "居民" },
  { id = "units", title = "社会单位" },
  { id = "organisations", title = "社会组织" },
}

-- 一个社区一本台账的各项；没有盘点返回 nil，绝不当作零。
local function balance(unit, ledger, month)
  local count = gongyue.ledger_counts:where { unit = unit, ledger = ledger, month = month }:first()
  if not count then return nil end
  local moved = { ["in"] = 0, out = 0, birth = 0, death = 0, correction = 0 }
  local movements = gongyue.ledger_movements:where { unit = unit, ledger = ledger, day = month }
  for _, row in ipairs(movements:group("cause"):sum "quantity") do
    moved[row.cause] = row.sum
  end
  local derived = count.opening
  for _, quantity in pairs(moved) do derived = derived + quantity end
  return { opening = count.opening, moved = moved, derived = derived, counted = count.counted }
end

local function row(community, sums)
  local moved = sums.moved
  local difference = sums.counted and sums.counted - sums.derived
  return {
    community.name, sums.opening, moved["in"], moved.out, moved.birth, moved.death, moved.correction,
    sums.derived, sums.counted or "未盘点",
    difference == nil and "未盘点" or difference == 0 and "平" or string.format("差 %+d", difference),
  }
end

local columns = {
  { title = "社区" }, { title = "期初", align = "right" }, { title = "迁入", align = "right" },
  { title = "迁出", align = "right" }, { title = "出生", align = "right" }, { title = "死亡", align = "right" },
  { title = "更正", align = "right" }, { title = "应有", align = "right" }, { title = "实数", align = "right" },
  { title = "核对" },
}

local function run(arguments)
  local month = period.chosen(arguments)
  local report = gongyue.report.new("四账汇总 " .. month.label)
  local master, missing = 0, {}
  for _, ledger in ipairs(ledgers) do
    local rows, total = {}, 0
    for _, community in ipairs(period.communities()) do
      local sums = balance(community.key, ledger.id, month)
      if sums then
        rows[#rows + 1] = row(community, sums)
        total = total + sums.derived
      else
        rows[#rows + 1] = { community.name, "未报", "", "", "", "", "", "", "", "未报" }
        missing[#missing + 1] = community.name .. "（" .. ledger.title .. "）"
      end
    end
    report:heading(ledger.title .. "管理台账")
    report:table(columns, rows)
    master = master + total
  end
  report:heading "社区管理总台账"
  report:paragraph(string.format("三账合计 %d。总台账由三账相加得出，不另填写。", master))
  if #missing > 0 then
    report:paragraph("未报：" .. table.concat(missing, "、") .. "。未报不按零计，也未计入合计。")
  end
  return report
end

return gongyue.command {
  id = "ledgers", title = "四账汇总", arguments = { period.argument }, run = run,
}
