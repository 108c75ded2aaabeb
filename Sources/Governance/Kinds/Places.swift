/// Where people live: courtyards, buildings, stairwells, dwellings (B16, C5, F18a).
extension BuiltInKinds {
  static let places: [Kind] = [
    Kind(
      "courtyard", collection: "courtyards", "院落", "courtyard", code: "Y", published: .everything,
      fields: [Field("name", "名称", "name", .text, required: true)]),
    Kind(
      "building", collection: "buildings", "楼栋", "building", code: "B", published: .everything,
      within: "id",
      fields: [
        Field("name", "名称", "name", .text, required: true),
        Field("number", "楼号", "number", .integer, required: true),
        Field(
          "form", "形式", "form",
          .choice([
            Choice("block", "楼房", "block"), Choice("lane", "平房巷", "lane"),
          ]), required: true),
        Field("courtyard", "所属院落", "courtyard", .reference(to: "courtyard")),
      ]),
    Kind(
      "stairwell", collection: "stairwells", "单元（楼门）", "stairwell", code: "S",
      published: .everything, within: "building",
      fields: [
        Field("building", "楼栋", "building", .reference(to: "building"), required: true),
        Field("number", "单元号", "number", .integer, required: true),
      ]),
    Kind(
      "dwelling", collection: "dwellings", "住房（户）", "dwelling", code: "D", within: "building",
      belongsTo: "id", writers: Role.ofCommunityAndHeads,
      fields: [
        Field("building", "楼栋", "building", .reference(to: "building")),
        Field("stairwell", "单元", "stairwell", .reference(to: "stairwell")),
        Field("door", "门牌", "door", .text, privacy: .personal(.address)),
        Field("occupied", "已入住", "occupied", .boolean, required: true),
        Field("rented", "出租", "rented", .boolean, required: true),
        Field("low_income", "低保户", "low-income household", .boolean, privacy: .sensitive),
      ]),
  ]
}
