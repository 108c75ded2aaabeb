public import Governance
public import Lua

/// A query as scripts hold it: `gongyue.cases:where { … }`.
public struct ScriptQuery: LuaObject {
  public static let luaType = "query"
  public let query: Query

  public init(_ query: Query) { self.query = query }

  /// More conditions than any question needs; the database bounds its expressions too.
  static let mostConditions = 200

  /// A query that a script made from another.
  ///
  /// - Throws: `input.invalid` where it has grown beyond all use, long before a
  ///   walk through its conditions could exhaust the stack.
  init(composed query: Query) throws(Problem) {
    guard query.size <= Self.mostConditions else {
      throw Problem(
        .inputInvalid,
        Words(
          "一个查询最多\(Self.mostConditions)个条件",
          "a query has at most \(Self.mostConditions) conditions"),
        hint: Words("一个字段有许多可能的值时，用 gongyue.any { … }", "use gongyue.any { … } for many values"))
    }
    self.query = query
  }
}

/// A query grouped by fields, waiting for what to compute.
struct ScriptGrouping: LuaObject {
  static let luaType = "grouping"
  let query: Query
  let fields: [String]
}

/// A period as scripts hold it: `s.period`, `gongyue.calendar.period("2026-04")`.
public struct ScriptPeriod: LuaObject {
  public static let luaType = "period"
  public let period: Period

  public init(_ period: Period) { self.period = period }
}

/// The right side of a condition: `gongyue.at_most(5)`.
struct ScriptComparison: LuaObject {
  static let luaType = "comparison"

  indirect enum Content {
    case compare(Comparison, LuaValue)
    case oneOf([LuaValue])
    case between(LuaValue, LuaValue)
    case isnt(LuaValue)
    case missing
  }

  let content: Content

  var isMissing: Bool { if case .missing = content { true } else { false } }
}

/// Another field of the same record: `gongyue.field "due"`.
struct ScriptField: LuaObject {
  static let luaType = "field"
  let name: String
}

/// What `gongyue.formula { … }` and its like return: a table that a plugin offers.
public struct ScriptDefinition: LuaObject {
  public static let luaType = "definition"

  public enum Sort: String, Hashable, Sendable, CaseIterable {
    case formula, command, convention, form
  }

  public let sort: Sort
  public let table: LuaValue

  /// Where it was made.
  public let place: Place
}

/// A record that a script holds: a copy of what it may see.
struct ScriptRecord: LuaObject {
  static let luaType = "record"
  let kind: Kind
  let id: Int64
  let values: [String: LuaValue]

  /// A dictionary of some hundred bytes a field, and its texts.
  let bytes: Int

  init(kind: Kind, id: Int64, values: [String: LuaValue]) {
    self.kind = kind
    self.id = id
    self.values = values
    bytes = values.values.reduce(HostObject.leastBytes + 100) { $0 + $1.bytes }
  }
}

extension LuaValue {
  /// About how many bytes it takes among others.
  var bytes: Int {
    if case .string(let text) = self { return 100 + text.utf8.count }
    return 100
  }
}
