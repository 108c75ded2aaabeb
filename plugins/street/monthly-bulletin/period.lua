-- 三个命令共用：月份参数，和当月各社区。
local gongyue = require "gongyue"

local period = {}

--- 命令行里 period=2026-04 的声明；不写就是上一个月。
period.argument = {
  name = "period", type = "period", title = "月份，如 2026-04；不写为上个月",
}

--- 要汇报的月份。
function period.chosen(arguments)
  return arguments.period or gongyue.calendar.period(gongyue.today, "month"):previous()
end

--- 全部社区，按代码排列。
function period.communities()
  return gongyue.units:where { level = "community" }:order("key"):list()
end

return period
