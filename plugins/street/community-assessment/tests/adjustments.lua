-- 加分、扣分、一票否决、权重、等次线、暂计。
local gongyue = require "gongyue"
local street = require "tests.support.street"

local full = {
  organisation = 100, deliberation = 100, closed_loop = 100, visits = 100, publicity = 100,
  environment = 100, satisfaction = 100,
}

-- 七个板块都满分，再改其中几项。
local function given(t, change, options)
  local inputs = {}
  for id, score in pairs(full) do inputs[id] = score end
  for id, value in pairs(change or {}) do inputs[id] = value end
  options = options or {}
  options.period = "2026-04"
  return t.formula("community-assessment"):given(inputs, options)
end

local function red(day, fields)
  local case = street.case { red_on = day }
  for name, value in pairs(fields or {}) do case[name] = value end
  return case
end

gongyue.test "红牌按变红那天归月，一张 1 分，最多 10 分" (function(t)
  local two = street.assess(t, { cases = { red "2026-04-30", red "2026-04-02", red "2026-05-01" } })
  t.near_exact(two.deductions.red, -2)
  local many = street.assess(t, { cases = street.times(13, function() return red "2026-04-20" end) })
  t.near_exact(many.deductions.red, -10)
end)

gongyue.test "敏感事项和剔除的事项没有红牌" (function(t)
  local result = street.assess(t, {
    cases = {
      red("2026-04-20", { kind = "instability_factor" }),
      red("2026-04-20", { state = "excluded", exclusion = "withdrawn" }),
    },
  })
  t.near_exact(result.deductions.red, 0)
end)

gongyue.test "未开会一月扣 2 分，全年到 6 分为止：三月起连缺四个月，六月不再扣" (function(t)
  local function month(period)
    return street.assess(t, { sessions = {} }, { period = period, today = "2026-08-01" }).deductions.no_session
  end
  t.near_exact(month "2026-03", -2)
  t.near_exact(month "2026-04", -2)
  t.near_exact(month "2026-05", -2)
  t.near_exact(month "2026-06", 0)
end)

gongyue.test "中间开过会的月份不占全年的六分" (function(t)
  local result = street.assess(t, { sessions = { street.session { held = "2026-04-10" } } },
    { period = "2026-06", today = "2026-08-01" })
  t.near_exact(result.deductions.no_session, -2)
end)

local function merit(points, approved, day)
  return { title = "市级文明社区", day = day or "2026-04-12", points = gongyue.decimal.of(points), approved = approved }
end

gongyue.test "加分要批准，月末之后批的不算，合计最多 5 分" (function(t)
  local function bonus(merits) return street.assess(t, { merits = merits }).bonus end
  t.near_exact(bonus { merit("1.5", "2026-04-20") }, "1.5")
  t.near_exact(bonus { merit("1.5", nil) }, 0)
  t.near_exact(bonus { merit("1.5", "2026-05-01") }, 0)
  t.near_exact(bonus { merit("1.5", "2026-04-20", "2026-03-31") }, 0)
  t.near_exact(bonus { merit("3.5", "2026-04-20"), merit("2.5", "2026-04-20") }, 5)
end)

gongyue.test "加分也不超过一百分，扣分也不低于零分" (function(t)
  t.near_exact(given(t, { bonus = 5 }).score, 100)
  t.near_exact(given(t, { deductions = { privacy_leak = 12 } }).score, 0)
end)

gongyue.test "查实泄露隐私，每件扣 10 分" (function(t)
  local result = street.assess(t, {
    findings = { { sort = "privacy_leak", day = "2026-04-20", summary = "群里发了名单" } },
  })
  t.near_exact(result.deductions.privacy_leak, -10)
end)

gongyue.test "查实弄虚作假：分数照算，等次最高合格" (function(t)
  local honest = given(t)
  t.equal(honest.band, "excellent")
  local proved = given(t, { vetoes = { false_record = true } })
  t.near_exact(proved.score, 100)
  t.equal(proved.band, "pass")
  t.equal(given(t, { organisation = 0, deliberation = 0, closed_loop = 0, vetoes = { false_record = true } }).band, "fail")
end)

gongyue.test "弄虚作假按查实那天归月" (function(t)
  local function band(day)
    local finding = { sort = "false_record", day = day, summary = "补造走访记录" }
    return street.assess(t, {
      findings = { finding }, sessions = { street.session { seats_filled = 0 } },
      conventions = {
        { title = "公约", matter = "保洁", field = "sanitation", state = "in_force",
          in_force = "2025-06-01", review_due = "2026-06-01" },
      },
    }, { settings = {
      ["assessment.weights"] = { organisation = 0, deliberation = 40, closed_loop = 20, visits = 0,
        publicity = 40, environment = 0, satisfaction = 0 },
    } }).band
  end
  t.equal(band "2026-04-30", "pass")
  t.equal(band "2026-05-01", "excellent")
end)

-- 等次看四舍五入后的分数。老旧小区：闭环办理权重 20。
local edges = {
  { "89.995 进为 90.00，是优秀", "49.975", "90.00", "excellent" },
  { "89.994 舍为 89.99，是良好", "49.970", "89.99", "good" },
  { "90 整是优秀", "50", "90.00", "excellent" },
}

for _, row in ipairs(edges) do
  gongyue.test("等次按舍入后的分数：" .. row[1]) (function(t)
    local result = given(t, { closed_loop = gongyue.decimal.of(row[2]) }, { type = "old_estate" })
    t.near_exact(result.score, row[3])
    t.equal(result.band, row[4])
  end)
end

gongyue.test "80、60 两条线在线上的归上一等" (function(t)
  local function band(score)
    local all = {}
    for id in pairs(full) do all[id] = gongyue.decimal.of(score) end
    return given(t, all).band
  end
  t.equal(band "80", "good")
  t.equal(band "79.99", "pass")
  t.equal(band "60", "pass")
  t.equal(band "59.99", "fail")
end)

gongyue.test "等次线是街道的设置：优秀改为 95 分，92 分就是良好" (function(t)
  t.world { settings = { ["assessment.bands"] = { excellent = 95, good = 80, pass = 60 } } }
  t.equal(given(t, { closed_loop = 60 }, { unit = "sll-01" }).band, "good")
  t.world {}
  t.equal(given(t, { closed_loop = 60 }, { unit = "sll-01" }).band, "excellent")
end)

gongyue.test "计分线是街道的设置：响应率满分线降到 75%，四件晚一件也得满分" (function(t)
  local cases = street.times(3, function() return street.case {} end)
  cases[4] = street.case { accepted = "2026-04-03 09:00" }
  local result = street.assess(t, { cases = cases }, {
    settings = { ["assessment.curve.response"] = { full = 75, zero = 60 } },
  })
  t.near_exact(result.indicators.closed_loop.response, 100)
end)

gongyue.test "满分线不高于零分线的设置，连同权重不足一百的，一律拒绝" (function(t)
  t.fails("setting.invalid", function()
    street.assess(t, {}, { settings = { ["assessment.curve.response"] = { full = 60, zero = 60 } } })
  end)
  t.fails("setting.invalid", function()
    street.assess(t, {}, { settings = {
      ["assessment.weights"] = { organisation = 10, deliberation = 15, closed_loop = 20, visits = 15,
        publicity = 10, environment = 20, satisfaction = 5 },
    } })
  end)
end)

local none = gongyue.dropped "没有分母"

gongyue.test "剩下的板块权重都是 0：不评，没有分数也没有等次" (function(t)
  t.world { settings = {
    ["assessment.weights"] = { organisation = 0, deliberation = 40, closed_loop = 40, visits = 20,
      publicity = 0, environment = 0, satisfaction = 0 },
  } }
  local result = given(t, { deliberation = none, closed_loop = none, visits = none }, { unit = "sll-01" })
  t.equal(result.status, "not_assessed")
  t.equal(result.score, nil)
  t.equal(result.band, nil)
end)

gongyue.test "一个板块不评，权重由其余板块按比例分担，并注明" (function(t)
  -- 老旧小区去掉 C（20）：其余 80 分里环境安全 20 得 60，100 − 20 × 0.4 ÷ 0.8 = 90。
  local result = given(t, { closed_loop = none, environment = 60 }, { type = "old_estate" })
  t.near_exact(result.score, 90)
  t.equal(result.status, "partly")
  t.equal(result.note, "未全部评定（闭环办理未评，权重由其余部分分担）")
end)

gongyue.test "七个板块都不评：不评" (function(t)
  local all = {}
  for id in pairs(full) do all[id] = none end
  t.equal(given(t, all).status, "not_assessed")
end)

gongyue.test "本月没过完是暂计：还没开会、还没盘点不算欠，已到期的照算" (function(t)
  local may = street.case {
    reported = "2026-05-06 09:00", accept_due = "2026-05-07 18:00", accepted = "2026-05-07 10:00",
    resolve_due = "2026-05-20 18:00", resolved = false,
  }
  local result = street.assess(t, { cases = { may } }, { period = "2026-05" })
  t.equal(result.provisional, true)
  t.equal(result.indicators.deliberation.met, nil)
  t.near_exact(result.deductions.no_session, 0)
  t.equal(result.indicators.visits.ledgers, nil)
  t.near_exact(result.indicators.closed_loop.response, 100)
  t.equal(result.indicators.closed_loop.solution, nil)
end)

gongyue.test "月末那天起就是正式的：没开会得 0，没盘点算不平" (function(t)
  local result = street.assess(t, { sessions = {} }, { period = "2026-05", today = "2026-05-31" })
  t.near_exact(result.indicators.deliberation.met, 0)
  t.near_exact(result.indicators.visits.ledgers, 0)
end)
