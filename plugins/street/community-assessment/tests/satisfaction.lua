-- S 满意活动：最近一次完成的季度问卷、社会组织活动。
local gongyue = require "gongyue"
local street = require "tests.support.street"

local function answers(panel, completed, yes, no)
  return street.times(yes + no, function(number)
    return { panel = panel, completed = completed, answered = true, satisfied = number <= yes }
  end)
end

local function joined(...)
  local all = {}
  for _, list in ipairs { ... } do table.move(list, 1, #list, #all + 1, all) end
  return all
end

gongyue.test "取最近一次完成的问卷，不管它是哪个季度的" (function(t)
  local both = joined(answers("2025-Q4", "2026-01-09", 1, 9), answers("2026-Q1", "2026-04-08", 9, 1))
  -- 四月：9 ÷ 10 = 90%，按 95/60 折 85.71 分；三月还只有上一期，1 ÷ 10 得 0。
  t.near_exact(street.assess(t, { survey_answers = both }).indicators.satisfaction.survey, "85.71")
  local march = street.assess(t, { survey_answers = both }, { period = "2026-03" })
  t.near_exact(march.indicators.satisfaction.survey, 0)
end)

gongyue.test "没作答的不进分母；问卷月末后才完成的还不算" (function(t)
  local list = answers("2026-Q1", "2026-04-08", 2, 0)
  list[3] = { panel = "2026-Q1", completed = "2026-04-08", answered = false }
  t.near_exact(street.assess(t, { survey_answers = list }).indicators.satisfaction.survey, 100)
  local later = answers("2026-Q2", "2026-05-01", 2, 0)
  t.equal(street.assess(t, { survey_answers = later }).indicators.satisfaction.survey, nil)
end)

local function organisation(recorded, ended)
  return { name = "腰鼓队", sort = "culture_sport", recorded = recorded, ended = ended }
end

gongyue.test "社会组织：当月有活动的 ÷ 在册的；办两次算一次，注销的、月后备案的不数" (function(t)
  local result = street.assess(t, {
    social_organisations = {
      organisation "2025-01-01", organisation "2025-01-01",
      organisation("2025-01-01", "2026-04-10"), organisation "2026-05-01",
    },
    activities = {
      { organisation = 1, day = "2026-04-03", title = "排练" },
      { organisation = 1, day = "2026-04-10", title = "排练" },
      { organisation = 2, day = "2026-05-03", title = "排练" },
      { organisation = 3, day = "2026-04-02", title = "排练" },
    },
  })
  -- 1 ÷ 2 = 50%，按 80/20 折 50 分。
  t.near_exact(result.indicators.satisfaction.organisations, 50)
end)

gongyue.test "没有问卷也没有社会组织：整个板块不评" (function(t)
  t.equal(street.assess(t, { conventions = {} }).blocks.satisfaction, nil)
end)
