-- 八个社区一览：楼栋、户数、居民、在任楼栋长。
-- 用法：gongyue run scripts/overview.lua
local rows = {}
for _, community in ipairs(gongyue.units:where { level = "community" }:order("key"):list()) do
  local here = { unit = community.key }
  rows[#rows + 1] = {
    community.key, community.name,
    gongyue.buildings:where(here):count(),
    gongyue.dwellings:where(here):count(),
    gongyue.persons:where(here):count(),
    gongyue.posts:where(here):where { role = "head" }:in_force(gongyue.today):count(),
  }
end

local report = gongyue.report.new "社区一览"
report:table({
  { title = "代码" }, { title = "社区" }, { title = "楼栋", align = "right" }, { title = "户数", align = "right" },
  { title = "居民", align = "right" }, { title = "楼栋长", align = "right" },
}, rows)
return report
