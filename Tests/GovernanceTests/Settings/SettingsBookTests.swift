import Governance
import Testing

/// Loading reports everything wrong at once; the tools over a whole book.
@Suite struct `Settings book` {
  typealias World = SettingWorld

  @Test func `All problems are reported at once, by place`() {
    let book = World.book(
      [World.notice(bounds: SettingBounds(minimum: .integer(3), maximum: .integer(30)))],
      [
        World.define(.value(.integer(7)), .street(), key: "notice.workday", line: 1),
        World.set(2, .street(), line: 2),
        World.define(.value(.text("七")), .street(), line: 3),
        World.set(31, .type("commodity"), line: 4),
        World.set(7, .type("old_estates"), line: 5),
        World.set(7, .community("sll-20"), line: 6),
        World.set(7, .community("sll-04"), from: "2026-05-02", to: "2026-05-02", line: 7),
        World.set(7, .community("sll-06"), line: 8), World.set(8, .community("sll-06"), line: 9),
      ])
    let expected: [(ErrorCode, Int, String)] = [
      (.settingInvalid, 7, "“notice.workdays”的起止日期颠倒：2026-05-02 至 2026-05-02（止日不含在内）"),
      (
        .settingConflict, 8,
        "“公示期”（notice.workdays）在 sll-06（2026-04-15）有互不相同的同级规定："
          + "社区 sll-06 7 个工作日（community/sll-06/settings.yaml:8）；"
          + "社区 sll-06 8 个工作日（community/sll-06/settings.yaml:9）"
      ),
      (.unitUnknown, 6, "没有叫“sll-20”的单位"),
      (.settingUnknown, 1, "没有叫“notice.workday”的设置"),
      (.settingRefused, 2, "“公示期”（notice.workdays）不得低于 3 个工作日，这里是 2 个工作日"),
      (.settingInvalid, 3, "“公示期”（notice.workdays）应为整数，现在是“七”"),
      (.settingRefused, 4, "“公示期”（notice.workdays）不得高于 30 个工作日，这里是 31 个工作日"),
      (.settingInvalid, 5, "没有叫“old_estates”的社区类型"),
    ]
    #expect(book.problems.map(\.code) == expected.map(\.0))
    #expect(book.problems.map { $0.place?.line } == expected.map(\.1))
    #expect(book.problems.map(\.message.chinese) == expected.map(\.2))
    #expect(book.problems[3].hint?.chinese == "是否指 notice.workdays（公示期）？")
    #expect(book.problems[7].hint?.chinese == "是否指 old_estate？")
    #expect(book.refusals.count == 2)
    #expect(throws: Problems(book.problems)) { try book.requireSound() }
  }

  @Test func `An unknown key suggests the nearest, by key or by label`() {
    let book = World.book([World.notice()])
    let byKey = World.problem {
      try book.resolve("notice.workdaus", for: "sll-02", on: World.today)
    }
    #expect(byKey?.message.english == "there is no setting 'notice.workdaus'")
    #expect(byKey?.hint?.english == "did you mean notice.workdays?")
    let byLabel = World.problem { try book.declaration(named: "公示日期") }
    #expect(byLabel?.hint?.chinese == "是否指 notice.workdays（公示期）？")
    #expect(World.problem { try book.declaration(named: "quorum") }?.hint == nil)
  }

  @Test func `A declaration that contradicts itself is reported`() {
    let bad = [
      SettingDeclaration("Notice", "甲", "a", .integer),
      SettingDeclaration("b", "乙", "b", .integer, default: .integer(1), delegation: .required),
      SettingDeclaration("c", "丙", "c", .integer, delegation: .add),
      SettingDeclaration("d", "丁", "d", .text, merge: .union),
      SettingDeclaration("e", "戊", "e", .integer, order: ["vintage"]),
      SettingDeclaration("f", "己", "f", .integer, default: .text("x")),
      SettingDeclaration("g", "己", "g", .integer),
      SettingDeclaration("h", "辛", "h", .choice([Choice("a", "是", "a"), Choice("b", "是", "b")])),
    ]
    let book = World.book(bad)
    #expect(
      Set(book.problems.map(\.message.english)) == [
        "setting 'Notice': a key is lower-case words with dots",
        "setting 'b': lower layers must define it, so it cannot have a default",
        "setting 'c': the delegation does not fit the type",
        "setting 'd': the merge does not fit the type",
        "setting 'e': there is no typology 'vintage'",
        "f must be a whole number, but is 'x'",
        "settings 'g' and 'f' are both called '己'",
        "setting 'h': '是' is there twice",
      ])
  }

  @Test func `A unit has at most one type of each typology, and one where it must`() {
    let two = SettingUnit(
      "sll-08", name: Words("东街", "East"), street: "sll", community: "sll-08",
      types: [Dated("old_estate"), Dated("commodity", from: World.day("2026-03-01"))],
      from: World.day("2026-01-01"))
    let none = SettingUnit(
      "sll-09", name: Words("西街", "West"), street: "sll", community: "sll-09")
    let book = SettingsBook(
      declarations: [], definitions: [], typologies: [World.ages, World.keepers],
      units: [none, two])
    #expect(
      book.problems.map(\.message.english) == [
        "sll-08 has two types of 'age' on 2026-03-01: commodity, old_estate",
        "sll-09 has no type of the compulsory typology 'age' on 2024-10-04",
      ])
  }

  @Test func `Everything settled for a unit, with problems where there is no value`() throws {
    let named = SettingDeclaration("visits.plan", "走访计划", "visit plan", .integer)
    let book = World.book([named, World.notice()], [World.set(7, .community("sll-02"))])
    let settled = try book.settled("sll-02", on: World.today)
    #expect(settled.map(\.declaration.key) == ["notice.workdays", "visits.plan"])
    #expect(settled.map { $0.resolution?.value } == [.integer(7), nil])
    #expect(World.problem { try settled[1].result.get() }?.code == .settingRequired)
    #expect(World.problem { try book.settled("sll-3", on: World.today) }?.code == .unitUnknown)
  }

  @Test func `Two units differ in what is set for one of them`() throws {
    let quorum = SettingDeclaration("quorum", "法定人数", "quorum", .integer, default: .integer(2))
    let book = World.book([quorum, World.notice()], [World.set(7, .community("sll-02"))])
    let differences = try book.diff("sll-02", "sll-06", on: World.today)
    #expect(differences.map(\.declaration.key) == ["notice.workdays"])
    #expect(differences[0].left?.value == .integer(7))
    #expect(differences[0].right?.value == .integer(5))
  }

  @Test func `The impact of a change is the units whose value it alters, estates under care too`()
    throws
  {
    let book = World.book([World.notice()], [World.set(7, .community("sll-04"))])
    let change = World.set(6, .street(), from: "2026-05-12", origin: .database(sequence: 1))
    let impact = try book.impact(of: change, on: World.today)
    #expect(impact.map(\.unit.unit) == ["sll", "sll-02", "sll-06", "sll-a"])
    #expect(impact.allSatisfy { $0.old?.value == .integer(5) && $0.new?.value == .integer(6) })
    #expect(book.definitions.count == 1)
  }

  @Test func `A stricter street rule is accepted and says which rules it puts out of force`() throws
  {
    let book = World.book(
      [World.notice(delegation: .tighten(.higher))], [World.set(7, .community("sll-02"))])
    let check = book.check(
      World.set(8, .street("sll"), from: "2026-05-12", origin: .database(sequence: 1)))
    #expect(check.problems.isEmpty)
    #expect(
      check.warnings.map(\.chinese) == [
        "将使下级一条规定失效：“公示期”（notice.workdays）只可从严：低于街道下限 8 个工作日"
          + "（community/sll-02/settings.yaml:1）"
      ])
    let after = try check.accepted().resolve("notice.workdays", for: "sll-02", on: World.today)
    #expect(after.value == .integer(8))
  }

  @Test func `A rule that a mandate makes idle is accepted with a warning`() {
    let book = World.book([World.notice()], [World.set(4, .street(), .mandate)])
    let check = book.check(
      World.set(7, .community("sll-02"), from: "2026-05-12", origin: .database(sequence: 1)))
    #expect(check.problems.isEmpty)
    #expect(check.warnings.map(\.chinese) == ["这条规定眼下不起作用：街道层强制规定优先"])
  }

  @Test func `A record that contradicts another of its rank is refused`() {
    let book = World.book([World.notice()], [World.set(6, .type("old_estate"))])
    let check = book.check(
      World.set(7, .type("owners"), from: "2026-05-12", origin: .database(sequence: 1)))
    #expect(check.problems.map(\.code) == [.settingConflict])
  }

  @Test func `Withdrawing the only value that is required is refused`() {
    let book = World.book(
      [World.notice(delegation: .required, default: nil)], [World.set(7, .community("sll-02"))])
    let check = book.check(
      World.define(
        .unset(reason: "取消"), .community("sll-02"), from: "2026-05-12",
        origin: .database(sequence: 1)))
    #expect(check.problems.map(\.code) == [.settingRequired])
  }

  @Test func `An unknown key is refused by the check as at load`() {
    let book = World.book([World.notice()])
    let check = book.check(World.define(.value(.integer(1)), .street(), key: "notice.workday"))
    #expect(check.problems.map(\.code) == [.settingUnknown])
  }

  @Test func `Lint names what is allowed and probably not meant`() {
    let rules = [
      World.set(6, .type("commodity"), line: 1),
      World.set(6, .community("sll-06"), line: 2),
      World.set(8, .community("sll-02"), when: .type(["firm"]), line: 3),
      World.set(3, .street(), .mandate, to: "2026-06-11", line: 4, basis: nil),
    ]
    let other = World.define(
      .unset(reason: "取消"), .community("sll-06"), key: "quorum", line: 5)
    let quorum = SettingDeclaration("quorum", "法定人数", "quorum", .integer, default: .integer(2))
    let free = World.book([World.notice(), quorum], Array(rules.prefix(3)) + [other])
    #expect(
      free.lint(on: World.today).map { "\($0.kind.rawValue) \($0.place?.line ?? 0)" } == [
        "never_true 3", "equal_to_inherited 2", "nothing_to_unset 5",
      ])
    let mandated = World.book([World.notice()], rules)
    #expect(
      mandated.lint(on: World.today).map { "\($0.kind.rawValue) \($0.place?.line ?? 0)" } == [
        "mandate_without_basis 4", "expires_soon 4", "never_wins 1", "never_true 3", "never_wins 2",
      ])
    #expect(
      mandated.lint(on: World.day("2026-05-11")).map(\.words.chinese).prefix(2) == [
        "街道 的 notice.workdays：强制规定没有写依据",
        "类型 commodity 的 notice.workdays：对任何单位都不起作用：街道层强制规定优先",
      ])
  }

  @Test func `Lint names types without units and units without types`() {
    let bare = SettingTypology("size", "规模", "size", types: [Choice("large", "大", "large")])
    let unit = SettingUnit(
      "sll-09", name: Words("西街", "West"), street: "sll", community: "sll-09")
    let book = SettingsBook(declarations: [], definitions: [], typologies: [bare], units: [unit])
    #expect(
      book.lint(on: World.today).map(\.words.chinese) == ["类型“大”（large）没有社区", "sll-09 没有类型"])
  }

  @Test func `A street's own rule does not reach another street`() throws {
    let abroad = SettingUnit(
      "wzl-01", name: Words("外街", "Abroad"), street: "wzl", community: "wzl-01",
      types: [Dated("old_estate")])
    let book = SettingsBook(
      declarations: [World.notice()], definitions: [World.set(6, .street("sll"))],
      typologies: [World.ages], units: World.units + [abroad])
    #expect(
      try book.resolve("notice.workdays", for: "wzl-01", on: World.today).value == .integer(5))
    #expect(
      try book.resolve("notice.workdays", for: "sll-06", on: World.today).value == .integer(6))
  }

  @Test func `A computed value out of bounds is refused and the inherited one holds`() throws {
    let rule = World.define(.function(FunctionReference("a.lua#f")!), .community("sll-02"))
    let declaration = World.notice(bounds: SettingBounds(minimum: .integer(3)))
    let result = try World.resolve([rule], declaration) { _, _, _ in .integer(1) }
    #expect(result.value == .integer(5))
    #expect(result.lossCodes == ["community refused"])
    let wrong = World.problem { try World.resolve([rule], declaration) { _, _, _ in .text("多") } }
    #expect(wrong?.message.chinese == "“公示期”（notice.workdays）应为整数，现在是“多”")
    #expect(wrong?.place == Place(file: "community/sll-02/settings.yaml", line: 1))
  }

  @Test func `A condition may be a function, which must answer yes or no`() throws {
    let reference = FunctionReference("a.lua#big")!
    let rule = World.set(9, .community("sll-02"), when: .function(reference))
    #expect(try World.resolve([rule]) { _, _, _ in .boolean(true) }.value == .integer(9))
    #expect(try World.resolve([rule]) { _, _, _ in .boolean(false) }.value == .integer(5))
    let problem = World.problem { try World.resolve([rule]) { _, _, _ in .integer(1) } }
    #expect(problem?.message.chinese == "条件函数 a.lua#big 应返回“是”或“否”，现在是 1")
    let without = World.problem { try World.resolve([rule]) }
    #expect(without?.message.chinese == "此处不能计算函数 a.lua#big")
    #expect(World.book([World.notice()], [rule]).problems.isEmpty)
  }

  @Test func `A fault that was there before is not blamed on a change`() throws {
    let book = World.book(
      [World.notice()], [World.set(6, .type("old_estate")), World.set(7, .type("owners"))])
    #expect(book.problems.map(\.code) == [.settingConflict])
    let check = book.check(
      World.set(9, .community("sll-06"), from: "2026-01-01", origin: .database(sequence: 1)))
    #expect(check.problems.isEmpty)
  }

  @Test func `Totals that fail in two settings are both reported`() {
    let total = SettingType.map(keys: [], of: .integer, total: Decimal(units: 100, places: 0))
    let declarations = ["first", "second"].map { key in
      SettingDeclaration(key, key, key, total, merge: .byKey)
    }
    let book = World.book(
      declarations,
      declarations.map { World.define(.value(.map(["a": .integer(95)])), .street(), key: $0.key) })
    #expect(
      book.problems.map(\.message.english) == [
        "first must total 100, but is 95", "second must total 100, but is 95",
      ])
  }
}
