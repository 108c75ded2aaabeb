/// The administrative structure itself, kept as records so that its history is kept too (B4, I5, J4).
extension BuiltInKinds {
  public static let structure: [Kind] = [
    Kind(
      "unit", collection: "units", "单位", "unit", code: "UN", valid: ("from", "to"),
      published: .everything, writers: Role.ofStreet,
      fields: [
        Field("key", "单位代码", "unit id", .text, required: true),
        Field("name", "名称", "name", .text, required: true),
        Field("english", "英文名", "English name", .text),
        Field(
          "level", "层级", "level",
          .choice(
            UnitLevel.allCases.map {
              Choice($0.rawValue, $0.label.chinese, $0.label.english)
            }), required: true),
        Field("parent", "上级", "parent", .unit),
        Field("has_committee", "已设居委会", "has a committee", .boolean, required: true),
        Field("from", "起", "from", .day, required: true),
        Field("to", "止", "until", .day),
      ]),
    Kind(
      "unit_type", collection: "unit_types", "单位类型", "type of unit", code: "UT",
      valid: ("from", "to"), published: .everything, writers: Role.ofStreet,
      fields: [
        Field("typology", "分类法", "typology", .text, required: true),
        // No choice: a workspace declares typologies of its own, and the tree of units knows them.
        Field("type", "类型", "type", .text, required: true),
        Field("from", "起", "from", .day, required: true),
        Field("to", "止", "until", .day),
      ]),
    Kind(
      "adjacency", collection: "adjacencies", "相邻", "adjacency", code: "AD", valid: ("from", "to"),
      published: .everything, writers: Role.ofStreet,
      fields: [
        Field("neighbour", "相邻单位", "neighbour", .unit, required: true),
        Field("from", "起", "from", .day, required: true),
        Field("to", "止", "until", .day),
      ]),
    Kind(
      "caretaking", collection: "caretakings", "代管", "caretaking", code: "CT",
      valid: ("from", "to"), published: .everything, writers: Role.ofStreet,
      fields: [
        Field("caretaker", "代管社区", "caretaker", .unit, required: true),
        Field("from", "起", "from", .day, required: true),
        Field("to", "止", "until", .day),
      ]),
  ]
}
