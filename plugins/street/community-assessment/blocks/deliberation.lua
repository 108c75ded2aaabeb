-- D 议事公约：会议、到会、纪要、答复、公约评估。
local gongyue = require "gongyue"
local common = require "blocks.common"

-- 每月至少一次达到法定人数的会议；街道事先批准免开的月份不计。
local function met(s)
  if common.quorate(s):exists() then return 100 end
  if common.is_excused(s) then
    return gongyue.dropped { zh = "街道事先批准本月免开", en = "excused this month by the street beforehand" }
  end
  if common.is_running(s) then
    return gongyue.dropped { zh = "本月未结束，尚未到期", en = "the month still runs, not due yet" }
  end
  return 0
end

local function attendance(s)
  local held = common.quorate(s)
  return gongyue.attendances:where { present = true }:having(held, { session = "id" }), held:sum "seats_filled"
end

local function minutes(s)
  return common.in_time(gongyue.sessions:where { quorate = true }, "minutes_due", "minutes_signed", s.within)
end

local function replies(s)
  return common.in_time(gongyue.advices, "due", "replied", s.within)
end

-- 期末生效的公约，年度评估已做或尚未到期的算合格。看的是日期：事后终止、事后补做都不改变当月。
local function conventions(s)
  local in_force = gongyue.conventions
    :where { state = gongyue.any { "in_force", "ended" }, in_force = gongyue.at_most(s.seen) }
    :in_force(s.seen)
  local done = { reviewed = gongyue.at_most(s.seen) }
  local overdue = in_force:where { review_due = gongyue.at_most(s.seen) }:except(done)
  return in_force:lacking(overdue, { "id" }), in_force
end

return {
  id = "deliberation", letter = "D", title = { zh = "议事公约", en = "deliberation" },
  needs = { "met", "attendance", "minutes" },
  indicators = {
    { id = "met", title = { zh = "按月召开", en = "monthly session held" }, weight = 40, value = met },
    { id = "attendance", title = { zh = "到会率", en = "attendance" },
      weight = 20, curve = "assessment.curve.attendance", rate = attendance },
    { id = "minutes", title = { zh = "纪要按时签署", en = "minutes in time" },
      weight = 15, curve = "assessment.curve.minutes", rate = minutes },
    { id = "replies", title = { zh = "建议督办按时答复", en = "replies in time" },
      weight = 10, curve = "assessment.curve.replies", rate = replies },
    { id = "conventions", title = { zh = "公约年度评估", en = "conventions reviewed" },
      weight = 15, when_empty = 0, curve = "assessment.curve.conventions", rate = conventions },
  },
}
