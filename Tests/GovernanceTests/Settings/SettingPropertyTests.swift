import Governance
import Testing

/// Issue 2, "Prove it": settings resolution is independent of file order.
@Suite struct `Settings properties` {
  typealias World = SettingWorld

  /// A random book of declarations and rules, and the same rules every time for a seed.
  static func rules(_ generator: inout Seeded) -> (SettingDeclaration, [SettingDefinition]) {
    let scopes: [SettingScope] = [
      .law, .street(), .street("sll"), .type("old_estate"), .type("owners"), .type("commodity"),
      .community("sll-02"), .community("sll-04"), .community("sll-06"),
    ]
    let days = ["2026-01-01", "2026-04-16", "2026-05-12", "2026-06-01"]
    let delegations: [SettingDelegation] = [.open, .open, .tighten(.higher), .tighten(.lower)]
    let declaration = World.notice(
      delegation: delegations.randomElement(using: &generator)!,
      merge: [.replace, .replace, .max, .sum].randomElement(using: &generator)!,
      order: [[], ["age", "keeper"]].randomElement(using: &generator)!)
    let rules = (0..<Int.random(in: 0...12, using: &generator)).map { index in
      let isRecord = Int.random(in: 0..<3, using: &generator) == 0
      let isRemoval = Int.random(in: 0..<8, using: &generator) == 0
      let value = SettingValue.integer(Int64.random(in: 4...5, using: &generator))
      return World.define(
        isRemoval ? .unset(reason: "取消") : .value(value),
        scopes.randomElement(using: &generator)!,
        SettingStrength.allCases.randomElement(using: &generator)!,
        from: Bool.random(using: &generator) ? days.randomElement(using: &generator) : nil,
        when: Int.random(in: 0..<4, using: &generator) == 0 ? .not(.unit(["sll-06"])) : nil,
        except: Int.random(in: 0..<6, using: &generator) == 0 ? "例外" : nil,
        origin: isRecord ? .database(sequence: Int64(index)) : .file, line: index + 1)
    }
    return (declaration, rules)
  }

  /// Everything a book says, as text.
  static func transcript(of book: SettingsBook) -> [String] {
    var lines = book.problems.map { "\($0.code.rawValue) \($0.message.chinese)" }
    for unit in World.units {
      for day in ["2025-12-31", "2026-04-16", "2026-05-12", "2026-06-01"] {
        do {
          let result = try book.resolve("notice.workdays", for: unit.id, on: World.day(day))
          lines.append(result.canonical)
        } catch {
          lines.append("\(unit.id) \(day) \(error)")
        }
      }
    }
    return lines
  }

  @Test func `The random books reach every way of losing, and conflicts`() {
    var generator = Seeded(7)
    let said = (0..<150).flatMap { _ in
      let (declaration, rules) = Self.rules(&generator)
      return Self.transcript(of: World.book([declaration], rules))
    }.joined(separator: "\n")
    for code in [
      "not_yet", "succeeded", "condition_false", "database", "withdrawn", "withdrawal", "refused",
      "mandated", "overridden", "weaker", "exception", "ordered", "same",
    ] {
      #expect(said.contains("loser \(code) "), "\(code)")
    }
    #expect(said.contains("setting.conflict"))
  }

  @Test(arguments: 0..<100)
  func `The order of files changes nothing`(seed: UInt64) {
    var generator = Seeded(seed)
    let (declaration, rules) = Self.rules(&generator)
    let expected = Self.transcript(of: World.book([declaration], rules))
    for _ in 0..<8 {
      let shuffled = rules.shuffled(using: &generator)
      #expect(Self.transcript(of: World.book([declaration], shuffled)) == expected)
    }
  }

  @Test(arguments: 100..<160)
  func `Every rule that touches a unit is either a winner or a loser, once`(seed: UInt64) {
    var generator = Seeded(seed)
    let (declaration, rules) = Self.rules(&generator)
    let book = World.book([declaration], rules)
    guard let result = try? book.resolve("notice.workdays", for: "sll-02", on: World.today) else {
      return
    }
    let names = ["", "sll", "old_estate", "owners", "sll-02"]
    let touching = book.definitions.filter { names.contains($0.scope.name) }
    let named = result.winners.map(\.definition) + result.losers.map(\.definition)
    #expect(named.map(\.canonical).sorted() == touching.map(\.canonical).sorted())
  }

  @Test func `Where settings may only rise, no community is below what its upper layers say`() {
    var count = 0
    for seed: UInt64 in 200..<300 {
      var generator = Seeded(seed)
      let (_, rules) = Self.rules(&generator)
      let book = World.book([World.notice(delegation: .tighten(.higher))], rules)
      for unit in World.units where unit.community == unit.id {
        guard let result = try? book.resolve("notice.workdays", for: unit.id, on: World.today),
          result.layer == .community, let floor = result.floor,
          case .integer(let low) = floor.value,
          case .integer(let value) = result.value
        else { continue }
        count += 1
        #expect(value >= low, "seed \(seed)")
      }
    }
    #expect(count > 20)
  }

  @Test(arguments: 300..<330)
  func `Adding a rule to a book is the same as loading it with the rest`(seed: UInt64) {
    var generator = Seeded(seed)
    let (declaration, rules) = Self.rules(&generator)
    guard let last = rules.last else { return }
    let book = World.book([declaration], Array(rules.dropLast()))
    #expect(
      Self.transcript(of: book.check(last).book)
        == Self.transcript(of: World.book([declaration], rules)))
  }
}
