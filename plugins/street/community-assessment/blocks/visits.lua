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
  if common.is_running(s) then
    return gongyue.dropped { zh = "本月未结束，还没有盘点", en = "the month still runs, nothing counted yet" }
  end
  local list = gongyue.checklist()
  for _, ledger in ipairs {
    { id = "residents", title = { zh = "居民台账平", en = "residents' ledger balances" } },
    { id = "units", title = { zh = "单位台账平", en = "units' ledger balances" } },
    { id = "organisations", title = { zh = "社会组织台账平", en = "organisations' ledger balances" } },
  } do
    local count = gongyue.ledger_counts:where { ledger = ledger.id, month = s.period }:first()
    local moved = gongyue.ledger_movements:where { ledger = ledger.id, day = s.within }:sum "quantity"
    list:check(ledger.title, count ~= nil and count.counted == count.opening + moved)
  end
  return list
end

return {
  id = "visits", letter = "V", title = { zh = "走访台账", en = "visits and ledgers" },
  indicators = {
    { id = "households", title = { zh = "居民走访", en = "household visits" },
      weight = 35, curve = "assessment.curve.households", rate = visited "household" },
    { id = "units", title = { zh = "单位走访", en = "unit visits" },
      weight = 15, curve = "assessment.curve.units", rate = visited "unit" },
    { id = "log", title = { zh = "民情日志", en = "log entries" },
      weight = 20, curve = "assessment.curve.log", rate = log },
    { id = "ledgers", title = { zh = "台账平衡", en = "ledgers balanced" },
      weight = 30, curve = "assessment.curve.ledgers", rate = ledgers },
  },
}
