-- 社区考核：七个板块，百分制，权重因社区类型而异（分类指导）。
local gongyue = require "gongyue"
local common = require "blocks.common"

-- 当月没有达到法定人数的会议，又没有事先批准免开。
local function no_session(s)
  if common.quorate(s):exists() or common.is_excused(s) or common.is_running(s) then return 0 end
  return 1
end

local function red_cards(s)
  return common.cases():where { red_on = s.within }
end

local function late_disclosures(s)
  return gongyue.obligations:where { due = s.within }:except { posted = gongyue.at_most(gongyue.field "due") }
end

local function proved(sort)
  return function(s) return gongyue.findings:where { sort = sort, day = s.within } end
end

return {
  gongyue.formula {
    id = "community-assessment",
    title = { zh = "社区考核", en = "community assessment" },
    subject = "community",
    period = "month",
    from = "2026-03-01",

    weights = "assessment.weights",
    bands = "assessment.bands",
    rounding = { places = 2, mode = "half_away" },

    blocks = {
      require "blocks.organisation",
      require "blocks.deliberation",
      require "blocks.closed_loop",
      require "blocks.visits",
      require "blocks.publicity",
      require "blocks.environment",
      require "blocks.satisfaction",
    },

    deductions = {
      { id = "no_session", title = { zh = "当月未召开议事会", en = "no council session this month" },
        each = 2, most_in_year = 6, count = no_session },
      { id = "red", title = { zh = "红牌", en = "red cards" }, each = 1, most = 10, count = red_cards },
      { id = "late_disclosure", title = { zh = "公开逾期", en = "late disclosures" },
        each = 1, most = 5, count = late_disclosures },
      { id = "privacy_leak", title = { zh = "查实泄露隐私", en = "privacy leaks proved" },
        each = 10, count = proved "privacy_leak" },
    },

    bonus = {
      title = { zh = "加分", en = "bonus" }, most = 5,
      points = function(s)
        return gongyue.merits:where { day = s.within, approved = gongyue.at_most(s.seen) }:sum "points"
      end,
    },

    vetoes = {
      { id = "false_record", title = { zh = "查实弄虚作假", en = "false records proved" },
        at_most = "pass", when = proved "false_record" },
    },

    quota = { band = "excellent", most = 2, ties = { "closed_loop", "deliberation" } },
    ranking = { within = "type" },
  },
}
