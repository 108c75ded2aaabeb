/// Who lives and serves here: persons, posts, parties' branches, organisations (B, C, D, F18, G).
extension BuiltInKinds {
  /// The posts a person can hold; duties follow posts, not persons (J6).
  static let roles: [Choice] = [
    Choice("secretary", "书记", "secretary"),
    Choice("director", "主任", "director"),
    Choice("worker", "社区工作者", "community worker"),
    Choice("head", "楼栋长", "building head"),
    Choice("council", "议事会成员", "council member"),
    Choice("representative", "居民代表", "residents' representative"),
    Choice("receptionist", "接待员", "receptionist"),
    Choice("supervisor", "居务监督委员", "supervision committee member"),
  ]

  static let people: [Kind] = [
    Kind(
      "person", collection: "persons", "居民", "person", code: "P", within: "dwelling",
      belongsTo: "id", writers: Role.ofCommunityAndHeads,
      fields: [
        Field("name", "姓名", "name", .text, privacy: .personal(.name), required: true),
        Field("birth_year", "出生年份", "birth year", .integer, privacy: .personal(.hidden)),
        Field(
          "dwelling", "住房", "dwelling", .reference(to: "dwelling"), privacy: .personal(.hidden)),
        Field(
          "residence", "居住类别", "residence",
          .choice([
            Choice("registered", "户籍", "registered"), Choice("floating", "流动", "floating"),
          ]), required: true),
        Field("aged", "六十岁以上", "sixty or older", .boolean, required: true),
        Field(
          "party", "党员", "party membership",
          .choice([
            Choice("none", "否", "none"), Choice("full", "正式党员", "full member"),
            Choice("probationary", "预备党员", "probationary member"),
          ]), required: true),
        Field("branch", "所在支部", "party branch", .reference(to: "party_branch")),
        Field("phone", "电话", "phone", .text, privacy: .personal(.telephone)),
        Field(
          "also_listed", "另一登记", "other record of the same person", .text, privacy: .personal(.text)
        ),
      ]),
    Kind(
      "post", collection: "posts", "任职", "post", code: "T", valid: ("from", "to"),
      published: .isMissing(field: "to"), within: "building", belongsTo: "person",
      fields: [
        Field("role", "职务", "role", .choice(roles), required: true),
        Field("person", "任职人", "person", .reference(to: "person")),
        Field("name", "姓名", "name", .text, privacy: .personal(.name)),
        Field("building", "楼栋", "building", .reference(to: "building")),
        Field("seat", "席位", "seat", .reference(to: "council_seat")),
        Field("from", "任职起", "from", .day, required: true),
        Field("to", "任职止", "until", .day),
        Field("ended_because", "离任原因", "why it ended", .text),
      ]),
    Kind(
      "party_organisation", collection: "party_organisations", "社区党组织", "party organisation",
      code: "G",
      fields: [
        Field(
          "form", "形式", "form",
          .choice([
            Choice("general_branch", "党总支", "general branch"), Choice("branch", "党支部", "branch"),
          ]), required: true),
        Field("formed", "成立日期", "formed", .day, required: true),
      ]),
    Kind(
      "party_branch", collection: "party_branches", "楼宇党支部（党小组）", "building party branch",
      code: "R",
      fields: [
        Field("name", "名称", "name", .text, required: true),
        Field(
          "form", "形式", "form",
          .choice([
            Choice("branch", "楼宇党支部", "building branch"), Choice("group", "党小组", "party group"),
          ]), required: true),
        Field("formed", "成立日期", "formed", .day, required: true),
      ]),
    Kind(
      "building_group", collection: "building_groups", "楼栋居民自治小组", "building group", code: "Z",
      published: .everything, within: "building", writers: Role.ofCommunityAndHeads,
      fields: [
        Field("building", "楼栋", "building", .reference(to: "building"), required: true),
        Field("formed", "成立日期", "formed", .day, required: true),
      ]),
    Kind(
      "resident_unit", collection: "resident_units", "驻社区单位", "resident unit", code: "U",
      published: .everything,
      fields: [
        Field("name", "名称", "name", .text, required: true),
        Field(
          "sort", "类别", "sort",
          .choice([
            Choice("school", "学校", "school"), Choice("clinic", "诊所", "clinic"),
            Choice("shop", "商铺", "shop"),
            Choice("firm", "企业", "firm"), Choice("office", "机关事业单位", "office"),
            Choice("property_firm", "物业公司", "property firm"),
            Choice("cooperative", "经济合作社", "co-operative"),
            Choice("mine", "矿山企业", "mine"),
          ]), required: true),
        Field("phone", "电话", "phone", .text),
      ]),
    Kind(
      "social_organisation", collection: "social_organisations", "社区社会组织", "social organisation",
      code: "O", published: .everything,
      fields: [
        Field("name", "名称", "name", .text, required: true),
        Field(
          "sort", "类别", "sort",
          .choice([
            Choice("culture_sport", "文体类", "culture and sport"),
            Choice("service", "服务互助类", "service and mutual help"),
            Choice("safety_mediation", "平安调解类", "safety and mediation"),
            Choice("consultation", "议事协商类", "consultation"),
            Choice("hub", "枢纽类", "hub"),
          ]), required: true),
        Field("recorded", "备案日期", "recorded", .day, required: true),
        Field("ended", "注销日期", "ended", .day),
      ]),
    Kind(
      "activity", collection: "activities", "社会组织活动", "activity", code: "X", happened: "day",
      published: .everything,
      fields: [
        Field(
          "organisation", "社会组织", "organisation", .reference(to: "social_organisation"),
          required: true),
        Field("day", "日期", "day", .day, required: true),
        Field("title", "内容", "title", .text, required: true),
      ]),
  ]
}
