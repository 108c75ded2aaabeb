internal import Governance
internal import Lua

/// Reads what scripts write in `where { … }` into conditions, checked against fields; rights are
/// asked for the query as a whole (`ScriptContext.composed`).
struct ConditionReader {
  let kind: Kind
  let context: ScriptContext

  /// All entries must hold; in the order of the fields' names.
  func conditions(_ table: LuaValue) throws -> [Condition] {
    guard let fields = table.fields else {
      throw Problem(
        .inputInvalid,
        Words("where 要一个“字段 = 值”的表", "where takes a table of field = value"),
        hint: Words("如 :where { state = \"accepted\" }", "such as :where { state = \"accepted\" }"))
    }
    return try fields.sorted { $0.key < $1.key }.map { name, value in
      try condition(field(name), value)
    }
  }

  func field(_ name: String) throws(Problem) -> Field {
    if let field = kind.anyField(name) { return field }
    throw .noSuchField(name, kind)
  }

  private func condition(_ field: Field, _ value: LuaValue) throws -> Condition {
    if let comparison = value.object(as: ScriptComparison.self) {
      return try condition(field, comparison)
    }
    if let other = value.object(as: ScriptField.self) {
      return .compare(field: field.key, .equal, .field(try self.other(other.name, for: field)))
    }
    if let period = value.object(as: ScriptPeriod.self) { return try within(field, period.period) }
    switch value {
    case .list, .record, .mixed: throw Problem.tableAsValue(field)
    default: return try equal(field, value)
    }
  }

  private func condition(_ field: Field, _ comparison: ScriptComparison) throws -> Condition {
    switch comparison.content {
    case .missing:
      return .isMissing(field: field.key)
    case .isnt(let inner):
      return .not(try condition(field, inner))
    case .oneOf(let values):
      return try oneOf(field, values)
    case .between(let low, let high):
      return .all([try compare(field, .atLeast, low), try compare(field, .atMost, high)])
    case .compare(let sign, let value):
      if let other = value.object(as: ScriptField.self) {
        return .compare(field: field.key, sign, .field(try self.other(other.name, for: field)))
      }
      return try compare(field, sign, value)
    }
  }

  private func equal(_ field: Field, _ value: LuaValue) throws -> Condition {
    if case .instant = field.type, case .string(let text) = value, let day = Day(text) {
      return .during(field: field.key, day...day)
    }
    return .compare(field: field.key, .equal, .value(try stored(field, value)))
  }

  private func oneOf(_ field: Field, _ values: [LuaValue]) throws -> Condition {
    // A day among moments is a stretch, a period among days too: each on its own.
    let isStretch = values.contains { $0.object(as: ScriptPeriod.self) != nil }
    if case .instant = field.type {
    } else if !isStretch {
      return .oneOf(field: field.key, try values.map { try stored(field, $0) })
    }
    return .any(try values.map { try condition(field, $0) })
  }

  /// Days and moments within a period; a period field equals it.
  private func within(_ field: Field, _ period: Period) throws -> Condition {
    switch field.type {
    case .day, .instant: return .during(field: field.key, period.days)
    case .period:
      return .compare(field: field.key, .equal, .value(.text(period.description)))
    default: throw Problem.fieldExpects(field, .string(period.description))
    }
  }

  /// Less is ordered by nature; a day beside a moment means its whole length.
  private func compare(
    _ field: Field, _ sign: Comparison, _ value: LuaValue
  ) throws -> Condition {
    guard field.isComparable else { throw Problem.notOrdered(field) }
    if case .instant = field.type, case .string(let text) = value, let day = Day(text) {
      let edge =
        switch sign {
        case .less, .atLeast: (sign, Instant(day))
        case .atMost: (Comparison.less, Instant(day + 1))
        case .greater: (Comparison.atLeast, Instant(day + 1))
        case .equal, .notEqual: (sign, Instant(day))
        }
      return .compare(field: field.key, edge.0, .value(.instant(edge.1)))
    }
    return .compare(field: field.key, sign, .value(try stored(field, value)))
  }

  private func stored(_ field: Field, _ raw: LuaValue) throws -> Value {
    let value = try field.value(raw)
    guard case .text(let text) = value else { return value }
    try context.capabilities.name(text, of: field, of: kind)
    guard case .unit = field.type else { return value }
    let world = try context.require(Words("读取记录", "read records"))
    let unit = try world.unit(named: text)
    if field.key == "unit" { try world.admit(unit) }
    return .text(unit.rawValue)
  }

  /// The other field of a comparison: there, readable and of the same type.
  private func other(_ name: String, for field: Field) throws -> String {
    let other = try self.field(name)
    guard other.isComparable == field.isComparable, other.family == field.family else {
      throw Problem(
        .inputInvalid,
        Words(
          "“\(field.key)”和“\(name)”类型不同，不能比较", "'\(field.key)' and '\(name)' have different types"))
    }
    return other.key
  }
}

extension Field {
  /// Whether smaller and larger mean something.
  var isComparable: Bool {
    switch type {
    case .integer, .decimal, .day, .instant, .period: true
    case .text, .boolean, .choice, .reference, .unit: false
    }
  }

  /// What may be compared with what.
  var family: String {
    switch type {
    case .text, .choice: "text"
    case .integer: "integer"
    case .decimal(let places): "decimal\(places)"
    case .boolean: "boolean"
    case .day: "day"
    case .instant: "instant"
    case .period: "period"
    case .reference: "reference"
    case .unit: "unit"
    }
  }

  /// Whether it can be added up.
  var isNumber: Bool {
    switch type {
    case .integer, .decimal: true
    default: false
    }
  }
}

extension Problem {
  fileprivate static func tableAsValue(_ field: Field) -> Problem {
    Problem(
      .inputInvalid,
      Words("“\(field.key)”不能直接等于一个表", "'\(field.key)' cannot equal a table"),
      hint: Words(
        "多选一请写 \(field.key) = gongyue.any { … }",
        "for one of several write \(field.key) = gongyue.any { … }"))
  }

  fileprivate static func notOrdered(_ field: Field) -> Problem {
    Problem(
      .inputInvalid,
      Words(
        "“\(field.key)”（\(field.label.chinese)）没有大小先后，不能这样比较",
        "'\(field.key)' (\(field.label.english)) has no order and cannot be compared so"))
  }
}
