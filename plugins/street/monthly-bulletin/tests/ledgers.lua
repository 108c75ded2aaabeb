-- 四账汇总：等式、未报、未盘点、总台账、代管小区、报送期限。
local gongyue = require "gongyue"

local units = {
  { id = "sll-01", name = "建设路", type = "unit_compound" },
  { id = "sll-02", name = "十字街", type = "old_estate" },
}

local function moved(quantity, cause, fields)
  local one = { unit = "sll-02", ledger = "residents", day = "2026-04-10", cause = cause, quantity = quantity }
  for name, value in pairs(fields or {}) do one[name] = value end
  return one
end

-- 十字街四月：5198 + 37 − 21 + 4 − 6 + 2 = 5214。
local function world(change)
  local contents = {
    today = "2026-05-12", units = units,
    ledger_counts = {
      { unit = "sll-02", ledger = "residents", month = "2026-04", opening = 5198, counted = 5214 },
      { unit = "sll-02", ledger = "units", month = "2026-04", opening = 22, counted = 23 },
      { unit = "sll-02", ledger = "organisations", month = "2026-04", opening = 9, counted = 9 },
    },
    ledger_movements = {
      moved(30, "in"), moved(7, "in", { day = "2026-04-30" }), moved(-21, "out"), moved(4, "birth"),
      moved(-6, "death"), moved(2, "correction", { reason = "重复登记" }),
      moved(1, "in", { ledger = "units" }),
    },
  }
  if change then change(contents) end
  return contents
end

local function report(t, change)
  t.world(world(change))
  return t.run("ledgers", { period = "2026-04" })
end

-- 某个小标题之下、下一个空行之前，以 name 开头的那一行，空格并成一个。
local function line(text, heading, name)
  local here = text:sub((text:find(heading .. "\n", 1, true)) or 1)
  for row in here:gmatch "[^\n]+" do
    if row:find(name, 1, true) == 1 then return (row:gsub("%s+", " "):gsub(" $", "")) end
  end
end

gongyue.test "十字街四月照等式写，迁出、死亡写成正数" (function(t)
  local text = report(t)
  t.equal(line(text, "居民管理台账", "十字街"), "十字街 5198 37 21 4 6 2 5214 5214 平")
  t.equal(text:find("期末 = 期初 + 迁入 − 迁出 + 出生 − 死亡 + 更正", 1, true) ~= nil, true)
end)

gongyue.test "更正照写正负" (function(t)
  local text = report(t, function(w) w.ledger_movements[6].quantity = -3 end)
  t.equal(line(text, "居民管理台账", "十字街"), "十字街 5198 37 21 4 6 -3 5209 5214 差 +5")
end)

gongyue.test "没有上报的社区写未报，从不写 0，合计写明是已报合计" (function(t)
  local text = report(t)
  t.equal(line(text, "居民管理台账", "建设路"), "建设路 未报")
  t.equal(line(text, "居民管理台账", "已报合计"), "已报合计 5198 37 21 4 6 2 5214")
  t.equal(text:find("未报：建设路（居民）、建设路（社会单位）、建设路（社会组织）", 1, true) ~= nil, true)
end)

gongyue.test "有期初没有盘点的写未盘点，期末照算" (function(t)
  local text = report(t, function(w) w.ledger_counts[1].counted = nil end)
  t.equal(line(text, "居民管理台账", "十字街"), "十字街 5198 37 21 4 6 2 5214 未盘点 未盘点")
end)

gongyue.test "总台账由三账相加：5214 + 23 + 9 = 5246；缺账的社区不凑数" (function(t)
  local text = report(t)
  t.equal(line(text, "社区管理总台账", "十字街"), "十字街 5214 23 9 5246")
  t.equal(line(text, "社区管理总台账", "建设路"), "建设路 未报 未报 未报 未报")
  t.equal(line(text, "社区管理总台账", "已报合计"), "已报合计 5246")
end)

gongyue.test "缺一本账，总台账那一格和合计都写未报，其余两本照写" (function(t)
  local text = report(t, function(w) table.remove(w.ledger_counts) end)
  t.equal(line(text, "社区管理总台账", "十字街"), "十字街 5214 23 未报 未报")
end)

gongyue.test "别的月份的变动不进本月" (function(t)
  local text = report(t, function(w) table.insert(w.ledger_movements, moved(99, "in", { day = "2026-05-01" })) end)
  t.equal(line(text, "居民管理台账", "十字街"), "十字街 5198 37 21 4 6 2 5214 5214 平")
end)

gongyue.test "代管小区单列，入住率一位小数，不进合计" (function(t)
  local text = report(t, function(w)
    w.units = { units[1], units[2], { id = "sll-b", name = "福瑞园", level = "estate" } }
    w.caretakings = { { unit = "sll-b", caretaker = "sll-02", from = "2025-09-01" } }
    w.dwellings = {}
    for number = 1, 8 do
      w.dwellings[number] = { unit = "sll-b", occupied = number <= 3, rented = false }
    end
  end)
  t.equal(line(text, "代管小区（单列，不计入以上合计）", "福瑞园"), "福瑞园 十字街 8 3 37.5")
  t.equal(line(text, "居民管理台账", "福瑞园"), "福瑞园 十字街 8 3 37.5")  -- 只在代管那张表里出现
end)

gongyue.test "报送期限是次月第三个工作日：五月避开劳动节假期，是 8 日" (function(t)
  t.equal(report(t):find("报送期限：2026-05-08（次月第三个工作日）", 1, true) ~= nil, true)
end)

gongyue.test "不写月份就是上个月" (function(t)
  t.world(world())
  t.equal(t.run("ledgers", {}):find("四账汇总 2026年4月", 1, true), 1)
end)

gongyue.test "写了季度会说明要写月份" (function(t)
  t.world(world())
  t.fails("script.error", function() t.run("ledgers", { period = "2026-Q1" }) end)
end)
