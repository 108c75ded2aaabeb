-- 四账汇总：期末 = 期初 + 迁入 − 迁出 + 出生 − 死亡 + 更正；总台账由三账相加，不另填写。
local gongyue = require "gongyue"
local period = require "period"

local ledgers = {
  { id = "residents", title = "居民管理台账", short = "居民" },
  { id = "units", title = "社会单位管理台账", short = "社会单位" },
  { id = "organisations", title = "社区社会组织管理台账", short = "社会组织" },
}

-- 记录里迁出、死亡是负数；表上照等式写成正数，由等式去减。更正可正可负，照写。
local causes = { "in", "out", "birth", "death", "correction" }
local signs = { ["in"] = 1, out = -1, birth = 1, death = -1, correction = 1 }

-- 一个社区一本台账的各项；没有上报返回 nil，绝不当作零。
local function balance(unit, ledger, month)
  local count = gongyue.ledger_counts:where { unit = unit, ledger = ledger, month = month }:first()
  if not count then return nil end
  local sums = { opening = count.opening, counted = count.counted, closing = count.opening }
  for _, cause in ipairs(causes) do sums[cause] = 0 end
  local movements = gongyue.ledger_movements:where { unit = unit, ledger = ledger, day = month }
  for _, row in ipairs(movements:group("cause"):sum "quantity") do
    sums[row.cause] = row.sum * signs[row.cause]
    sums.closing = sums.closing + row.sum
  end
  return sums
end

local function verdict(sums)
  if not sums.counted then return "未盘点" end
  local difference = sums.counted - sums.closing
  return difference == 0 and "平" or string.format("差 %+d", difference)
end

local function cells(name, sums, last)
  return {
    name, sums.opening, sums["in"], sums.out, sums.birth, sums.death, sums.correction, sums.closing,
    table.unpack(last),
  }
end

-- 合计只加已报的社区；有社区未报就写成“已报合计”。
local function total(reported, all)
  local sums = { opening = 0, closing = 0 }
  for _, cause in ipairs(causes) do sums[cause] = 0 end
  for _, one in ipairs(reported) do
    for name in pairs(sums) do sums[name] = sums[name] + one[name] end
  end
  local name = #reported == all and "合计" or "已报合计"
  return cells(name, sums, { "", "" })
end

local function column(title) return { title = title, align = "right" } end

local columns = {
  "社区", column "期初", column "迁入", column "迁出", column "出生", column "死亡", column "更正",
  column "期末", column "实数", "核对",
}

local function ledger_table(report, ledger, communities, books)
  local rows, reported = {}, {}
  for _, community in ipairs(communities) do
    local sums = books[community.key][ledger.id]
    if sums then
      reported[#reported + 1] = sums
      rows[#rows + 1] = cells(community.name, sums, { sums.counted or "未盘点", verdict(sums) })
    else
      rows[#rows + 1] = { community.name, "未报" }
    end
  end
  rows[#rows + 1] = total(reported, #communities)
  report:table(columns, rows, ledger.title)
end

-- 总台账：三账期末相加；缺一本就写未报，不拿零去凑，合计只加三账齐全的。
local function master_table(report, communities, books)
  local rows, sum, missing = {}, 0, {}
  for _, community in ipairs(communities) do
    local row, whole = { community.name }, 0
    for _, ledger in ipairs(ledgers) do
      local sums = books[community.key][ledger.id]
      row[#row + 1] = sums and sums.closing or "未报"
      if not sums then missing[#missing + 1] = community.name .. "（" .. ledger.short .. "）" end
      whole = whole and sums and whole + sums.closing
    end
    row[#row + 1] = whole or "未报"
    sum = sum + (whole or 0)
    rows[#rows + 1] = row
  end
  rows[#rows + 1] = { #missing == 0 and "合计" or "已报合计", "", "", "", sum }
  report:table({ "社区", column "居民", column "社会单位", column "社会组织", column "合计" }, rows,
    "社区管理总台账")
  report:footnote "总台账由三账期末相加得出，不另填写。"
  if #missing > 0 then
    report:footnote("未报：" .. table.concat(missing, "、") .. "。未报不按零计，也未计入合计。")
  end
end

-- 代管小区单列，不计入以上任何合计。
local function estate_table(report, month)
  local rows = {}
  for _, estate in ipairs(period.estates(month)) do
    local dwellings = gongyue.dwellings:where { unit = estate.key }
    local all, occupied = dwellings:count(), dwellings:where { occupied = true }:count()
    local rate = gongyue.stats.rate(occupied, all, 1)
    rows[#rows + 1] = { estate.name, estate.caretaker, all, occupied, rate or "不适用" }
  end
  if #rows == 0 then return end
  report:table({ "小区", "代管社区", column "住房", column "已入住", column "入住率（%）" }, rows,
    "代管小区（单列，不计入以上合计）")
end

local function run(arguments)
  local month = period.chosen(arguments)
  local communities, books = period.communities(), {}
  for _, community in ipairs(communities) do
    books[community.key] = {}
    for _, ledger in ipairs(ledgers) do
      books[community.key][ledger.id] = balance(community.key, ledger.id, month)
    end
  end
  local report = gongyue.report.new("四账汇总 " .. month.label)
  report:paragraph "期末 = 期初 + 迁入 − 迁出 + 出生 − 死亡 + 更正"
  for _, ledger in ipairs(ledgers) do ledger_table(report, ledger, communities, books) end
  master_table(report, communities, books)
  estate_table(report, month)
  report:footnote(period.due_line(month))
  return report
end

return gongyue.command {
  id = "ledgers", title = "四账汇总", arguments = { period.argument }, run = run,
}
