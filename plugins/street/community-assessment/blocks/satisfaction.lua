-- S 满意活动：季度问卷、社会组织活动。
local gongyue = require "gongyue"

-- 取最近一次完成的居民问卷，不是闭环办理里的回访。
local function survey(s)
  local finished = gongyue.survey_answers:where { completed = gongyue.at_most(s.seen) }
  local latest = finished:order("completed", "desc"):first()
  if not latest then
    return gongyue.dropped { zh = "还没有完成的季度问卷", en = "no quarterly panel completed yet" }
  end
  local answered = finished:where { panel = latest.panel, answered = true }
  return answered:where { satisfied = true }, answered
end

local function organisations(s)
  local recorded = gongyue.social_organisations
    :where { recorded = gongyue.at_most(s.seen) }
    :except { ended = gongyue.at_most(s.seen) }
  return recorded:having(gongyue.activities:where { day = s.within }, { id = "organisation" }), recorded
end

return {
  id = "satisfaction", letter = "S", title = { zh = "满意活动", en = "satisfaction" },
  indicators = {
    { id = "survey", title = { zh = "居民问卷满意", en = "panel satisfaction" },
      weight = 60, curve = "assessment.curve.survey", rate = survey },
    { id = "organisations", title = { zh = "社会组织有活动", en = "active organisations" },
      weight = 40, curve = "assessment.curve.organisations", rate = organisations },
  },
}
