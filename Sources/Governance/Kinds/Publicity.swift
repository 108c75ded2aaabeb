/// What is published, asked and felt: disclosure, questions, surveys, recorded merits (F6–F9, G, H4, I6).
extension BuiltInKinds {
  static let publicity: [Kind] = [
    Kind(
      "obligation", collection: "obligations", "公开事项", "disclosure obligation", code: "DO",
      chronology: ["posted", "removed"],
      published: .not(.isMissing(field: "posted")),
      fields: [
        Field(
          "sort", "类别", "sort",
          .choice([
            Choice("finance", "财务公开", "finance"), Choice("major_matter", "重大事项", "major matter"),
            Choice("other", "其他事项", "other"),
          ]), required: true),
        Field("title", "标题", "title", .text, required: true),
        Field("decided", "决定日期", "decided", .day, required: true),
        Field("due", "应公开日", "due", .day, required: true),
        Field("posted", "张贴日期", "posted", .day),
        Field("keep_until", "应保留至", "to be kept until", .day),
        Field("removed", "撤下日期", "removed", .day),
      ]),
    Kind(
      "question", collection: "questions", "居民提问", "question", code: "QA", happened: "asked",
      chronology: ["asked", "answered"],
      published: .compare(field: "channel", .equal, .value(.text("board"))),
      fields: [
        Field("subject", "内容", "subject", .text, required: true),
        Field(
          "channel", "渠道", "channel",
          .choice([
            Choice("board", "公开栏", "board"), Choice("virtual", "线上接待室", "virtual room"),
            Choice("window", "接待窗口", "window"),
          ]), required: true),
        Field("asked", "提问日期", "asked", .day, required: true),
        Field("due", "应答复日", "due", .day, required: true),
        Field("answered", "答复日期", "answered", .day),
      ]),
    Kind(
      "survey_answer", collection: "survey_answers", "季度居民问卷", "survey answer", code: "SA",
      verdict: true,
      fields: [
        Field("panel", "问卷期", "panel", .period, required: true),
        Field("completed", "完成日期", "panel completed", .day, required: true),
        Field("answered", "作答", "answered", .boolean, required: true),
        Field("satisfied", "满意", "satisfied", .boolean),
      ]),
    Kind(
      "merit", collection: "merits", "加分事实", "recorded merit", code: "MR", happened: "day",
      writers: Role.ofStreet,
      fields: [
        Field("title", "事由", "title", .text, required: true),
        Field("day", "日期", "day", .day, required: true),
        Field("points", "分值", "points", .decimal(places: 1), required: true),
        Field("approved", "批准日期", "approved", .day),
      ]),
    Kind(
      "finding", collection: "findings", "查实问题", "proved finding", code: "FD", happened: "day",
      writers: Role.ofStreet,
      fields: [
        Field(
          "sort", "类别", "sort",
          .choice([
            Choice("false_record", "弄虚作假", "false record"),
            Choice("privacy_leak", "泄露隐私", "privacy leak"),
          ]), required: true),
        Field("day", "查实日期", "proved on", .day, required: true),
        Field("summary", "情况", "summary", .text, required: true),
      ]),
  ]
}
