-- 社区一览：楼栋、户数、入住、居民、在任楼栋长，最后一行是全街合计；代管小区另列。
-- 用法：gongyue run scripts/overview.lua
--       gongyue run scripts/overview.lua day=2026-04-30      看那一天在任的楼栋长
local day = arguments.day or gongyue.today

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

local function number(title) return { title = title, align = "right" } end

local columns = {
  "代码", "社区", number "楼栋", number "户数", number "入住", number "居民", number "楼栋长",
}

local rows, sums = {}, { 0, 0, 0, 0, 0 }
for _, community in ipairs(gongyue.units:where { level = "community" }:order("key"):list()) do
  local found = counts(community.key)
  rows[#rows + 1] = { community.key, community.name, table.unpack(found) }
  for column, count in ipairs(found) do sums[column] = sums[column] + count end
end
rows[#rows + 1] = { "", "合计", table.unpack(sums) }

local report = gongyue.report.new("社区一览 " .. day)
report:table(columns, rows)

for _, estate in ipairs(gongyue.units:where { level = "estate" }:order("key"):list()) do
  local found = counts(estate.key)
  report:footnote(string.format("代管小区%s：%d 户，已入住 %d 户，不在合计里。", estate.name, found[2], found[3]))
end
return report
