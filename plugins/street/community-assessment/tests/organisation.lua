-- O 组织机制：六项条件、楼栋长、席位，一律看期末那一天。
local gongyue = require "gongyue"
local street = require "tests.support.street"

-- 两栋楼、九个席位，样样齐全。
local function complete()
  local records = {
    buildings = street.times(2, function(n) return { name = n .. "号楼", number = n, form = "block" } end),
    building_groups = street.times(2, function(n) return { building = n, formed = "2026-03-10" } end),
    party_organisations = { { form = "branch", formed = "2026-03-05" } },
    council_seats = street.times(9, function(n) return { number = n, sort = "elected" } end),
    mandates = { { scope = "公共事务", from = "2026-03-20" } },
    trial_operations = { { from = "2026-03-25" } },
    posts = {
      { role = "head", building = 1, from = "2026-03-12" },
      { role = "head", building = 2, from = "2026-03-12" },
    },
  }
  for seat = 1, 9 do
    table.insert(records.posts, { role = "council", seat = seat, from = "2026-03-20" })
  end
  return records
end

local function scores(t, change)
  local records = complete()
  if change then change(records) end
  return street.assess(t, records).indicators.organisation
end

gongyue.test "样样齐全得满分" (function(t)
  local found = scores(t)
  t.near_exact(found.mechanism, 100)
  t.near_exact(found.heads, 100)
  t.near_exact(found.seats, 100)
end)

-- 缺一项是 5/6 = 83.33%，按 100/50 折 66.67 分。
local gaps = {
  ["没有党组织"] = function(r) r.party_organisations = {} end,
  ["一栋楼没有自治小组"] = function(r) r.building_groups[2] = nil end,
  ["一栋楼从没选过楼栋长"] = function(r) table.remove(r.posts, 2) end,
  ["议事会只有七席"] = function(r)
    for seat = 8, 9 do r.posts[seat + 2].to = "2026-04-30" end
  end,
  ["没有授权"] = function(r) r.mandates = {} end,
  ["授权月末前到期"] = function(r) r.mandates[1].to = "2026-04-30" end,
  ["试运行在月末之后才开始"] = function(r) r.trial_operations[1].from = "2026-05-01" end,
}

for name, change in pairs(gaps) do
  gongyue.test("六项条件缺一项：" .. name) (function(t)
    t.near_exact(scores(t, change).mechanism, "66.67")
  end)
end

gongyue.test "楼栋长辞职：到位率降，机制仍算选过" (function(t)
  -- 一半楼栋有人在任，低于零分线 80%。
  local found = scores(t, function(r) r.posts[1].to = "2026-04-20" end)
  t.near_exact(found.mechanism, 100)
  t.near_exact(found.heads, 0)
end)

gongyue.test "五月才辞职的，四月末还在任" (function(t)
  t.near_exact(scores(t, function(r) r.posts[1].to = "2026-05-01" end).heads, 100)
end)

gongyue.test "一席重复登记两个人，只算一席" (function(t)
  local found = scores(t, function(r)
    for seat = 8, 9 do r.posts[seat + 2].seat = 1 end
  end)
  -- 7 ÷ 9 = 77.78%，按 100/60 折 44.44 分；机制要八席，也缺一项。
  t.near_exact(found.seats, "44.44")
  t.near_exact(found.mechanism, "66.67")
end)

gongyue.test "没有席位的新社区：席位指标不计" (function(t)
  local found = scores(t, function(r)
    r.council_seats = {}
    r.posts = { r.posts[1], r.posts[2] }
  end)
  t.equal(found.seats, nil)
end)
