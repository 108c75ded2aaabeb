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
  local conditions = {
    gongyue.party_organisations:where(formed):exists(),
    not gongyue.buildings:lacking(groups, { id = "building" }):exists(),
    not gongyue.buildings:lacking(heads, { id = "building" }):exists(),
    seats_filled(s):count() >= 8,
    gongyue.mandates:in_force(s.seen):exists(),
    gongyue.trial_operations:in_force(s.seen):exists(),
  }
  local met = 0
  for _, holds in ipairs(conditions) do
    if holds then met = met + 1 end
  end
  return met, #conditions
end

local function heads(s)
  local in_office = gongyue.posts:where { role = "head" }:in_force(s.seen)
  return gongyue.buildings:having(in_office, { id = "building" }), gongyue.buildings
end

local function seats(s)
  return seats_filled(s), gongyue.council_seats
end

return {
  id = "organisation", letter = "O", title = { zh = "组织机制", en = "organisation" },
  indicators = {
    { id = "mechanism", title = { zh = "机制健全", en = "mechanism" },
      weight = 40, curve = "assessment.curve.mechanism", rate = mechanism },
    { id = "heads", title = { zh = "楼栋长到位", en = "building heads" },
      weight = 40, curve = "assessment.curve.heads", rate = heads },
    { id = "seats", title = { zh = "议事会席位到位", en = "council seats" },
      weight = 20, curve = "assessment.curve.seats", rate = seats },
  },
}
