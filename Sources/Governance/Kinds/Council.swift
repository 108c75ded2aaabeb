/// How residents deliberate: mandate, seats, sessions, advice, conventions (A7, D1–D17, H6).
extension BuiltInKinds {
  static let council: [Kind] = [
    Kind(
      "mandate", collection: "mandates", "议事会授权", "mandate", code: "M", valid: ("from", "to"),
      published: .everything,
      fields: [
        Field("scope", "授权范围", "scope", .text, required: true),
        Field("from", "生效", "from", .day, required: true),
        Field("to", "到期", "until", .day),
      ]),
    Kind(
      "trial_operation", collection: "trial_operations", "试运行", "trial operation", code: "I",
      valid: ("from", "to"),
      fields: [
        Field("from", "开始", "from", .day, required: true),
        Field("to", "结束", "until", .day),
      ]),
    Kind(
      "council_seat", collection: "council_seats", "议事会席位", "council seat", code: "E",
      published: .everything,
      fields: [
        Field("number", "席位号", "number", .integer, required: true),
        Field(
          "sort", "席位类别", "sort",
          .choice([
            Choice("elected", "选举产生", "elected"), Choice("cadre", "社区干部", "cadre"),
            Choice("supplementary", "补充产生", "supplementary"),
          ]), required: true),
      ]),
    Kind(
      "session", collection: "sessions", "议事会会议", "council session", code: "H", happened: "held",
      fields: [
        Field("held", "召开日期", "held", .day, required: true),
        Field("subject", "议题", "subject", .text, required: true),
        Field("seats_filled", "在任席位", "seats filled", .integer, required: true),
        Field("quorate", "达到法定人数", "quorate", .boolean, required: true),
        Field("minutes_due", "纪要应签日", "minutes due", .day),
        Field("minutes_signed", "纪要签署日", "minutes signed", .day),
        Field("votes_for", "赞成", "votes for", .integer),
        Field("votes_against", "反对", "votes against", .integer),
        Field("abstained", "弃权", "abstained", .integer),
      ]),
    Kind(
      "attendance", collection: "attendances", "到会", "attendance", code: "A", happened: "held",
      fields: [
        Field("session", "会议", "session", .reference(to: "session"), required: true),
        Field("held", "日期", "held", .day, required: true),
        Field("seat", "席位", "seat", .reference(to: "council_seat"), required: true),
        Field("present", "到会", "present", .boolean, required: true),
      ]),
    Kind(
      "excuse", collection: "excuses", "免开批准", "excused month", code: "K",
      writers: Role.ofStreet,
      fields: [
        Field("month", "月份", "month", .period, required: true),
        Field("granted", "批准日期", "granted", .day, required: true),
        Field("reason", "理由", "reason", .text, required: true),
      ]),
    Kind(
      "advice", collection: "advices", "建议与督办", "advice", code: "V", happened: "raised",
      fields: [
        Field(
          "sort", "类别", "sort",
          .choice([
            Choice("advice", "议事会建议", "council advice"),
            Choice("supervised", "督办事项", "supervised matter"),
          ]), required: true),
        Field("subject", "内容", "subject", .text, required: true),
        Field("raised", "提出日期", "raised", .day, required: true),
        Field("due", "应答复日", "due", .day, required: true),
        Field("replied", "答复日期", "replied", .day),
      ]),
    Kind(
      "convention", collection: "conventions", "居民公约", "convention", code: "N",
      valid: ("in_force", "ended"),
      published: .oneOf(
        field: "state", [.text("publicity"), .text("in_force"), .text("ended")]),
      fields: [
        Field("title", "名称", "title", .text, required: true),
        Field("matter", "事项", "matter", .text, required: true),
        Field(
          "field", "领域", "field",
          .choice([
            Choice("sanitation", "环境卫生", "sanitation"), Choice("security", "治安防范", "security"),
            Choice("public_works", "公益建设", "public welfare works"),
            Choice("facility_care", "设施管护", "facility care"),
          ]), required: true),
        Field(
          "state", "状态", "state",
          .choice([
            Choice("drafted", "起草", "drafted"), Choice("voting", "表决", "voting"),
            Choice("publicity", "公示", "publicity"), Choice("returned", "街道退回", "returned"),
            Choice("blocked", "待业主表决", "awaiting owners' vote"),
            Choice("in_force", "生效", "in force"),
            Choice("ended", "终止", "ended"),
          ]), required: true),
        Field("in_force", "生效日期", "in force from", .day),
        Field("ended", "终止日期", "ended", .day),
        Field("review_due", "年度评估应办日", "review due", .day),
        Field("reviewed", "评估日期", "reviewed", .day),
      ]),
  ]
}
