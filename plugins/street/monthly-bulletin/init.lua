-- 月报：四账汇总（ledgers）、月报汇总（report）、排名通报（ranking）。
return {
  require "ledgers",
  require "monthly_report",
  require "ranking",
}
