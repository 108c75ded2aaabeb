-- 四账汇总：期末 = 期初 + 迁入 − 迁出 + 出生 − 死亡 + 更正；总台账由三账相加，不另填写。
local gongyue = require "gongyue"
local period = require "period"
local words = gongyue.words

local ledgers = {
  {
    id = "residents", title = { zh = "居民管理台账", en = "ledger of residents" },
    short = words { zh = "居民", en = "residents" },
  },
  {
    id = "units", title = { zh = "社会单位管理台账", en = "ledger of units" },
    short = words { zh = "社会单位", en = "units" },
  },
  {
    id = "organisations", title = { zh = "社区社会组织管理台账", en = "ledger of social organisations" },
    short = words { zh = "社会组织", en = "organisations" },
  },
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

local not_counted = words { zh = "未盘点", en = "not counted" }
local not_reported = words { zh = "未报", en = "not reported" }

local function verdict(sums)
  if not sums.counted then return not_counted end
  local difference = sums.counted - sums.closing
  if difference == 0 then return words { zh = "平", en = "agrees" } end
  return string.format(words { zh = "差 %+d", en = "off by %+d" }, difference)
end

local function total_title(is_whole)
  if is_whole then return words { zh = "合计", en = "total" } end
  return words { zh = "已报合计", en = "total of those reported" }
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
  return cells(total_title(#reported == all), sums, { "", "" })
end

local function column(zh, en) return { title = { zh = zh, en = en }, align = "right" } end

local community_column = { zh = "社区", en = "Community" }

local columns = {
  community_column, column("期初", "Opening"), column("迁入", "In"), column("迁出", "Out"),
  column("出生", "Births"), column("死亡", "Deaths"), column("更正", "Corr."),
  column("期末", "Closing"), column("实数", "Counted"), { zh = "核对", en = "Check" },
}

local function ledger_table(report, ledger, communities, books)
  local rows, reported = {}, {}
  for _, community in ipairs(communities) do
    local sums = books[community.key][ledger.id]
    if sums then
      reported[#reported + 1] = sums
      rows[#rows + 1] = cells(community.name, sums, { sums.counted or not_counted, verdict(sums) })
    else
      rows[#rows + 1] = { community.name, not_reported }
    end
  end
  rows[#rows + 1] = total(reported, #communities)
  report:table(columns, rows, ledger.title)
end

-- 总台账：三账期末相加；缺一本就写未报，不拿零去凑，合计只加三账齐全的。
local function master_table(report, communities, books)
  local rows, sum, missing = {}, 0, {}
  local named = words { zh = "%s（%s）", en = "%s (%s)" }
  for _, community in ipairs(communities) do
    local row, whole = { community.name }, 0
    for _, ledger in ipairs(ledgers) do
      local sums = books[community.key][ledger.id]
      row[#row + 1] = sums and sums.closing or not_reported
      if not sums then missing[#missing + 1] = string.format(named, community.name, ledger.short) end
      whole = whole and sums and whole + sums.closing
    end
    row[#row + 1] = whole or not_reported
    sum = sum + (whole or 0)
    rows[#rows + 1] = row
  end
  rows[#rows + 1] = { total_title(#missing == 0), "", "", "", sum }
  report:table({
    community_column, column("居民", "Residents"), column("社会单位", "Units"),
    column("社会组织", "Organisations"), column("合计", "Total"),
  }, rows, { zh = "社区管理总台账", en = "master ledger" })
  report:footnote {
    zh = "总台账由三账期末相加得出，不另填写。",
    en = "the master ledger is the sum of the three closings, filled in nowhere",
  }
  if #missing > 0 then
    local line = words {
      zh = "未报：%s。未报不按零计，也未计入合计。",
      en = "not reported: %s; that counts neither as zero nor in the total",
    }
    report:footnote(string.format(line, period.joined(missing)))
  end
end

-- 代管小区单列，不计入以上任何合计。
local function estate_table(report, month)
  local rows = {}
  for _, estate in ipairs(period.estates(month)) do
    local dwellings = gongyue.dwellings:where { unit = estate.key }
    local all, occupied = dwellings:count(), dwellings:where { occupied = true }:count()
    local rate = gongyue.stats.rate(occupied, all, 1)
    rows[#rows + 1] = { estate.name, estate.caretaker, all, occupied, rate or { zh = "不适用", en = "n/a" } }
  end
  if #rows == 0 then return end
  report:table({
    { zh = "小区", en = "Estate" }, { zh = "代管社区", en = "In the care of" },
    column("住房", "Dwellings"), column("已入住", "Occupied"), column("入住率（%）", "Occupied (%)"),
  }, rows, {
    zh = "代管小区（单列，不计入以上合计）", en = "estates in care (apart, in no total above)",
  })
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
  local report = gongyue.report.new(words { zh = "四账汇总 ", en = "summary of the ledgers, " } .. month.label)
  report:paragraph {
    zh = "期末 = 期初 + 迁入 − 迁出 + 出生 − 死亡 + 更正",
    en = "closing = opening + in − out + births − deaths + corrections (corr.)",
  }
  for _, ledger in ipairs(ledgers) do ledger_table(report, ledger, communities, books) end
  master_table(report, communities, books)
  estate_table(report, month)
  report:footnote(period.due_line(month))
  return report
end

return gongyue.command {
  id = "ledgers", title = { zh = "四账汇总", en = "summary of the ledgers" },
  arguments = { period.argument }, run = run,
}
