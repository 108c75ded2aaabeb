-- 社区一览：楼栋、户数、入住、居民、在任楼栋长，最后一行是全街合计；代管小区另列。
-- 用法：gongyue run scripts/overview.lua
--       gongyue run scripts/overview.lua day=2026-04-30      看那一天在任的楼栋长
local day = arguments.day or gongyue.today
local words = gongyue.words

-- 一个社区的一行；每个数都是当场数出来的，哪里也没有存着合计。
local function counts(unit)
  local here = { unit = unit }
  local dwellings = gongyue.dwellings:where(here)
  return {
    gongyue.buildings:where(here):count(),
    dwellings:count(),
    dwellings:where { occupied = true }:count(),
    gongyue.persons:where(here):count(),
    gongyue.posts:where(here):where { role = "head" }:in_force(day):count(),
  }
end

-- 单位的名称，用读的人的语言；没有英文名就用中文名。
local function name_of(unit)
  return words { zh = unit.name, en = unit.english or unit.name }
end

local function number(zh, en) return { title = { zh = zh, en = en }, align = "right" } end

local columns = {
  { zh = "代码", en = "Id" }, { zh = "社区", en = "Community" }, number("楼栋", "Buildings"),
  number("户数", "Dwellings"), number("入住", "Occupied"), number("居民", "Residents"),
  number("楼栋长", "Heads"),
}

local rows, sums = {}, { 0, 0, 0, 0, 0 }
for _, community in ipairs(gongyue.units:where { level = "community" }:order("key"):list()) do
  local found = counts(community.key)
  rows[#rows + 1] = { community.key, name_of(community), table.unpack(found) }
  for column, count in ipairs(found) do sums[column] = sums[column] + count end
end
rows[#rows + 1] = { "", { zh = "合计", en = "total" }, table.unpack(sums) }

local report = gongyue.report.new(words { zh = "社区一览 ", en = "communities at a glance, " } .. day)
report:table(columns, rows)

for _, estate in ipairs(gongyue.units:where { level = "estate" }:order("key"):list()) do
  local found = counts(estate.key)
  local line = words {
    zh = "代管小区%s：%d 户，已入住 %d 户，不在合计里。",
    en = "estate in care %s: %d dwellings, %d occupied, not in the total",
  }
  report:footnote(string.format(line, name_of(estate), found[2], found[3]))
end
return report
