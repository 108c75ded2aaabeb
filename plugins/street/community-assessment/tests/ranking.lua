-- 优秀名额与并列：全街最多两个优秀，不分类型；同分先看闭环办理，再看议事公约。
local gongyue = require "gongyue"

local function inputs(closed_loop, deliberation, others)
  return {
    organisation = others, deliberation = deliberation, closed_loop = closed_loop, visits = others,
    publicity = others, environment = others, satisfaction = others,
  }
end

-- 老旧小区：闭环办理 20，议事公约 15，其余 65。
local function standings(t, scores, types)
  local units, given = {}, {}
  for number, score in ipairs(scores) do
    local id = string.format("sll-%02d", number)
    units[number] = { id = id, name = "社区" .. number, type = types and types[number] or "old_estate" }
    given[id] = score
  end
  t.world { units = units }
  return t.formula("community-assessment"):standings(given, { period = "2026-04" })
end

local function bands(result, count)
  local list = {}
  for number = 1, count do list[number] = result.units[string.format("sll-%02d", number)].band end
  return table.concat(list, " ")
end

gongyue.test "三个过九十分，只有前两个优秀，第三个降为良好并写明" (function(t)
  local result = standings(t, { inputs(95, 95, 95), inputs(91, 91, 91), inputs(93, 93, 93), inputs(70, 70, 70) })
  t.equal(bands(result, 4), "excellent good excellent pass")
  t.equal(result.notes[1], "3个社区达到“优秀”，全街名额2个：社区1、社区3")
  t.equal(result.units["sll-02"].notes[1], "达到“优秀”分数线，但名额只有2个，按“良好”评")
end)

gongyue.test "名额跨类型合计，名次只在同类里排" (function(t)
  local result = standings(t, { inputs(95, 95, 95), inputs(91, 91, 91), inputs(93, 93, 93) },
    { "old_estate", "village_to_city", "village_to_city" })
  t.equal(bands(result, 3), "excellent good excellent")
  t.equal(result.units["sll-01"].rank, nil)
  t.equal(result.units["sll-02"].rank, 2)
  t.equal(result.units["sll-03"].rank, 1)
end)

gongyue.test "两个正好，名额不起作用，也不多说" (function(t)
  local result = standings(t, { inputs(95, 95, 95), inputs(91, 91, 91), inputs(80, 80, 80) })
  t.equal(bands(result, 3), "excellent excellent good")
  t.equal(#result.notes, 0)
end)

gongyue.test "末位同分，先比闭环办理" (function(t)
  -- 92 = (20×92 + 15×92 + 65×92)；闭环高 3 分、议事低 4 分，总分相同。
  local result = standings(t, { inputs(99, 99, 99), inputs(92, 92, 92), inputs(95, 88, 92) })
  t.equal(bands(result, 3), "excellent good excellent")
  t.equal(result.notes[2], "末位同分，按“闭环办理”得分定")
end)

gongyue.test "闭环办理也相同，再比议事公约" (function(t)
  -- 议事高 13 分、其余低 3 分，总分相同。
  local result = standings(t, { inputs(99, 99, 99), inputs(95, 82, 95), inputs(95, 95, 92) })
  t.equal(bands(result, 3), "excellent good excellent")
  t.equal(result.notes[2], "末位同分，按“议事公约”得分定")
end)

gongyue.test "都相同就都是优秀，并写明" (function(t)
  local result = standings(t, { inputs(99, 99, 99), inputs(92, 92, 92), inputs(92, 92, 92) })
  t.equal(bands(result, 3), "excellent excellent excellent")
  t.equal(result.notes[2], "末位同分，各项也相同，并列保留")
end)

gongyue.test "被一票否决的不占优秀名额" (function(t)
  local vetoed = inputs(99, 99, 99)
  vetoed.vetoes = { false_record = true }
  local result = standings(t, { vetoed, inputs(95, 95, 95), inputs(91, 91, 91) })
  t.equal(bands(result, 3), "pass excellent excellent")
end)
