import Governance
import Testing

/// Reading, showing and spelling values.
@Suite struct `Settings values` {
  static let days = SettingWorld.notice()
  static let rate = SettingDeclaration(
    "rate", "比率", "rate", .decimal(places: 2), measure: Words("%", "%"))
  static let route = SettingDeclaration(
    "route", "程序", "route",
    .choice([Choice("assembly", "居民会议", "assembly"), Choice("council", "议事会", "council")]))
  static let names = SettingDeclaration("names", "名单", "names", .list(of: .text))
  static let flag = SettingDeclaration("flag", "公开", "public", .boolean)
  static let date = SettingDeclaration("date", "日期", "date", .day)

  @Test(arguments: [
    (days, "7", "7", "7 个工作日"), (days, " 7 个工作日 ", "7", "7 个工作日"),
    (days, "７", "7", "7 个工作日"), (days, "7 working days", "7", "7 个工作日"),
    (days, "-3", "-3", "-3 个工作日"), (rate, "95", "95", "95%"), (rate, "95.50%", "95.5", "95.5%"),
    (rate, "0.05", "0.05", "0.05%"), (route, "居民会议", "\"assembly\"", "居民会议"),
    (route, "council", "\"council\"", "议事会"), (names, "甲、乙,丙", "[\"甲\",\"乙\",\"丙\"]", "甲、乙、丙"),
    (names, "[甲, “乙，丙”]", "[\"甲\",\"乙，丙\"]", "甲、乙，丙"), (names, "", "[]", "（空）"),
    (flag, "是", "true", "是"), (flag, "no", "false", "否"),
    (date, "2026-05-12", "2026-05-12", "2026-05-12"),
  ])
  func `What a person types is read, spelled and shown`(
    declaration: SettingDeclaration, text: String, canonical: String, shown: String
  ) throws {
    let value = try declaration.read(text)
    #expect(value.canonical == canonical)
    #expect(declaration.words(value).chinese == shown)
    #expect(declaration.type.value(canonical: canonical) == value)
  }

  @Test(arguments: [
    (days, "7.5", "“公示期”（notice.workdays）应为整数，现在是“7.5”"),
    (days, "", "“公示期”（notice.workdays）应为整数，现在是“”"),
    (days, "99999999999999999999", "“公示期”（notice.workdays）应为整数，现在是“99999999999999999999”"),
    (rate, "1.234", "“比率”（rate）应为数字，小数不超过 2 位，现在是“1.234”"),
    (rate, "NaN", "“比率”（rate）应为数字，小数不超过 2 位，现在是“NaN”"),
    (route, "表决", "“程序”（route）应为下列之一：居民会议（assembly）、议事会（council），现在是“表决”"),
    (flag, "也许", "“公开”（flag）应为“是”或“否”，现在是“也许”"),
    (date, "2026-02-30", "“日期”（date）应为日期，如 2026-05-12，现在是“2026-02-30”"),
  ])
  func `What does not fit says what was expected`(
    declaration: SettingDeclaration, text: String, message: String
  ) {
    let problem = SettingWorld.problem { try declaration.read(text) }
    #expect(problem?.code == .settingInvalid)
    #expect(problem?.message.chinese == message)
  }

  @Test func `Numbers from a file take the declared form`() throws {
    #expect(try Self.rate.accept(.integer(95)).canonical == "95")
    #expect(
      try Self.rate.accept(.integer(95)) == (try Self.rate.accept(.text("95.00"))))
    #expect(try Self.days.accept(.decimal(Decimal(units: 70, places: 1))) == .integer(7))
    #expect(throws: Problem.self) { try Self.days.accept(.boolean(true)) }
    #expect(throws: Problem.self) { try Self.rate.accept(.integer(.max)) }
  }

  @Test func `A list of records nests`() throws {
    let bands = SettingDeclaration(
      "bands", "等级", "bands",
      .list(
        of: .record([
          SettingMember("id", "代码", "id", .text),
          SettingMember("at_least", "不低于", "at least", .integer),
        ])))
    let value = try bands.read("{id=excellent, 不低于=90}, {id=good, at_least=80}")
    #expect(
      value.canonical == #"[{"at_least":90,"id":"excellent"},{"at_least":80,"id":"good"}]"#)
    #expect(bands.type.value(canonical: value.canonical) == value)
  }

  @Test(arguments: 0..<40)
  func `Any value is read back from its canonical spelling`(seed: UInt64) throws {
    var generator = Seeded(seed)
    let texts = ["甲", "a\"b", "x\\y", "一，二", "{", "]", "a=b", "行\n行", " 空 ", "\u{1}", ""]
    let type = SettingType.list(
      of: .record([
        SettingMember("name", "名称", "name", .text),
        SettingMember("share", "份额", "share", .decimal(places: 3)),
        SettingMember("days", "日子", "days", .list(of: .day)),
      ]))
    let value = SettingValue.list(
      (0..<Int.random(in: 0...4, using: &generator)).map { _ in
        .map([
          "name": .text(texts.randomElement(using: &generator)!),
          "share": .decimal(
            Decimal(units: Int64.random(in: -9999...9999, using: &generator), places: 3)),
          "days": .list(
            (0..<Int.random(in: 0...3, using: &generator)).map { _ in
              .day(Day(ordinal: Int.random(in: 0...40_000, using: &generator)))
            }),
        ])
      })
    #expect(type.value(canonical: value.canonical) == value)
  }
}
