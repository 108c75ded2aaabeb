-- 各板块共用的说法：哪些事项计入考核，怎样算“按时”。
local gongyue = require "gongyue"

local common = {}

-- 孕情、病重住院、不稳定因素三类敏感事项不进入任何指标，这里只列其余五类。
local counted_kinds = gongyue.any {
  "facility_damage", "back_alley_unclean", "inbound_residents", "rental_started", "safety_hazard",
}

-- 设施、环境、隐患三类，供“环境安全”板块使用。
local hazard_kinds = gongyue.any { "facility_damage", "back_alley_unclean", "safety_hazard" }

--- 计入考核的事项：重复、撤回、不属本社区的已带原因剔除。
function common.cases()
  return gongyue.cases:where { kind = counted_kinds, state = gongyue.isnt "excluded" }
end

--- 计入考核的设施、环境、隐患事项。
function common.hazards()
  return common.cases():where { kind = hazard_kinds }
end

--- 到期的、其中按时完成的：分子在前，分母在后。
--- 到期日落在考核期内的才计入，所以迟到的事项不会在月份之间滑动。
function common.in_time(records, due, done, within)
  local owed = records:where { [due] = within }
  return owed:where { [done] = gongyue.at_most(gongyue.field(due)) }, owed
end

--- 街道是否事先批准本月免开议事会：批准要在当月第一天之前。
function common.is_excused(s)
  return gongyue.excuses:where { month = s.period, granted = gongyue.less(s.from) }:exists()
end

--- 当月达到法定人数的议事会会议。
function common.quorate(s)
  return gongyue.sessions:where { held = s.within, quorate = true }
end

--- 月末才到期的事（开会、盘点），本月没过完就还没到期，暂计时不算欠。
function common.is_running(s)
  return s.seen < s.to
end

return common
