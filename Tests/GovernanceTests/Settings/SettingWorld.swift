import Governance

/// A small street for settings: two typologies, three communities, an estate under care.
enum SettingWorld {
  static let ages = SettingTypology(
    "age", "建成年代", "age", compulsory: true,
    types: [
      Choice("old_estate", "老旧小区", "old estate"), Choice("commodity", "商品房", "commodity housing"),
    ])
  static let keepers = SettingTypology(
    "keeper", "管理模式", "keeper",
    types: [
      Choice("owners", "业主自管", "kept by owners"), Choice("firm", "物业管理", "kept by a firm"),
    ])

  static let units = [
    SettingUnit("sll", name: Words("示例街道", "Example Street"), street: "sll", community: nil),
    SettingUnit(
      "sll-02", name: Words("十字街社区", "Crossroads"), street: "sll", community: "sll-02",
      types: [Dated("old_estate"), Dated("owners")]),
    SettingUnit(
      "sll-04", name: Words("大型区社区", "Large Estate"), street: "sll", community: "sll-04",
      types: [
        Dated("old_estate", to: day("2026-04-16")),
        Dated("commodity", from: day("2026-04-16")),
      ]),
    SettingUnit(
      "sll-06", name: Words("友好路社区", "Friendship Road"), street: "sll", community: "sll-06",
      types: [Dated("commodity"), Dated("firm")]),
    SettingUnit(
      "sll-a", name: Words("锦绣苑", "Brocade Court"), street: "sll", community: "sll-a",
      types: [Dated("commodity", from: day("2026-06-01"))],
      caretakers: [Dated("sll-02", to: day("2026-06-01"))]),
  ]

  static func day(_ text: String) -> Day { Day(text)! }

  static let today = day("2026-05-12")

  /// `公示期`, five working days unless a layer says otherwise.
  static func notice(
    delegation: SettingDelegation = .open, merge: SettingMerge = .replace,
    default value: SettingValue? = .integer(5), order: [String] = [],
    bounds: SettingBounds = SettingBounds(),
    definers: Set<SettingLayer> = [.law, .street, .type, .community]
  ) -> SettingDeclaration {
    SettingDeclaration(
      "notice.workdays", "公示期", "notice period", .integer, alias: "公示工作日",
      measure: Words("个工作日", "working days"), default: value, bounds: bounds, merge: merge,
      definers: definers, delegation: delegation, order: order, basis: "实施方案 四(三)",
      place: Place(file: "street/plugin.yaml", line: 21))
  }

  /// One line of a definition of `notice.workdays`.
  static func set(
    _ value: Int64, _ scope: SettingScope, _ strength: SettingStrength = .set,
    from: String? = nil, to: String? = nil, when condition: SettingCondition? = nil,
    except: String? = nil, origin: SettingOrigin = .file, line: Int = 1,
    delegation: SettingDelegation? = nil, basis: String? = "居民会议", approval: String? = nil
  ) -> SettingDefinition {
    define(
      .value(.integer(value)), scope, strength, from: from, to: to, when: condition,
      except: except, origin: origin, line: line, delegation: delegation, basis: basis,
      approval: approval)
  }

  static func define(
    _ content: SettingContent, _ scope: SettingScope, _ strength: SettingStrength = .set,
    key: String = "notice.workdays", from: String? = nil, to: String? = nil,
    when condition: SettingCondition? = nil, except: String? = nil,
    origin: SettingOrigin = .file, line: Int = 1, delegation: SettingDelegation? = nil,
    basis: String? = "居民会议", approval: String? = nil
  ) -> SettingDefinition {
    let folder = scope.name.isEmpty ? scope.layer.rawValue : "\(scope.layer.rawValue)/\(scope.name)"
    return SettingDefinition(
      key, scope, content, strength: strength, from: from.map(day), to: to.map(day),
      when: condition, except: except, delegation: delegation, basis: basis, approval: approval,
      origin: origin,
      place: origin == .file ? Place(file: "\(folder)/settings.yaml", line: line) : nil)
  }

  static func book(
    _ declarations: [SettingDeclaration], _ definitions: [SettingDefinition] = [],
    renames: [SettingRename] = []
  ) -> SettingsBook {
    SettingsBook(
      declarations: declarations, definitions: definitions, renames: renames,
      typologies: [ages, keepers], units: units)
  }

  /// The value of `notice.workdays` in a book of it and some definitions.
  static func resolve(
    _ definitions: [SettingDefinition], _ declaration: SettingDeclaration = notice(),
    for unit: UnitID = "sll-02", on day: Day = today, using evaluate: SettingEvaluator? = nil
  ) throws -> Resolution {
    try book([declaration], definitions)
      .resolve("notice.workdays", for: unit, on: day, using: evaluate)
  }

  /// The problem that is thrown, or nil.
  static func problem<Value>(_ body: () throws -> Value) -> Problem? {
    do {
      _ = try body()
      return nil
    } catch let problem as Problem {
      return problem
    } catch {
      return nil
    }
  }
}

extension Resolution {
  /// Losers as `layer code`, the nearest layer first.
  var lossCodes: [String] {
    losers.map { "\($0.definition.layer.rawValue) \($0.loss.code)" }
  }
}
