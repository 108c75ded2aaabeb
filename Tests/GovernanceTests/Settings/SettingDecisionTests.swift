import Governance
import Testing

/// `decisions.md` 16 and 18: records in the database, weights, what-ifs.
@Suite struct `Settings decisions` {
  typealias World = SettingWorld

  static let blocks = [
    Choice("organisation", "组织", "organisation"), Choice("deliberation", "协商", "deliberation"),
    Choice("closed_loop", "闭环", "closed loop"),
  ]
  static let weights = SettingDeclaration(
    "assessment.weights", "考核权重", "assessment weights",
    .map(keys: blocks, of: .integer, total: Decimal(units: 100, places: 0)),
    bounds: SettingBounds(minimum: .integer(0)), definers: [.street, .type],
    place: Place(file: "street/plugin.yaml", line: 30))
  static let curve = SettingDeclaration(
    "assessment.curve", "评分曲线", "scoring curve",
    .record(
      [
        SettingMember("full", "满分线", "full", .decimal(places: 2)),
        SettingMember("zero", "零分线", "zero", .decimal(places: 2)),
      ], rules: [SettingRule("full", .greater, "zero")]),
    measure: Words("%", "%"), default: .map(["full": .integer(95), "zero": .integer(60)]),
    bounds: SettingBounds(minimum: .integer(0), maximum: .integer(100)))

  static func weigh(_ text: String, _ scope: SettingScope = .type("old_estate"))
    -> SettingDefinition
  {
    World.define(.value(.text(text)), scope, key: "assessment.weights", line: 4)
  }

  @Test func `A new record ends its predecessor, which is listed`() throws {
    let rules = [
      World.set(6, .community("sll-02"), from: "2026-01-01", origin: .database(sequence: 1)),
      World.set(
        8, .community("sll-02"), from: "2026-05-01", to: "2026-06-01",
        origin: .database(sequence: 2)),
    ]
    func value(_ day: String) throws -> Resolution { try World.resolve(rules, on: World.day(day)) }
    #expect(try value("2026-04-30").value == .integer(6))
    #expect(try value("2026-05-01").value == .integer(8))
    #expect(try value("2026-05-01").losers.map(\.loss.words.chinese) == ["已被 2026-05-01 起的新规定取代"])
    // The successor ran out; what it ended stays ended.
    #expect(try value("2026-06-01").value == .integer(5))
  }

  // Storage ends a record on the day it began when another is made for the same day.
  @Test func `A record replaced on the day it began never held and is no mistake`() throws {
    let rules = [
      World.set(
        6, .community("sll-02"), from: "2026-05-01", to: "2026-05-01",
        origin: .database(sequence: 1)),
      World.set(8, .community("sll-02"), from: "2026-05-01", origin: .database(sequence: 2)),
    ]
    let result = try World.resolve(rules, on: World.day("2026-05-02"))
    #expect(result.value == .integer(8))
    #expect(result.losers.map(\.loss.words.chinese) == ["已被后来的规定取代"])
    // Written in a file it makes no sense.
    let file = World.set(6, .community("sll-02"), from: "2026-05-01", to: "2026-05-01")
    #expect(World.book([World.notice()], [file]).errors.map(\.code) == [.settingInvalid])
  }

  @Test func `A rule planned for later survives a record made for now`() throws {
    let rules = [
      World.set(9, .community("sll-02"), from: "2026-07-01", origin: .database(sequence: 1)),
      World.set(
        8, .community("sll-02"), from: "2026-05-01", to: "2026-06-01",
        origin: .database(sequence: 2)),
    ]
    #expect(try World.resolve(rules, on: World.day("2026-07-01")).value == .integer(9))
  }

  @Test func `A record beats the file of its layer, which is listed`() throws {
    let rules = [
      World.set(6, .community("sll-02"), .mandate),
      World.set(8, .community("sll-02"), from: "2026-05-01", origin: .database(sequence: 7)),
    ]
    #expect(try World.resolve(rules, on: World.day("2026-04-30")).value == .integer(6))
    let result = try World.resolve(rules)
    #expect(result.value == .integer(8))
    #expect(result.lossCodes == ["community database"])
    #expect(result.winner?.source.chinese == "数据库 第 7 号")
  }

  @Test func `A record of one type does not silence the file of another`() {
    let rules = [
      World.set(6, .type("old_estate")),
      World.set(8, .type("owners"), origin: .database(sequence: 1)),
    ]
    #expect(World.problem { try World.resolve(rules) }?.code == .settingConflict)
  }

  @Test func `A record may withdraw what a file says, and a later one set it again`() throws {
    let file = World.set(7, .community("sll-02"))
    let removal = World.define(
      .unset(reason: "取消"), .community("sll-02"), from: "2026-05-01", origin: .database(sequence: 1)
    )
    let again = World.set(
      8, .community("sll-02"), from: "2026-05-10", origin: .database(sequence: 2))
    #expect(try World.resolve([file, removal]).value == .integer(5))
    #expect(try World.resolve([file, removal, again]).value == .integer(8))
    let before = try World.resolve([file, removal, again], on: World.day("2026-05-09"))
    #expect(before.value == .integer(5))
  }

  @Test func `Weights that total 95 are refused, naming the sum`() {
    let book = World.book([Self.weights], [Self.weigh("组织=30,deliberation=30,闭环=35")])
    #expect(book.problems.map(\.code) == [.settingInvalid])
    #expect(
      book.problems.first?.message
        == Words(
          "“考核权重”（assessment.weights）合计应为 100，现在是 95",
          "assessment.weights must total 100, but is 95"))
    #expect(book.problems.first?.place == Place(file: "type/old_estate/settings.yaml", line: 4))
  }

  @Test func `Weights that total 100 are shown by their labels, in declared order`() throws {
    let book = World.book([Self.weights], [Self.weigh("闭环:40，组织:30、协商:30")])
    #expect(book.problems.isEmpty)
    let result = try book.resolve("考核权重", for: "sll-02", on: World.today)
    #expect(result.words.chinese == "组织 30、协商 30、闭环 40")
    #expect(result.words.english == "organisation 30, deliberation 30, closed loop 40")
  }

  @Test func `A what-if that breaks a rule fails as a real change does`() {
    let book = World.book([Self.weights], [Self.weigh("组织=30,协商=30,闭环=40")])
    let tried = World.problem {
      try book.trying([(key: "assessment.weights", text: "组织=30,协商=30,闭环=35")])
    }
    #expect(tried?.message.chinese == "“考核权重”（assessment.weights）合计应为 100，现在是 95")
    let stored = book.check(Self.weigh("组织=30,协商=30,闭环=35"))
    #expect(stored.problems.map(\.message) == [tried?.message])
  }

  @Test func `A what-if below the street's bound is refused as a real change is`() throws {
    let book = World.book(
      [World.notice(delegation: .tighten(.higher))], [World.set(6, .street(), .default)])
    let tried = World.problem { try book.trying([(key: "notice.workdays", text: "3")]) }
    #expect(tried?.code == .settingRefused)
    let stored = book.check(
      World.set(3, .community("sll-02"), from: "2026-05-12", origin: .database(sequence: 1)))
    #expect(stored.problems.map(\.message) == [tried?.message])
    #expect(throws: Problem.self) { try stored.accepted() }
  }

  @Test func `Only layers that are named may define`() {
    let book = World.book(
      [Self.weights], [Self.weigh("组织=30,协商=30,闭环=40", .community("sll-02"))])
    #expect(book.problems.map(\.code) == [.settingRefused])
    #expect(book.problems.first?.message.chinese == "“考核权重”（assessment.weights）不能由社区规定")
    #expect(book.problems.first?.hint?.chinese == "可以规定它的是：街道、类型")
  }

  @Test(arguments: [
    ("full=90,zero=50", nil),
    ("full=60,zero=60", "“评分曲线”（assessment.curve）应满足 满分线 > 零分线，现在是 60 与 60"),
    ("full=60", "“评分曲线”（assessment.curve）的“零分线”应为数字，小数不超过 2 位，现在是空缺"),
    ("full=101,zero=60", "“评分曲线”（assessment.curve）不得高于 100%，这里是 满分线 101%、零分线 60%"),
    ("full=九十,zero=60", "“评分曲线”（assessment.curve）的“满分线”应为数字，小数不超过 2 位，现在是“九十”"),
    (
      "full=90,none=60",
      "“评分曲线”（assessment.curve）只能有这些名称：满分线（full）、零分线（zero），现在是“none”"
    ),
  ])
  func `A curve keeps full above zero`(text: String, message: String?) {
    #expect(World.problem { try Self.curve.read(text) }?.message.chinese == message)
  }

  @Test func `Maps merged by key take each member from the nearest layer and keep the total`()
    throws
  {
    let byKey = SettingDeclaration(
      "assessment.weights", "考核权重", "assessment weights", Self.weights.type,
      default: .text("组织=30,协商=30,闭环=40"), merge: .byKey)
    let whole = World.book(
      [byKey], [Self.weigh("组织=20,闭环=50"), Self.weigh("组织=25,协商=25", .community("sll-02"))])
    #expect(whole.problems.isEmpty)
    let result = try whole.resolve("assessment.weights", for: "sll-02", on: World.today)
    #expect(result.words.chinese == "组织 25、协商 25、闭环 50")
    #expect(result.winners.map(\.definition.layer) == [.type, .community])
    let broken = World.book([byKey], [Self.weigh("组织=20")])
    #expect(
      broken.problems.map(\.message.chinese) == ["“考核权重”（assessment.weights）合计应为 100，现在是 90"])
  }

  @Test func `Two types that differ in one member are a conflict naming the member`() {
    let byKey = SettingDeclaration(
      "assessment.weights", "考核权重", "assessment weights", .map(keys: Self.blocks, of: .integer),
      merge: .byKey)
    let book = World.book(
      [byKey], [Self.weigh("组织=20,协商=5"), Self.weigh("组织=30", .type("owners"))])
    #expect(book.problems.map(\.code) == [.settingConflict])
    #expect(
      book.problems.first?.message.chinese.hasPrefix("“考核权重”（assessment.weights）的“组织”在 sll-02")
        == true)
  }

  @Test func `A layer may narrow what those below may do, never widen it`() throws {
    let locked = World.book(
      [World.notice()],
      [
        World.set(6, .street(), delegation: .locked), World.set(7, .community("sll-02")),
      ])
    let result = try locked.resolve("notice.workdays", for: "sll-02", on: World.today)
    #expect(result.value == .integer(6))
    #expect(result.delegation == .locked)
    let widened = World.book(
      [World.notice(delegation: .tighten(.higher))],
      [World.set(6, .type("old_estate"), delegation: .open)])
    #expect(
      widened.problems.map(\.message.chinese) == [
        "“公示期”（notice.workdays）的委托方式是“只可从严”，不能放宽为“可自行规定”"
      ])
  }
}
