import Testing

@testable import Governance

/// One layer's slip stops whoever it governs, and nobody else.
struct UnreadRulesTests {
  private static let slip = Problem(
    .settingInvalid, Words("读不懂", "not understood"), at: Place(file: "a.yaml", line: 3))

  private static func book(
    _ scope: SettingScope, key: String? = nil, _ definitions: [SettingDefinition] = []
  ) -> SettingsBook {
    SettingsBook(
      declarations: [SettingWorld.notice()], definitions: definitions,
      typologies: [SettingWorld.ages, SettingWorld.keepers], units: SettingWorld.units,
      unread: [UnreadRules(scope, key: key, [slip])])
  }

  static let reach: [(scope: SettingScope, stopped: Set<UnitID>)] = [
    (.law, ["sll", "sll-02", "sll-04", "sll-06", "sll-a"]),
    (.street(), ["sll", "sll-02", "sll-04", "sll-06", "sll-a"]),
    (.type("commodity"), ["sll-04", "sll-06"]),
    // The estate follows its caretaker.
    (.community("sll-02"), ["sll-02", "sll-a"]),
    (.community("sll-99"), []),
  ]

  @Test(arguments: reach)
  func `Rules that cannot be read are unknown for whoever they govern, and for no other`(
    scope: SettingScope, stopped: Set<UnitID>
  ) throws {
    let book = Self.book(scope)
    for unit in SettingWorld.units {
      let value = Result {
        try book.resolve("notice.workdays", for: unit.id, on: SettingWorld.today).value
      }
      if stopped.contains(unit.id) {
        #expect(throws: Self.slip, "\(unit.id)") { try value.get() }
      } else {
        #expect(try value.get() == .integer(5), "\(unit.id)")
      }
    }
    #expect(book.obstacles.isEmpty)
    #expect(book.errors == [Self.slip])
  }

  @Test func `A rule that is known to be about another setting is no hindrance`() throws {
    let other = SettingDeclaration("other.days", "别的", "other", .integer, default: .integer(1))
    let book = SettingsBook(
      declarations: [SettingWorld.notice(), other], definitions: [], units: SettingWorld.units,
      unread: [UnreadRules(.street(), key: "别的", [Self.slip])])
    let day = SettingWorld.today
    #expect(try book.resolve("notice.workdays", for: "sll-02", on: day).value == .integer(5))
    #expect(throws: Self.slip) { try book.resolve("other.days", for: "sll-02", on: day) }
  }

  @Test func `A rule is judged by what stands above it, so it waits where that is unknown`() {
    let day = SettingWorld.today
    func isRefused(_ unread: SettingScope, _ new: SettingScope) -> Bool {
      (try? Self.book(unread).requireRead("notice.workdays", above: new, on: day)) == nil
    }
    #expect(isRefused(.street(), .community("sll-04")))
    #expect(isRefused(.type("commodity"), .community("sll-06")))
    #expect(isRefused(.street(), .type("commodity")))
    #expect(!isRefused(.type("old_estate"), .community("sll-06")))
    #expect(!isRefused(.community("sll-02"), .community("sll-04")))
    #expect(!isRefused(.community("sll-02"), .street()))
  }

  @Test func `A misspelt key may mean any setting of its layer`() throws {
    let misspelt = SettingDefinition(
      "notice.workday", .community("sll-02"), .value(.integer(7)),
      place: Place(file: "b.yaml", line: 1))
    let book = SettingsBook(
      declarations: [SettingWorld.notice()], definitions: [misspelt], units: SettingWorld.units)
    let day = SettingWorld.today
    #expect(try book.resolve("notice.workdays", for: "sll-04", on: day).value == .integer(5))
    let problem = #expect(throws: Problem.self) {
      try book.resolve("notice.workdays", for: "sll-02", on: day)
    }
    #expect(problem?.code == .settingUnknown)
  }

  @Test func `A value of the wrong type stops its days only, and a newer record mends it`() throws {
    let wrong = SettingDefinition(
      "notice.workdays", .community("sll-02"), .value(.text("七")), from: Day("2026-05-01"),
      origin: .database(sequence: 1))
    func book(_ more: [SettingDefinition]) -> SettingsBook {
      SettingsBook(
        declarations: [SettingWorld.notice()], definitions: [wrong] + more,
        units: SettingWorld.units)
    }
    let (before, after) = (SettingWorld.day("2026-04-30"), SettingWorld.today)
    #expect(try book([]).resolve("notice.workdays", for: "sll-02", on: before).value == .integer(5))
    #expect(throws: Problem.self) {
      try book([]).resolve("notice.workdays", for: "sll-02", on: after)
    }
    let right = SettingWorld.set(
      8, .community("sll-02"), from: "2026-05-02", origin: .database(sequence: 2))
    let mended = book([right])
    #expect(try mended.resolve("notice.workdays", for: "sll-02", on: after).value == .integer(8))
  }

  /// How often computed values were asked for while a book of many one-day rules was examined.
  private static func questions(rules: Int) -> Int {
    let asked = Asked()
    let first = SettingWorld.day("2100-01-01")
    let definitions = (0..<rules).map { number in
      SettingDefinition(
        "notice.workdays", .community("sll-02"),
        .function(FunctionReference(file: "a.lua", function: "days")),
        from: first + 2 * number, to: first + (2 * number + 1))
    }
    _ = SettingsBook(
      declarations: [SettingWorld.notice()], definitions: definitions, units: SettingWorld.units,
      using: { _, _, _ in
        asked.count += 1
        return .integer(7)
      })
    return asked.count
  }

  private final class Asked { var count = 0 }

  @Test func `Examining many rules grows with the rules that matter on each day`() {
    let (few, many) = (Self.questions(rules: 50), Self.questions(rules: 200))
    #expect(few >= 50 && few <= 150)
    #expect(many == few * 4)
  }

  @Test func `What lower layers may do cannot be bound where there are none`() {
    let own = SettingDeclaration(
      "a.days", "甲天数", "a", .integer, default: .integer(3), definers: [.community],
      delegation: .tighten(.lower), owner: .community)
    let book = SettingsBook(declarations: [own], definitions: [])
    #expect(
      book.obstacles.map(\.message.chinese) == [
        "设置“a.days”：没有更低的层可以规定它，委托方式“只可从严”不起作用；改为 delegate: open"
      ])
  }
}
