/// What workers do day by day: duty, patrol, log, visits, ledgers (E10, F15–F19).
extension BuiltInKinds {
  static let duties: [Kind] = [
    Kind(
      "duty_day", collection: "duty_days", "值班日", "duty day", code: "W", happened: "day",
      fields: [
        Field("worker", "工作者", "worker", .reference(to: "post"), required: true),
        Field("day", "日期", "day", .day, required: true),
        Field(
          "status", "状态", "status",
          .choice([
            Choice("duty", "在岗", "on duty"), Choice("leave", "请假", "on leave"),
          ]), required: true),
      ]),
    Kind(
      "patrol", collection: "patrols", "每日巡查", "patrol", code: "Q", happened: "day",
      fields: [
        Field("worker", "工作者", "worker", .reference(to: "post"), required: true),
        Field("day", "日期", "day", .day, required: true),
        Field("minutes", "时长", "minutes", .integer, measure: Words("分钟", "min"), required: true),
        Field("findings", "发现问题", "findings", .integer, required: true),
      ]),
    Kind(
      "log_entry", collection: "log_entries", "民情日志", "log entry", code: "J", happened: "day",
      fields: [
        Field("worker", "工作者", "worker", .reference(to: "post"), required: true),
        Field("day", "日期", "day", .day, required: true),
        Field("text", "内容", "text", .text, privacy: .personal(.text), required: true),
      ]),
    Kind(
      "visit_plan", collection: "visit_plans", "走访计划", "visit plan", code: "VP", within: "dwelling",
      belongsTo: "dwelling",
      fields: [
        Field(
          "sort", "对象", "sort",
          .choice([
            Choice("household", "居民户", "household"), Choice("unit", "社会单位", "unit"),
          ]), required: true),
        Field("month", "月份", "month", .period, required: true),
        Field("worker", "工作者", "worker", .reference(to: "post"), required: true),
        Field("dwelling", "住房", "dwelling", .reference(to: "dwelling")),
        Field("resident_unit", "驻社区单位", "resident unit", .reference(to: "resident_unit")),
      ]),
    Kind(
      "visit", collection: "visits", "走访", "visit", code: "VS", happened: "day", within: "plan",
      belongsTo: "plan",
      fields: [
        Field("plan", "计划", "plan", .reference(to: "visit_plan"), required: true),
        Field("day", "日期", "day", .day, required: true),
        Field(
          "outcome", "结果", "outcome",
          .choice([
            Choice("made", "已走访", "made"), Choice("attempt", "未遇", "attempt"),
          ]), required: true),
      ]),
    Kind(
      "ledger_count", collection: "ledger_counts", "台账盘点", "ledger count", code: "LC",
      fields: [
        Field("ledger", "台账", "ledger", .choice(ledgers), required: true),
        Field("month", "月份", "month", .period, required: true),
        Field("opening", "期初", "opening", .integer, required: true),
        Field("counted", "期末实数", "counted closing", .integer),
      ]),
    Kind(
      "ledger_movement", collection: "ledger_movements", "台账变动", "ledger movement", code: "LM",
      happened: "day",
      fields: [
        Field("ledger", "台账", "ledger", .choice(ledgers), required: true),
        Field("day", "日期", "day", .day, required: true),
        Field(
          "cause", "原因", "cause",
          .choice([
            Choice("in", "迁入", "in"), Choice("out", "迁出", "out"), Choice("birth", "出生", "birth"),
            Choice("death", "死亡", "death"), Choice("correction", "更正", "correction"),
          ]), required: true),
        Field("quantity", "数量（带正负号）", "signed quantity", .integer, required: true),
        Field("reason", "更正理由", "reason", .text),
      ]),
  ]

  /// 四账 without the master ledger, which is derived and never typed (F18d).
  static let ledgers: [Choice] = [
    Choice("residents", "居民管理台账", "residents"),
    Choice("units", "社会单位管理台账", "resident units"),
    Choice("organisations", "社区社会组织管理台账", "social organisations"),
  ]
}
