-- 黄金数：给定各板块的输入，得分必须分毫不差。
local gongyue = require "gongyue"

-- 六个板块同样的工作；C 由三率算出。
local function inputs(closed_loop)
  return {
    organisation = 100, deliberation = 90, closed_loop = closed_loop,
    visits = 88, publicity = 100, environment = 76, satisfaction = 91,
  }
end

local function score(t, closed_loop, type)
  local formula = t.formula "community-assessment"
  return formula:given(inputs(closed_loop), { type = type, period = "2026-04" })
end

local usual = { response = { 63, 64 }, solution = { 58, 64 }, satisfaction = { 41, 46 } }

gongyue.test "响应 63/64、解决 58/64、满意 41/46，闭环办理得 89.76" (function(t)
  t.near_exact(score(t, usual, "old_estate").blocks.closed_loop, "89.76")
end)

gongyue.test "没有回访时满意率不计，权重由其余两率分担，得 92.31" (function(t)
  local without = { response = { 64, 64 }, solution = { 90, 100 }, satisfaction = { 0, 0 } }
  t.near_exact(score(t, without, "old_estate").blocks.closed_loop, "92.31")
end)

local totals = {
  old_estate = "89.40", unit_compound = "90.45", commodity = "90.94",
  village_to_city = "90.72", mixed_commercial = "90.16",
}

for type, total in pairs(totals) do
  gongyue.test("同样的工作，" .. type .. " 得 " .. total) (function(t)
    t.near_exact(score(t, usual, type).score, total)
  end)
end

gongyue.test "只在最后四舍五入一次：89.15，而不是 89.16" (function(t)
  local edge = { response = { 59, 64 }, solution = { 55, 64 }, satisfaction = { 41, 46 } }
  local result = score(t, edge, "village_to_city")
  t.near_exact(result.score, "89.15")
  t.equal(result.band, "good")
end)
