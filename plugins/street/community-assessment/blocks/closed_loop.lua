-- C 闭环办理：响应率、解决率、满意率（三率）。
local gongyue = require "gongyue"
local common = require "blocks.common"

local function response(s)
  return common.in_time(common.cases(), "accept_due", "accepted", s.within)
end

local function solution(s)
  return common.in_time(common.cases(), "resolve_due", "resolved", s.within)
end

-- 只以接通并作答的回访为分母；没有回访就不计，权重由其余两率分担。
local function satisfaction(s)
  local answered = gongyue.callbacks
    :where { called = s.within, answered = true }
    :having(common.cases(), { case = "id" })
  return answered:where { satisfied = true }, answered
end

return {
  id = "closed_loop", letter = "C", title = { zh = "闭环办理", en = "closed loop" },
  indicators = {
    { id = "response", title = { zh = "响应率", en = "response" },
      weight = 30, curve = "assessment.curve.response", rate = response },
    { id = "solution", title = { zh = "解决率", en = "solution" },
      weight = 35, curve = "assessment.curve.solution", rate = solution },
    { id = "satisfaction", title = { zh = "满意率", en = "satisfaction of callers" },
      weight = 35, curve = "assessment.curve.satisfaction", rate = satisfaction },
  },
}
