-- H 环境安全：巡查、隐患处置、三十日复发。
local gongyue = require "gongyue"
local street = require "tests.support.street"

local workers = { { role = "worker", from = "2026-01-01" }, { role = "worker", from = "2026-01-01" } }

local function duty(worker, day, status) return { worker = worker, day = day, status = status or "duty" } end
local function patrol(worker, day) return { worker = worker, day = day, minutes = 40, findings = 0 } end

gongyue.test "巡查一人一个值班日只算一次；请假日、替班的不凑数" (function(t)
  local result = street.assess(t, {
    posts = workers,
    duty_days = {
      duty(1, "2026-04-01"), duty(1, "2026-04-02"), duty(2, "2026-04-01"), duty(2, "2026-04-02"),
      duty(2, "2026-04-03", "leave"),
    },
    patrols = {
      patrol(1, "2026-04-01"), patrol(1, "2026-04-01"), patrol(1, "2026-04-01"), patrol(1, "2026-04-02"),
      patrol(2, "2026-04-02"), patrol(2, "2026-04-03"),
    },
  })
  -- 3 ÷ 4 = 75%，按 95/60 折 42.86 分。
  t.near_exact(result.indicators.environment.patrol, "42.86")
end)

gongyue.test "隐患处置只数设施、环境、隐患三类" (function(t)
  local result = street.assess(t, {
    cases = {
      street.case { kind = "facility_damage" }, street.case { kind = "back_alley_unclean" },
      street.case { kind = "safety_hazard" },
      street.case { kind = "inbound_residents", resolved = false },
      street.case { kind = "rental_started", resolved = false },
    },
  })
  t.near_exact(result.indicators.environment.hazards, 100)
  t.near_exact(result.indicators.closed_loop.solution, 0)  -- 3 ÷ 5 正在零分线上
end)

local function watched(fields)
  local closed = street.case {
    reported = "2026-03-02 09:00", accept_due = "2026-03-03 18:00", accepted = "2026-03-03 10:00",
    resolve_due = "2026-03-12 18:00", resolved = "2026-03-12 10:00",
    closed = "2026-03-12", watch_ends = "2026-04-11",
  }
  return street.changed(closed, fields)
end

gongyue.test "三十日内复发的那件不算，没复发的算" (function(t)
  local again = street.case { reported = "2026-04-05 09:00", recurrence_of = 2 }
  local others = street.times(9, function() return watched() end)
  others[#others + 1] = again
  -- 8 ÷ 9 = 88.89%，按 95/70 折 75.56 分。
  t.near_exact(street.assess(t, { cases = others }).indicators.environment.recurrence, "75.56")
end)

gongyue.test "观察期在别的月份结束的不计；一件也没有就不计" (function(t)
  local result = street.assess(t, { cases = { watched { watch_ends = "2026-05-01" } } })
  t.equal(result.indicators.environment.recurrence, nil)
end)

gongyue.test "复发的那件若是重复上报而被剔除，就不算复发" (function(t)
  local duplicate = street.case { state = "excluded", exclusion = "duplicate", recurrence_of = 1 }
  local result = street.assess(t, { cases = { watched(), duplicate } })
  t.near_exact(result.indicators.environment.recurrence, 100)
end)
