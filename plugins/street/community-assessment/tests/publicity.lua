-- P 居务公开：按时公开、足期保留、提问答复，各按自己的时钟。
local gongyue = require "gongyue"
local street = require "tests.support.street"

local function obligation(fields)
  return street.changed({
    sort = "finance", title = "第一季度收支", decided = "2026-03-31", due = "2026-04-15",
    posted = "2026-04-14", keep_until = "2026-04-29",
  }, fields)
end

local function result(t, records, options) return street.assess(t, records, options) end

gongyue.test "当日张贴算按时，晚一日算逾期并扣 1 分" (function(t)
  local exactly = result(t, { obligations = { obligation { posted = "2026-04-15" } } })
  t.near_exact(exactly.indicators.publicity.on_time, 100)
  t.near_exact(exactly.deductions.late_disclosure, 0)
  local late = result(t, { obligations = { obligation { posted = "2026-04-16" } } })
  t.near_exact(late.indicators.publicity.on_time, 0)
  t.near_exact(late.deductions.late_disclosure, -1)
end)

gongyue.test "一直没张贴的也有一行：算逾期，不会因为没有记录而漏掉" (function(t)
  local never = result(t, { obligations = { obligation { posted = false, keep_until = false } } })
  t.near_exact(never.indicators.publicity.on_time, 0)
  t.near_exact(never.deductions.late_disclosure, -1)
  t.equal(never.indicators.publicity.kept, nil)
end)

gongyue.test "逾期每件扣 1 分，当月最多扣 5 分" (function(t)
  local seven = street.times(7, function() return obligation { posted = false } end)
  t.near_exact(result(t, { obligations = seven }).deductions.late_disclosure, -5)
end)

gongyue.test "足期保留：满十五日撤下算，提前一日撤下不算，还贴着的算" (function(t)
  local function kept(removed)
    return result(t, { obligations = { obligation { removed = removed } } }).indicators.publicity.kept
  end
  t.near_exact(kept "2026-04-29", 100)
  t.near_exact(kept "2026-04-28", 0)
  t.near_exact(kept(false), 100)
end)

gongyue.test "十五日在五月才满的，四月不计" (function(t)
  local open = obligation { keep_until = "2026-05-01", removed = "2026-04-20" }
  t.equal(result(t, { obligations = { open } }).indicators.publicity.kept, nil)
end)

gongyue.test "提问按应答复日归月" (function(t)
  local function question(due, answered)
    return { subject = "停水通知", channel = "virtual", asked = "2026-04-02", due = due, answered = answered }
  end
  local found = result(t, {
    questions = {
      question("2026-04-10", "2026-04-10"), question("2026-04-10", "2026-04-13"),
      question("2026-05-06", nil),
    },
  })
  t.near_exact(found.indicators.publicity.questions, 0)  -- 1 ÷ 2 低于零分线 60%
  local none = result(t, { questions = { question("2026-05-06", nil) } })
  t.equal(none.indicators.publicity.questions, nil)
end)
