-- V 走访台账：两访、民情日志、台账平衡。
local gongyue = require "gongyue"
local common = require "blocks.common"

-- 走访计划由街道下达，未遇不算走访。
local function visited(sort)
  return function(s)
    local planned = gongyue.visit_plans:where { sort = sort, month = s.period }
    local made = gongyue.visits:where { outcome = "made", day = s.within }
    return planned:having(made, { id = "plan" }), planned
  end
end

local function log(s)
  local duty = gongyue.duty_days:where { status = "duty", day = s.within }
  return duty:having(gongyue.log_entries:where { day = s.within }, { "worker", "day" }), duty
end

-- 期初加变动等于实数的台账有几本；月末没有盘点的算不平。
local function ledgers(s)
  if common.is_running(s) then return gongyue.dropped "本月未结束，还没有盘点" end
  local list = gongyue.checklist()
  for _, ledger in ipairs { { "residents", "居民台账" }, { "units", "单位台账" }, { "organisations", "社会组织台账" } } do
    local id, title = table.unpack(ledger)
    local count = gongyue.ledger_counts:where { ledger = id, month = s.period }:first()
    local moved = gongyue.ledger_movements:where { ledger = id, day = s.within }:sum "quantity"
    list:check(title .. "平", count ~= nil and count.counted == count.opening + moved)
  end
  return list
end

return {
  id = "visits", letter = "V", title = "走访台账",
  indicators = {
    { id = "households", title = "居民走访", weight = 35, curve = "assessment.curve.households",
      rate = visited "household" },
    { id = "units", title = "单位走访", weight = 15, curve = "assessment.curve.units", rate = visited "unit" },
    { id = "log", title = "民情日志", weight = 20, curve = "assessment.curve.log", rate = log },
    { id = "ledgers", title = "台账平衡", weight = 30, curve = "assessment.curve.ledgers", rate = ledgers },
  },
}
