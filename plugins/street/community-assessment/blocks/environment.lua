-- H 环境安全：巡查、隐患处置、复发。
local gongyue = require "gongyue"
local common = require "blocks.common"

-- 一名工作者一个值班日只算一次巡查。
local function patrol(s)
  local duty = gongyue.duty_days:where { status = "duty", day = s.within }
  return duty:having(gongyue.patrols:where { day = s.within }, { "worker", "day" }), duty
end

local function hazards(s)
  return common.in_time(common.hazards(), "resolve_due", "resolved", s.within)
end

-- 办结三十日内没有复发的。
local function recurrence(s)
  local watched = common.hazards():where { watch_ends = s.within }
  return watched:lacking(common.hazards(), { id = "recurrence_of" }), watched
end

return {
  id = "environment", letter = "H", title = { zh = "环境安全", en = "environment and safety" },
  indicators = {
    { id = "patrol", title = { zh = "每日巡查", en = "daily patrol" },
      weight = 30, curve = "assessment.curve.patrol", rate = patrol },
    { id = "hazards", title = { zh = "隐患按时处置", en = "hazards in time" },
      weight = 40, curve = "assessment.curve.hazards", rate = hazards },
    { id = "recurrence", title = { zh = "三十日未复发", en = "no recurrence in 30 days" },
      weight = 30, curve = "assessment.curve.recurrence", rate = recurrence },
  },
}
