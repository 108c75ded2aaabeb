-- 月报：四账汇总（ledgers）、事项月报（report）、排名通报（ranking）。
return {
  require "ledgers",
  require "monthly_report",
  require "ranking",
}
