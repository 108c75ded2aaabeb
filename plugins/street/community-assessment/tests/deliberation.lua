-- D 议事公约：按月召开、到会、纪要、答复、公约评估。
local gongyue = require "gongyue"
local street = require "tests.support.street"

local excuse = { month = "2026-04", granted = "2026-03-28", reason = "换届选举" }

local function convention(fields)
  return street.changed({
    title = "楼道公约", matter = "楼道保洁", field = "sanitation", state = "in_force",
    in_force = "2025-06-01", review_due = "2026-06-01",
  }, fields)
end

gongyue.test "开了达到法定人数的会得 100，没开得 0 并扣 2 分" (function(t)
  local held = street.assess(t, { sessions = { street.session() } })
  t.near_exact(held.indicators.deliberation.met, 100)
  t.near_exact(held.deductions.no_session, 0)
  local none = street.assess(t, { sessions = {} })
  t.near_exact(none.indicators.deliberation.met, 0)
  t.near_exact(none.deductions.no_session, -2)
end)

gongyue.test "人数不够的会不算会：不算召开，不算到会，不算纪要" (function(t)
  local result = street.assess(t, { sessions = { street.session { quorate = false } } })
  t.near_exact(result.indicators.deliberation.met, 0)
  t.equal(result.indicators.deliberation.attendance, nil)
  t.equal(result.indicators.deliberation.minutes, nil)
  t.near_exact(result.deductions.no_session, -2)
end)

gongyue.test "事先批准免开：按月召开不计、不扣分；板块没有别的会议指标就不评" (function(t)
  local result = street.assess(t, { excuses = { excuse }, conventions = { convention {} } })
  t.equal(result.indicators.deliberation.met, nil)
  t.near_exact(result.indicators.deliberation.conventions, 100)
  t.equal(result.blocks.deliberation, nil)
  t.near_exact(result.deductions.no_session, 0)
  t.equal(result.status, "partly")
end)

gongyue.test "免开的月份有上月会议的纪要到期，板块就照评，余下的权重分担" (function(t)
  local result = street.assess(t, {
    excuses = { excuse }, conventions = { convention {} },
    sessions = { street.session { held = "2026-03-30", minutes_due = "2026-04-02", minutes_signed = "2026-04-02" } },
  })
  t.equal(result.indicators.deliberation.met, nil)
  t.near_exact(result.indicators.deliberation.minutes, 100)
  t.near_exact(result.blocks.deliberation, 100)
end)

gongyue.test "当月才批的、别的月份的免开都不算" (function(t)
  for _, other in ipairs {
    { month = "2026-04", granted = "2026-04-01", reason = "补批" },
    { month = "2026-05", granted = "2026-03-28", reason = "五月" },
  } do
    local result = street.assess(t, { excuses = { other } })
    t.near_exact(result.indicators.deliberation.met, 0)
    t.near_exact(result.deductions.no_session, -2)
  end
end)

gongyue.test "批了免开又开了会，按开了算" (function(t)
  local result = street.assess(t, { excuses = { excuse }, sessions = { street.session() } })
  t.near_exact(result.indicators.deliberation.met, 100)
end)

gongyue.test "到会率：到会人数 ÷ 在任席位，人数不够的会两边都不数" (function(t)
  -- 7 ÷ 10 = 70%，按 90/50 折 50 分。
  local seats = street.times(10, function(number) return { number = number, sort = "elected" } end)
  local present = street.times(10, function(number)
    return { session = 1, held = "2026-04-10", seat = number, present = number <= 7 }
  end)
  for number = 1, 7 do
    present[#present + 1] = { session = 2, held = "2026-04-20", seat = number, present = true }
  end
  local result = street.assess(t, {
    sessions = { street.session(), street.session { held = "2026-04-20", quorate = false } },
    council_seats = seats, attendances = present,
  })
  t.near_exact(result.indicators.deliberation.attendance, 50)
end)

gongyue.test "纪要三个工作日内签：当日签的算，晚一日或没签的不算" (function(t)
  local function minutes(signed)
    local session = street.session { minutes_signed = signed }
    return street.assess(t, { sessions = { session } }).indicators.deliberation.minutes
  end
  t.near_exact(minutes "2026-04-15", 100)
  t.near_exact(minutes "2026-04-16", 0)
  t.near_exact(minutes(false), 0)
end)

gongyue.test "纪要按应签日归月：4 月底的会，应签日在 5 月，4 月不计" (function(t)
  local session = street.session { held = "2026-04-29", minutes_due = "2026-05-07", minutes_signed = false }
  t.equal(street.assess(t, { sessions = { session } }).indicators.deliberation.minutes, nil)
end)

gongyue.test "建议十个工作日、督办当月最后一个工作日，合在一起数" (function(t)
  local function advice(sort, due, replied)
    return { sort = sort, subject = "加装扶手", raised = "2026-04-01", due = due, replied = replied }
  end
  local result = street.assess(t, {
    advices = {
      advice("advice", "2026-04-16", "2026-04-16"), advice("supervised", "2026-04-30", "2026-04-29"),
      advice("advice", "2026-04-20", "2026-04-21"), advice("advice", "2026-04-22", nil),
    },
  })
  t.near_exact(result.indicators.deliberation.replies, 0)  -- 2 ÷ 4 低于零分线 60%
end)

gongyue.test "没有生效的公约：公约评估得 0，不是不计" (function(t)
  t.near_exact(street.assess(t, { conventions = {} }).indicators.deliberation.conventions, 0)
  local blocked = convention { state = "blocked", in_force = false }
  local result = street.assess(t, { conventions = { blocked } })
  t.near_exact(result.indicators.deliberation.conventions, 0)
end)

local reviews = {
  { "未到期", { review_due = "2026-05-01" }, 100 },
  { "当月到期没做", { review_due = "2026-04-30" }, 0 },
  { "当月到期做了", { review_due = "2026-04-20", reviewed = "2026-04-19" }, 100 },
  { "到期后才补，但还在本月", { review_due = "2026-04-20", reviewed = "2026-04-28" }, 100 },
  { "五月才补，四月仍算没做", { review_due = "2026-04-20", reviewed = "2026-05-06" }, 0 },
}

for _, row in ipairs(reviews) do
  gongyue.test("公约评估：" .. row[1]) (function(t)
    local result = street.assess(t, { conventions = { convention(row[2]) } })
    t.near_exact(result.indicators.deliberation.conventions, row[3])
  end)
end

gongyue.test "五月终止的公约，四月仍是生效的；四月生效前的不算" (function(t)
  local ended = convention { state = "ended", ended = "2026-05-05" }
  local result = street.assess(t, { conventions = { ended } })
  t.near_exact(result.indicators.deliberation.conventions, 100)
  local future = convention { in_force = "2026-05-01", review_due = "2027-05-01" }
  result = street.assess(t, { conventions = { future } })
  t.near_exact(result.indicators.deliberation.conventions, 0)
end)
