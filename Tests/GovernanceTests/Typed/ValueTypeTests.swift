import Governance
import Testing

/// The one reader of what people type.
@Suite struct ValueTypeTests {
  static let today = Day("2026-05-12")!
  static let states = ValueType.choice([
    Choice("assembly", "居民会议", "residents' assembly"), Choice("council", "议事会（扩大）", "council"),
  ])

  static func read(
    _ type: ValueType, _ text: String, measure: Words? = nil, label: Words? = nil
  ) -> Value? {
    type.read(text, Typing(today: today, measure: measure, label: label))
  }

  @Test(arguments: [
    ("7", "7"), ("７", "7"), (" +7 ", "7"), ("-3", "-3"), ("－３", "-3"), ("1,234", "1234"),
    ("１，２３４，５６７", "1234567"), ("3万", "30000"), ("1.5万", "15000"), ("２亿", "200000000"),
    ("3 千", "3000"), ("7.0", "7"),
  ])
  func `A whole number is read as people write it`(text: String, number: String) {
    #expect(Self.read(.integer, text) == .integer(Int64(number)!))
  }

  @Test(arguments: [
    ("1,234.5", 12345, 1), ("95", 95, 0), ("０．０５", 5, 2), ("-1.25", -125, 2), ("0.5万", 5000, 0),
    ("1.23456万", 123456, 1),
  ])
  func `A decimal keeps every digit`(text: String, units: Int64, places: Int) {
    #expect(
      Self.read(.decimal(places: nil), text) == .decimal(Decimal(units: units, places: places)))
  }

  static let workdays = Words("个工作日", "working days")

  @Test(arguments: [
    ("7个工作日", workdays), ("7 工作日", workdays), ("7 working days", workdays),
    ("7 Working Day", workdays), ("7天", Words("日", "days")), ("7日", Words("天", "days")),
    ("７％", Words("%", "%")), ("7%", Words("％", "%")),
  ])
  func `What a number counts may stand behind it`(text: String, measure: Words) {
    #expect(Self.read(.integer, text, measure: measure) == .integer(7))
  }

  @Test func `So may what the label says is counted`() {
    let label = Words("延期次数", "extensions")
    #expect(Self.read(.integer, "2次", label: label) == .integer(2))
    #expect(Self.read(.integer, "2天", label: label) == nil)
  }

  // A number of something else would be silently wrong.
  @Test(arguments: ["7天", "7%", "7 个", "7小时", "7 days"])
  func `A number of something else is no number here`(text: String) {
    #expect(Self.read(.integer, text, measure: Self.workdays) == nil)
    #expect(Self.read(.integer, text) == nil)
  }

  @Test(arguments: [
    "", "七", "1,23", "12,34,567", "1,234,5", "1.2.3", "--3", "万", "1e3", "NaN", "0x10", "7.5",
    "99999999999999999999", "9999999999999亿", "1万2千", "٣",
  ])
  func `What is no whole number is refused`(text: String) {
    #expect(Self.read(.integer, text) == nil)
  }

  @Test(arguments: ["是", "有", "开", "对", "Yes", "TRUE", "ｙｅｓ", "on", "1", "１"])
  func `Yes is yes everywhere`(text: String) {
    #expect(Self.read(.boolean, text) == .boolean(true))
  }

  @Test(arguments: ["否", "无", "没有", "关", "不是", "No", "FALSE", "off", "0"])
  func `No is no everywhere`(text: String) {
    #expect(Self.read(.boolean, text) == .boolean(false))
  }

  @Test(arguments: ["也许", "", "2", "yess"])
  func `What is neither is refused`(text: String) {
    #expect(Self.read(.boolean, text) == nil)
  }

  @Test(arguments: [
    "2026-04-03", "2026-4-3", "２０２６-０４-０３", "2026年4月3日", "2026年04月03日", "2026 年 4 月 3 日",
    "4月3日", "４月３号", "2026.4.3", "2026/4/3", "3 April 2026", "3 Apr 2026",
  ])
  func `A day is read as people write it`(text: String) {
    #expect(Self.read(.day, text) == .day(Day("2026-04-03")!))
  }

  @Test(arguments: [
    "2026-02-30", "2月30日", "2026年4月", "4月", "4-3", "2026-04/03", "26年4月3日", "3 Foo 2026", "今天", "",
  ])
  func `What is no day is refused`(text: String) {
    #expect(Self.read(.day, text) == nil)
  }

  @Test func `A day without a year needs to know today`() {
    #expect(ValueType.day.read("4月3日") == nil)
    #expect(ValueType.day.read("2026年4月3日") != nil)
  }

  @Test(arguments: [
    "2026-05-12 09:30", "2026-5-12 9:30", "2026年5月12日 09:30", "2026年5月12日9:30", "5月12日9点30分",
    "5月12日 9时30", "２０２６-０５-１２　０９：３０", "12 May 2026 09:30", "2026-05-12T09:30:00+08:00",
  ])
  func `A moment is read as people write it`(text: String) {
    #expect(Self.read(.instant, text) == .instant(Instant("2026-05-12 09:30")!))
  }

  @Test(arguments: ["2026-05-12", "2026-05-12 25:00", "5月12日 9", "9:30", "2026-02-30 09:30"])
  func `What is no moment is refused`(text: String) {
    #expect(Self.read(.instant, text) == nil)
  }

  @Test(arguments: [
    ("居民会议", "assembly"), ("assembly", "assembly"), ("ＡＳＳＥＭＢＬＹ", "assembly"),
    ("Residents' Assembly", "assembly"), ("居民会议（assembly）", "assembly"),
    ("居民会议(assembly)", "assembly"), ("议事会(扩大)", "council"), ("议事会", "council"),
  ])
  func `A choice is named by code or label, with brackets of either width`(
    text: String, code: String
  ) {
    #expect(Self.read(Self.states, text) == .text(code))
  }

  @Test func `A text is left as it was typed`() {
    #expect(Self.read(.text, "３号楼，1,234 号") == .text("３号楼，1,234 号"))
  }

  @Test(arguments: 1...20)
  func `What the program prints of a value, it reads`(seed: UInt64) throws {
    var random = Seeded(seed)
    func check(_ type: ValueType, _ value: Value, _ printed: [String]) {
      for text in printed { #expect(Self.read(type, text) == value, "\(text)") }
    }
    for _ in 0..<20 {
      let day = Day(ordinal: .random(in: -200_000...800_000, using: &random))
      check(.day, .day(day), ["\(day)", day.chinese, day.label.english])
      let minute = Instant(day) + Int64.random(in: 0..<1440, using: &random) * 60_000
      check(
        .instant, .instant(minute),
        ["\(minute)", minute.label.chinese, minute.label.english, minute.iso, minute.toTheSecond])
      let kind = try #require(PeriodKind.allCases.randomElement(using: &random))
      let custom = try Period(from: day, to: day + .random(in: 1...400, using: &random))
      for period in [Period.containing(day, kind), custom] {
        check(
          .period, .text("\(period)"), ["\(period)", period.label.chinese, period.label.english])
      }
      let number = Int64.random(in: .min...(.max), using: &random)
      check(.integer, .integer(number), ["\(number)"])
      let decimal = Decimal(units: number, places: .random(in: 0...9, using: &random))
      check(.decimal(places: decimal.places), .decimal(decimal), ["\(decimal)"])
    }
    for truth in [true, false] {
      check(.boolean, .boolean(truth), truth ? ["是", "yes", "true"] : ["否", "no", "false"])
    }
  }

  static let settings: [(SettingDeclaration, [SettingValue])] = [
    (
      SettingDeclaration("a", "甲", "a", .integer, measure: workdays),
      [.integer(1), .integer(7), .integer(-3)]
    ),
    (
      SettingDeclaration("b", "乙", "b", .decimal(places: 2), measure: Words("%", "%")),
      [.decimal(Decimal(units: 9550, places: 2)), .decimal(Decimal(units: 0, places: 2))]
    ),
    (SettingDeclaration("c", "丙", "c", .boolean), [.boolean(true), .boolean(false)]),
    (SettingDeclaration("d", "丁", "d", .day), [.day(today)]),
    (SettingDeclaration("e", "戊", "e", .text), [.text("三号楼（东）")]),
    (
      SettingDeclaration("f", "己", "f", .choice([Choice("x", "议事会（扩大）", "wide council")])),
      [.text("x")]
    ),
    (
      SettingDeclaration("g", "庚", "g", .list(of: .integer), measure: workdays),
      [.list([]), .list([.integer(3), .integer(5)])]
    ),
    (
      SettingDeclaration(
        "h", "辛", "h",
        .map(keys: [Choice("x", "党建", "party work"), Choice("y", "治理", "order")], of: .integer),
        measure: Words("分", "points")),
      [.map([:]), .map(["x": .integer(20), "y": .integer(1)])]
    ),
    (
      SettingDeclaration(
        "i", "壬", "i",
        .record([
          SettingMember("full", "满分线", "full at", .integer),
          SettingMember("open", "公开", "open to all", .boolean),
        ])),
      [.map(["full": .integer(90), "open": .boolean(false)])]
    ),
  ]

  @Test(arguments: settings)
  func `What the program prints of a setting, it reads`(
    declaration: SettingDeclaration, values: [SettingValue]
  ) throws {
    for value in values {
      let shown = declaration.words(value)
      for text in [shown.chinese, shown.english] {
        #expect(try declaration.read(text) == value, "\(text)")
      }
      #expect(declaration.type.value(canonical: value.canonical) == value)
    }
  }

  @Test func `A setting counted in working days says so to whoever types days`() throws {
    let declaration = SettingDeclaration("a", "甲", "a", .integer, measure: Self.workdays)
    let problem = SettingWorld.problem { try declaration.read("5天") }
    #expect(problem?.message.chinese == "“甲”（a）应为整数，现在是“5天”")
    #expect(problem?.hint?.chinese == "单位是“个工作日”，写 7 或 7 个工作日")
  }

  static let filters: [(String, String, Comparison, String)] = [
    ("状态=已办结", "状态", .equal, "已办结"), ("状态＝已办结", "状态", .equal, "已办结"),
    ("报告时间 >= 2026-04-01", "报告时间", .atLeast, "2026-04-01"),
    ("extended≥1", "extended", .atLeast, "1"),
    ("extended＞1", "extended", .greater, "1"), ("extended<1", "extended", .less, "1"),
    ("extended＜＝1", "extended", .atMost, "1"), ("state!=closed", "state", .notEqual, "closed"),
    ("state<>closed", "state", .notEqual, "closed"), ("place==x", "place", .equal, "=x"),
    ("place=", "place", .equal, ""),
  ]

  @Test(arguments: filters)
  func `A filter is split at its comparison`(
    text: String, name: String, comparison: Comparison, value: String
  ) {
    #expect(Filter(text) == Filter(name, comparison, value))
  }

  @Test(arguments: ["", "state", "=x", ">3", "state!x"])
  func `What compares nothing is no filter`(text: String) {
    #expect(Filter(text) == nil)
  }

  @Test func `Every kind is found by each of its names, and none by another's`() {
    for kind in BuiltInKinds.all {
      let names = [kind.id, kind.collection, kind.label.chinese] + kind.label.usualNames
      for name in names + names.map(\.halfWidth) {
        let found = BuiltInKinds.all.called(name) { ($0.label, [$0.collection, $0.id]) }
        #expect(found?.id == kind.id, "\(name)")
      }
    }
  }
}
