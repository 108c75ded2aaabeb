-- O 组织机制：六项条件、楼栋长、议事会席位。
local gongyue = require "gongyue"

local function seats_filled(s)
  local members = gongyue.posts:where { role = "council" }:in_force(s.seen)
  return gongyue.council_seats:having(members, { id = "seat" })
end

-- 六项条件：党组织、居民小组、楼栋长、议事会、授权、试运行，缺一项少一分。
local function mechanism(s)
  local formed = { formed = gongyue.at_most(s.seen) }
  local groups = gongyue.building_groups:where(formed)
  local heads = gongyue.posts:where { role = "head", from = gongyue.at_most(s.seen) }
  local list = gongyue.checklist()
  list:check("已成立党组织", gongyue.party_organisations:where(formed):exists())
  list:check("各楼栋都有居民自治小组", not gongyue.buildings:lacking(groups, { id = "building" }):exists())
  list:check("各楼栋都选过楼栋长", not gongyue.buildings:lacking(heads, { id = "building" }):exists())
  list:check("议事会至少八席在任", seats_filled(s):count() >= 8)
  list:check("授权有效", gongyue.mandates:in_force(s.seen):exists())
  list:check("已在试运行", gongyue.trial_operations:in_force(s.seen):exists())
  return list
end

local function heads(s)
  local in_office = gongyue.posts:where { role = "head" }:in_force(s.seen)
  return gongyue.buildings:having(in_office, { id = "building" }), gongyue.buildings
end

local function seats(s)
  return seats_filled(s), gongyue.council_seats
end

return {
  id = "organisation", letter = "O", title = "组织机制",
  indicators = {
    { id = "mechanism", title = "机制健全", weight = 40, curve = "assessment.curve.mechanism", rate = mechanism },
    { id = "heads", title = "楼栋长到位", weight = 40, curve = "assessment.curve.heads", rate = heads },
    { id = "seats", title = "议事会席位到位", weight = 20, curve = "assessment.curve.seats", rate = seats },
  },
}
