-- 不论数是多少都该成立的：说明与得分一致，得分有界，做得多不吃亏，记录的先后不要紧。
local gongyue = require "gongyue"
local street = require "tests.support.street"

local types = { "old_estate", "unit_compound", "commodity", "village_to_city", "mixed_commercial" }

local function inputs()
  return {
    organisation = 100, deliberation = 90, visits = 88, publicity = 100, environment = 76, satisfaction = 91,
    closed_loop = { response = { 63, 64 }, solution = { 58, 64 }, satisfaction = { 0, 0 } },
    deductions = { red = 2 }, vetoes = { false_record = true },
  }
end

gongyue.test "说明写明分子分母、权重由谁分担、离满分线差多少、扣了几分" (function(t)
  local result = t.formula("community-assessment"):given(inputs(), { type = "old_estate" })
  t.explains(result, {
    "社区考核 88.10 88.1038 四舍五入到2位小数",
    "闭环办理 93.27 权重20，计18.65分",
    "响应率 100.00 63/64 = 98.44%；权重30→46.15，计46.15分；满分线 95，零分线 60",
    "解决率 87.50 58/64 = 90.63%；权重35→53.85，计47.12分；满分线 95，零分线 60；离满分线差4.38",
    "满意率 不适用",
    "红牌 -2.00 每次1分，每期最多10分",
  })
end)

gongyue.test "说明的英文与中文一致" (function(t)
  local result = t.formula("community-assessment"):given(inputs(), { type = "old_estate", lang = "en" })
  t.explains(result, {
    "community assessment 88.10 88.1038 rounded to 2 places",
    "closed loop 93.27 weight 20, 18.65 points",
    "response 100.00 63/64 = 98.44%; weight 30 → 46.15, 46.15 points",
    "red cards -2.00",
  })
end)

for _, type in ipairs(types) do
  gongyue.test("任何输入，" .. type .. " 的得分都在 0 到 100 之间") (function(t)
    t.bounded(t.formula "community-assessment", { type = type, seed = 1, count = 40 })
  end)
end

gongyue.test "哪一个指标的分子多了，得分都不会低" (function(t)
  for _, indicator in ipairs {
    "mechanism", "heads", "seats", "attendance", "minutes", "replies", "conventions", "response", "solution",
    "closed_loop.satisfaction", "households", "units", "log", "ledgers", "on_time", "kept", "questions",
    "patrol", "hazards", "recurrence", "survey", "organisations",
  } do
    t.monotone(t.formula "community-assessment", indicator, { seed = 1, count = 10 })
  end
end)

gongyue.test "记录的先后不影响任何一个指标" (function(t)
  t.world {
    today = "2026-05-12", units = { { id = "sll-01", name = "甲社区" } },
    cases = {
      street.case {}, street.case { resolved = "2026-04-10 10:00" }, street.case { red_on = "2026-04-20" },
      street.case { accepted = false }, street.case { reported = "2026-03-10 09:00", recurrence_of = 1 },
    },
    callbacks = {
      { case = 1, called = "2026-04-20", answered = true, satisfied = true, seed = 1 },
      { case = 2, called = "2026-04-21", answered = true, satisfied = false, seed = 1 },
      { case = 3, called = "2026-04-22", answered = false, seed = 1 },
    },
    survey_answers = {
      { panel = "2025-Q4", completed = "2026-01-09", answered = true, satisfied = false },
      { panel = "2026-Q1", completed = "2026-04-08", answered = true, satisfied = true },
    },
    sessions = { street.session {}, street.session { held = "2026-04-20", seats_filled = 4, quorate = false } },
    council_seats = { { number = 1, sort = "elected" }, { number = 2, sort = "elected" } },
    attendances = {
      { session = 1, held = "2026-04-10", seat = 1, present = true },
      { session = 1, held = "2026-04-10", seat = 2, present = false },
      { session = 2, held = "2026-04-20", seat = 1, present = true },
    },
  }
  t.any_order(t.formula "community-assessment", { seed = 1, count = 5 })
end)

gongyue.test "多办结一件到期的，闭环办理不会低" (function(t)
  t.cases({ seed = 1, count = 10 }, function(pick)
    local due = pick(1, 8)
    local done = pick(0, due - 1)
    local function score(count)
      local cases = street.times(due, function(number)
        return street.case { resolved = number <= count and "2026-04-08 10:00" or false }
      end)
      return street.assess(t, { cases = cases }).blocks.closed_loop
    end
    t.equal(score(done) <= score(done + 1), true)
  end)
end)
