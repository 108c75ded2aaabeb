-- 月报汇总：少量、街道合计、未报、剔除。
local gongyue = require "gongyue"

local units = {
  { id = "sll-01", name = "建设路", type = "unit_compound" },
  { id = "sll-02", name = "十字街", type = "old_estate" },
}

local function cases(unit, kind, count, fields)
  local list = {}
  for number = 1, count do
    local one = {
      unit = unit, kind = kind, danger = false, channel = "head", state = "closed", extended = 0,
      reported = "2026-04-10 09:00", accept_due = "2026-04-13 18:00", accepted = "2026-04-10 10:00",
      resolve_due = "2026-04-17 18:00", resolved = "2026-04-16 10:00",
    }
    for name, value in pairs(fields or {}) do one[name] = value end
    list[number] = one
  end
  return list
end

local function joined(lists)
  local all = {}
  for _, list in ipairs(lists) do table.move(list, 1, #list, #all + 1, all) end
  return all
end

local function report(t, lists, more)
  local world = { today = "2026-05-12", units = units, cases = joined(lists) }
  for name, value in pairs(more or {}) do world[name] = value end
  t.world(world)
  return t.run("report", { period = "2026-04" })
end

local function line(text, name)
  for row in text:gmatch "[^\n]+" do
    if row:find(name, 1, true) == 1 then return (row:gsub("%s+", " "):gsub(" $", "")) end
  end
end

-- 列：设施损坏 街巷不洁 安全隐患 房屋出租 人员流入 病重住院 新增孕妇
gongyue.test "普通类别写件数，敏感类别一到四件写少量，五件照写，没有写 0" (function(t)
  local text = report(t, {
    cases("sll-01", "facility_damage", 2), cases("sll-01", "serious_illness", 4),
    cases("sll-01", "new_pregnancy", 5),
    cases("sll-02", "safety_hazard", 1), cases("sll-02", "serious_illness", 1),
  })
  t.equal(line(text, "建设路"), "建设路 2 0 0 0 0 少量 5")
  t.equal(line(text, "十字街"), "十字街 0 0 1 0 0 少量 0")
  t.equal(line(text, "合计"), "合计 2 0 1 0 0 5 5")
end)

gongyue.test "只有一个社区是少量时合计不列，免得一减便知" (function(t)
  local text = report(t, {
    cases("sll-01", "new_pregnancy", 6), cases("sll-02", "new_pregnancy", 2),
  })
  t.equal(line(text, "合计"), "合计 0 0 0 0 0 0 不列")
end)

gongyue.test "不稳定因素只有街道合计，社区的表里没有，办结数里也减不出来" (function(t)
  local text = report(t, {
    cases("sll-01", "instability_factor", 6), cases("sll-01", "facility_damage", 1),
    cases("sll-02", "instability_factor", 1),
  })
  t.equal(line(text, "建设路"), "建设路 1 0 0 0 0 0 0")
  t.equal(line(text, "不稳定因素"), "不稳定因素全街道合计：7 件，不分社区公布。")
  t.equal(text:find("建设路 +0 +0 +0 +0 +0 +1\n") ~= nil, true)
end)

gongyue.test "不稳定因素合计也少时只写少量" (function(t)
  local text = report(t, { cases("sll-01", "instability_factor", 3) })
  t.equal(line(text, "不稳定因素"), "不稳定因素全街道合计：少量，不分社区公布。")
end)

gongyue.test "当月什么都没有登记的社区写未报" (function(t)
  local text = report(t, { cases("sll-01", "facility_damage", 1) })
  t.equal(line(text, "十字街"), "十字街 未报")
  t.equal(line(text, "已报合计"), "已报合计 1 0 0 0 0 0 0")
  t.equal(text:find("未报：十字街。未报不按零计。", 1, true) ~= nil, true)
end)

gongyue.test "重复、撤回、不属本社区的不计；按报告日期归月" (function(t)
  local text = report(t, {
    cases("sll-01", "facility_damage", 1),
    cases("sll-01", "facility_damage", 3, { state = "excluded", exclusion = "duplicate" }),
    cases("sll-01", "facility_damage", 2, { reported = "2026-03-31 23:59" }),
  })
  t.equal(line(text, "建设路"), "建设路 1 0 0 0 0 0 0")
end)

gongyue.test "代管小区另列，已计入代管社区" (function(t)
  local text = report(t, { cases("sll-02", "facility_damage", 3, { estate = "sll-b" }) }, {
    units = { units[1], units[2], { id = "sll-b", name = "福瑞园", level = "estate" } },
    caretakings = { { unit = "sll-b", caretaker = "sll-02", from = "2025-09-01" } },
  })
  t.equal(line(text, "十字街"), "十字街 3 0 0 0 0 0 0")
  t.equal(line(text, "代管小区福瑞园"), "代管小区福瑞园：普通事项 3 件，已计入十字街，此处另列。")
end)

gongyue.test "会议、走访、公开的数：未遇不算走访，晚贴不算按时" (function(t)
  local text = report(t, { cases("sll-01", "facility_damage", 1) }, {
    posts = { { unit = "sll-01", role = "worker", from = "2026-01-01" } },
    visit_plans = { { unit = "sll-01", sort = "household", month = "2026-04", worker = 1 } },
    visits = {
      { unit = "sll-01", plan = 1, day = "2026-04-10", outcome = "made" },
      { unit = "sll-01", plan = 1, day = "2026-04-09", outcome = "attempt" },
    },
    sessions = {
      { unit = "sll-01", held = "2026-04-10", subject = "照明", seats_filled = 10, quorate = true },
      { unit = "sll-01", held = "2026-04-20", subject = "照明", seats_filled = 10, quorate = false },
    },
    obligations = {
      { unit = "sll-01", sort = "finance", title = "收支", decided = "2026-03-31", due = "2026-04-15",
        posted = "2026-04-15" },
      { unit = "sll-01", sort = "other", title = "低保", decided = "2026-04-10", due = "2026-04-17",
        posted = "2026-04-18" },
    },
  })
  t.equal(text:find("建设路 +2 +1 +1 +2 +1 +1\n") ~= nil, true)
end)

gongyue.test "报送期限印在月报上" (function(t)
  local text = report(t, { cases("sll-01", "facility_damage", 1) })
  t.equal(text:find("报送期限：2026-05-08（次月第三个工作日）", 1, true) ~= nil, true)
end)
