-- V 走访台账：两访、民情日志、台账平衡。
local gongyue = require "gongyue"
local street = require "tests.support.street"

local workers = {
  { role = "worker", from = "2026-01-01" }, { role = "worker", from = "2026-01-01" },
}

local function scores(t, records, options)
  records.posts = workers
  return street.assess(t, records, options).indicators.visits
end

local function plans(count, sort)
  return street.times(count, function() return { sort = sort, month = "2026-04", worker = 1 } end)
end

local function visit(plan, outcome, day)
  return { plan = plan, outcome = outcome or "made", day = day or "2026-04-15" }
end

gongyue.test "四户走访了三户：75%，按 95/50 折 55.56 分" (function(t)
  local found = scores(t, { visit_plans = plans(4, "household"), visits = { visit(1), visit(2), visit(3) } })
  t.near_exact(found.households, "55.56")
  t.equal(found.units, nil)
end)

gongyue.test "未遇不算走访；同一户走访两次只算一次" (function(t)
  local attempts = { visit(1, "attempt"), visit(1, "attempt"), visit(2), visit(2) }
  -- 1 ÷ 2 = 50%，正在零分线上。
  t.near_exact(scores(t, { visit_plans = plans(2, "household"), visits = attempts }).households, 0)
end)

gongyue.test "下月才补上的走访不算本月" (function(t)
  local late = { visit_plans = plans(1, "unit"), visits = { visit(1, "made", "2026-05-02") } }
  t.near_exact(scores(t, late).units, 0)
end)

gongyue.test "街道没有下达计划，两访都不计" (function(t)
  local found = scores(t, {})
  t.equal(found.households, nil)
  t.equal(found.units, nil)
end)

local function duty(worker, day, status) return { worker = worker, day = day, status = status or "duty" } end
local function entry(worker, day) return { worker = worker, day = day, text = "走访低保户，登记用水困难一件。" } end

gongyue.test "民情日志按值班日数：一日写两篇算一篇，替人写的不算，请假的不数" (function(t)
  local found = scores(t, {
    duty_days = {
      duty(1, "2026-04-01"), duty(1, "2026-04-02"), duty(2, "2026-04-01"), duty(2, "2026-04-02"),
      duty(1, "2026-04-03", "leave"),
    },
    log_entries = {
      entry(1, "2026-04-01"), entry(1, "2026-04-01"), entry(1, "2026-04-02"), entry(2, "2026-04-01"),
      entry(1, "2026-04-03"),
    },
  })
  -- 3 ÷ 4 = 75%，按 95/60 折 42.86 分。
  t.near_exact(found.log, "42.86")
end)

gongyue.test "没有值班日，日志不计" (function(t)
  t.equal(scores(t, { duty_days = { duty(1, "2026-04-03", "leave") } }).log, nil)
end)

local function books(change)
  local records = {
    ledger_counts = {
      { ledger = "residents", month = "2026-04", opening = 5198, counted = 5214 },
      { ledger = "units", month = "2026-04", opening = 22, counted = 23 },
      { ledger = "organisations", month = "2026-04", opening = 9, counted = 9 },
    },
    ledger_movements = {
      { ledger = "residents", day = "2026-04-03", cause = "in", quantity = 37 },
      { ledger = "residents", day = "2026-04-09", cause = "out", quantity = -21 },
      { ledger = "residents", day = "2026-04-11", cause = "birth", quantity = 4 },
      { ledger = "residents", day = "2026-04-12", cause = "death", quantity = -6 },
      { ledger = "residents", day = "2026-04-30", cause = "correction", quantity = 2, reason = "重复登记" },
      { ledger = "units", day = "2026-04-20", cause = "in", quantity = 1 },
    },
  }
  if change then change(records) end
  return records
end

gongyue.test "三本台账都平：5198 + 37 − 21 + 4 − 6 + 2 = 5214" (function(t)
  t.near_exact(scores(t, books()).ledgers, 100)
end)

gongyue.test "差两人就是不平，三本剩两本" (function(t)
  local off = books(function(r) r.ledger_counts[1].counted = 5216 end)
  t.near_exact(scores(t, off).ledgers, "66.67")
end)

gongyue.test "实数要盘点得来：没有盘点、没有上报都算不平" (function(t)
  t.near_exact(scores(t, books(function(r) r.ledger_counts[3].counted = nil end)).ledgers, "66.67")
  t.near_exact(scores(t, books(function(r) table.remove(r.ledger_counts) end)).ledgers, "66.67")
  t.near_exact(scores(t, { ledger_counts = {} }).ledgers, 0)
end)

gongyue.test "上月的变动不能凑本月的账" (function(t)
  local moved = books(function(r) r.ledger_movements[5].day = "2026-03-31" end)
  t.near_exact(scores(t, moved).ledgers, "66.67")
end)
