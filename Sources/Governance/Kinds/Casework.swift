/// The eight mandatory reports and what becomes of them (E1–E9, G6–G10).
extension BuiltInKinds {
  /// 八必报, in the plan's order; E3, E5, E8 are sensitive as such.
  public static let reportKinds: [Choice] = [
    Choice("facility_damage", "公共设施损坏", "facility damage"),
    Choice("back_alley_unclean", "背街小巷不洁", "back alley unclean"),
    Choice("new_pregnancy", "新增孕妇", "new pregnancy", .sensitive),
    Choice("inbound_residents", "外来人员流入", "inbound residents"),
    Choice("serious_illness", "居民病重住院", "serious illness", .sensitive),
    Choice("rental_started", "居民房屋出租", "rental started"),
    Choice("safety_hazard", "安全隐患", "safety hazard"),
    Choice("instability_factor", "不稳定因素", "instability factor", .sensitive),
  ]

  static let casework: [Kind] = [
    Kind(
      "case", collection: "cases", "事项", "case", code: nil, happened: "reported",
      chronology: ["reported", "accepted", "resolved"],
      within: "building",
      reportedByHead: .compare(field: "channel", .equal, .value(.text("head"))),
      writers: Role.ofCommunityAndHeads,
      fields: [
        Field("kind", "事项类别", "kind", .choice(reportKinds), required: true),
        Field("danger", "危险", "danger", .boolean, required: true),
        Field("place", "地点", "place", .text),
        Field("building", "楼栋", "building", .reference(to: "building")),
        Field("estate", "代管小区", "caretaker estate", .unit),
        Field("consent", "本人同意", "consent given", .boolean, privacy: .sensitive),
        Field("reporter", "报告人", "reporter", .text, privacy: .personal(.name)),
        Field(
          "channel", "渠道", "channel",
          .choice([
            Choice("head", "楼栋长", "building head"), Choice("window", "接待窗口", "window"),
            Choice("virtual", "线上接待室", "virtual room"),
            Choice("hotline", "12345热线", "12345 hotline"),
            Choice("patrol", "巡查", "patrol"),
          ]), required: true),
        Field(
          "state", "状态", "state",
          .choice([
            Choice("submitted", "已提交", "submitted"), Choice("accepted", "已受理", "accepted"),
            Choice("handling", "办理中", "handling"), Choice("resolved", "已办结", "resolved"),
            Choice("closed", "已归档", "closed"), Choice("excluded", "不计", "excluded"),
          ]), required: true),
        Field(
          "exclusion", "不计原因", "why excluded",
          .choice([
            Choice("duplicate", "重复", "duplicate"), Choice("withdrawn", "撤回", "withdrawn"),
            Choice("not_ours", "非本社区事项", "not ours"),
          ])),
        Field("duplicate_of", "重复于", "duplicate of", .reference(to: "case")),
        Field("reported", "报告时间", "reported", .instant, required: true),
        Field("accept_due", "受理时限", "accept due", .instant, required: true),
        Field("accepted", "受理时间", "accepted", .instant),
        Field("resolve_due", "办结时限", "resolve due", .instant, required: true),
        Field("resolved", "办结时间", "resolved", .instant),
        Field("fed_back", "反馈时间", "fed back", .instant),
        Field("closed", "归档日期", "closed", .day),
        Field("extended", "延期次数", "extensions", .integer, required: true),
        Field("red_on", "红牌日期", "red since", .day),
        Field("recurrence_of", "复发于", "recurrence of", .reference(to: "case")),
        Field("watch_ends", "复发观察期止", "watch ends", .day),
      ]),
    Kind(
      "callback", collection: "callbacks", "满意度回访", "call-back", code: "L", happened: "called",
      within: "case", verdict: true,
      fields: [
        Field("case", "事项", "case", .reference(to: "case"), required: true),
        Field("called", "回访日期", "called", .day, required: true),
        Field("answered", "接通作答", "answered", .boolean, required: true),
        Field("satisfied", "满意", "satisfied", .boolean),
        Field("seed", "抽样种子", "sampling seed", .integer, required: true),
      ]),
  ]
}
