-- C 闭环办理：三率各按自己的时钟，敏感事项和剔除的事项不计。
local gongyue = require "gongyue"
local street = require "tests.support.street"

local function scores(t, records, options)
  return street.assess(t, records, options).indicators.closed_loop
end

gongyue.test "四件里一件受理晚了：75%，按 95/60 折 42.86 分" (function(t)
  local cases = street.times(3, function() return street.case {} end)
  cases[4] = street.case { accepted = "2026-04-03 09:00" }
  local found = scores(t, { cases = cases })
  t.near_exact(found.response, "42.86")
  t.near_exact(found.solution, 100)
end)

gongyue.test "正好在时限那一刻受理算按时，晚一分钟就不算" (function(t)
  local exactly = street.case { accepted = "2026-04-02 18:00" }
  local after = street.case { accepted = "2026-04-02 18:01" }
  t.near_exact(scores(t, { cases = { exactly } }).response, 100)
  t.near_exact(scores(t, { cases = { after } }).response, 0)
end)

gongyue.test "还没有受理、还没有办结的，到期就算没做到" (function(t)
  local open = street.case { state = "submitted", accepted = false, resolved = false }
  local found = scores(t, { cases = { open } })
  t.near_exact(found.response, 0)
  t.near_exact(found.solution, 0)
end)

gongyue.test "各按自己的时钟归月：3 月受理到期、4 月办结到期的，只在 4 月计办结" (function(t)
  local crossing = street.case {
    reported = "2026-03-30 09:00", accept_due = "2026-03-31 18:00", accepted = "2026-04-01 09:00",
  }
  local april = scores(t, { cases = { crossing } })
  t.equal(april.response, nil)
  t.near_exact(april.solution, 100)
  local march = scores(t, { cases = { crossing } }, { period = "2026-03" })
  t.near_exact(march.response, 0)
  t.equal(march.solution, nil)
end)

gongyue.test "拖到 5 月才办结的，4 月仍是逾期，不会滑到 5 月去" (function(t)
  local late = street.case { resolved = "2026-05-06 10:00" }
  t.near_exact(scores(t, { cases = { late } }).solution, 0)
  t.equal(scores(t, { cases = { late } }, { period = "2026-05" }).solution, nil)
end)

gongyue.test "月末最后一刻到期的还在本月，次月零点的在下月" (function(t)
  local last = street.case { resolve_due = "2026-04-30 23:59", resolved = "2026-04-30 23:00" }
  local next = street.case { resolve_due = "2026-05-01 00:00", resolved = "2026-04-30 23:00" }
  t.near_exact(scores(t, { cases = { last } }).solution, 100)
  t.equal(scores(t, { cases = { next } }).solution, nil)
end)

gongyue.test "危险事项的二十四小时时限写在事项里，晚一小时就是逾期" (function(t)
  local function danger(resolved)
    return street.case {
      kind = "safety_hazard", danger = true, reported = "2026-04-11 09:00",
      resolve_due = "2026-04-12 09:00", resolved = resolved,
    }
  end
  t.near_exact(scores(t, { cases = { danger "2026-04-12 08:00" } }).solution, 100)
  t.near_exact(scores(t, { cases = { danger "2026-04-12 10:00" } }).solution, 0)
end)

gongyue.test "孕情、病重住院、不稳定因素不进三率，回访也不进" (function(t)
  for _, kind in ipairs { "new_pregnancy", "serious_illness", "instability_factor" } do
    local found = scores(t, {
      cases = { street.case { kind = kind, accepted = false, resolved = false } },
      callbacks = { { case = 1, called = "2026-04-20", answered = true, satisfied = false, seed = 1 } },
    })
    t.equal(found.response, nil, kind)
    t.equal(found.solution, nil, kind)
    t.equal(found.satisfaction, nil, kind)
  end
end)

gongyue.test "其余五类都进三率" (function(t)
  for _, kind in ipairs {
    "facility_damage", "back_alley_unclean", "inbound_residents", "rental_started", "safety_hazard",
  } do
    t.near_exact(scores(t, { cases = { street.case { kind = kind } } }).solution, 100, kind)
  end
end)

gongyue.test "重复、撤回、不属本社区的剔除，回访也跟着剔除" (function(t)
  for _, reason in ipairs { "duplicate", "withdrawn", "not_ours" } do
    local excluded = street.case { state = "excluded", exclusion = reason, resolved = false }
    local found = scores(t, {
      cases = { street.case {}, excluded },
      callbacks = {
        { case = 1, called = "2026-04-20", answered = true, satisfied = true, seed = 1 },
        { case = 2, called = "2026-04-20", answered = true, satisfied = false, seed = 1 },
      },
    })
    t.near_exact(found.solution, 100, reason)
    t.near_exact(found.satisfaction, 100, reason)
  end
end)

gongyue.test "满意率只数接通作答的回访，按回访那天归月" (function(t)
  local found = scores(t, {
    cases = { street.case {} },
    callbacks = {
      { case = 1, called = "2026-04-20", answered = true, satisfied = true, seed = 1 },
      { case = 1, called = "2026-04-21", answered = false, seed = 1 },
      { case = 1, called = "2026-05-04", answered = true, satisfied = false, seed = 1 },
    },
  })
  t.near_exact(found.satisfaction, 100)
end)

gongyue.test "没有回访：满意率不计，35 分由响应、解决按 30 比 35 分担" (function(t)
  -- 响应 0、解决 100：100 × 35 ÷ 65 = 53.846…
  local result = street.assess(t, { cases = { street.case { accepted = "2026-04-03 09:00" } } })
  t.equal(result.indicators.closed_loop.satisfaction, nil)
  t.near_exact(result.blocks.closed_loop, "53.85")
end)

gongyue.test "一件事项也没有：整个板块不评，总分注明未全部评定" (function(t)
  local result = street.assess(t, { conventions = {} })
  t.equal(result.blocks.closed_loop, nil)
  t.equal(result.status, "partly")
  t.equal(result.note:find("闭环办理", 1, true) ~= nil, true)
end)
