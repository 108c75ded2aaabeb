import Governance

/// What a query means, written again as plainly as possible: the compiler must agree with it.
struct NaiveEvaluator {
  let kinds: [String: Kind]
  let world: [String: [Record]]
  let units: Set<UnitID>?
  let hidesSensitive: Bool

  func records(_ query: Query) -> [Record] {
    let kind = kinds[query.kind]!
    var found = (world[query.kind] ?? []).filter {
      isVisible($0, kind) && holds(query.condition, $0, kind)
    }
    found.sort { left, right in
      for order in query.order {
        switch (value(order.field, left), value(order.field, right)) {
        case (nil, nil): continue
        case (nil, _): return false
        case (_, nil): return true
        case (let one?, let other?):
          let sign = compare(one, other)
          if sign != 0 { return order.ascending ? sign < 0 : sign > 0 }
        }
      }
      return left.id < right.id
    }
    return query.limit.map { Array(found.prefix($0)) } ?? found
  }

  private func isVisible(_ record: Record, _ kind: Kind) -> Bool {
    if let units, !units.contains(record.unit) { return false }
    guard hidesSensitive else { return true }
    return kind.fields.allSatisfy { field in
      guard case .choice(let choices) = field.type, case .text(let code) = record.values[field.key]
      else { return true }
      return choices.first { $0.code == code }!.sensitivity != .sensitive
    }
  }

  func holds(_ condition: Condition, _ record: Record, _ kind: Kind) -> Bool {
    switch condition {
    case .all(let parts): return parts.allSatisfy { holds($0, record, kind) }
    case .any(let parts): return parts.contains { holds($0, record, kind) }
    case .not(let part): return !holds(part, record, kind)
    case .compare(let field, let comparison, .value(let right)):
      guard let left = value(field, record) else { return false }
      return holds(comparison, left, right)
    case .compare(let field, let comparison, .field(let other)):
      guard let left = value(field, record), let right = value(other, record) else { return false }
      return holds(comparison, left, right)
    case .oneOf(let field, let values):
      guard let left = value(field, record) else { return false }
      return values.contains { holds(.equal, left, $0) }
    case .between(let field, let low, let high):
      guard let left = value(field, record) else { return false }
      if let low, !holds(.atLeast, left, low) { return false }
      if let high, !holds(.atMost, left, high) { return false }
      return true
    case .during(let field, let days):
      switch value(field, record) {
      case .day(let day): return days.contains(day)
      case .instant(let instant): return days.contains(instant.day)
      default: return false
      }
    case .inForce(let day):
      guard case .day(let from) = value(kind.validity!.from, record), from <= day else {
        return false
      }
      guard case .day(let to) = value(kind.validity!.to, record) else { return true }
      return day < to
    case .isMissing(let field): return value(field, record) == nil
    case .matched(let query, let pairs):
      return records(query).contains { inner in
        pairs.allSatisfy { pair in
          guard let left = value(pair.outer, record), let right = value(pair.inner, inner) else {
            return false
          }
          return holds(.equal, left, right)
        }
      }
    }
  }

  func value(_ field: String, _ record: Record) -> Value? {
    switch field {
    case "id": .integer(record.id)
    case "code": .text(record.code)
    case "unit": .text(record.unit.rawValue)
    default: record.values[field]
    }
  }

  private func holds(_ comparison: Comparison, _ left: Value, _ right: Value) -> Bool {
    let sign = compare(left, right)
    return switch comparison {
    case .equal: sign == 0
    case .notEqual: sign != 0
    case .less: sign < 0
    case .atMost: sign <= 0
    case .greater: sign > 0
    case .atLeast: sign >= 0
    }
  }

  /// Negative, zero or positive.
  private func compare(_ left: Value, _ right: Value) -> Int {
    switch (left, right) {
    case (.boolean(let one), .boolean(let other)): sign(one ? 1 : 0, other ? 1 : 0)
    case (.text(let one), .text(let other)): sign(Array(one.utf8), Array(other.utf8))
    case (.day(let one), .day(let other)): sign(one.ordinal, other.ordinal)
    case (.instant(let one), .instant(let other)): sign(one.milliseconds, other.milliseconds)
    case (.instant(let one), .day(let other)): sign(one.day.ordinal, other.ordinal)
    case (.day(let one), .instant(let other)): sign(one.ordinal, other.day.ordinal)
    default:
      rational(left) < rational(right) ? -1 : rational(left) == rational(right) ? 0 : 1
    }
  }

  private func rational(_ value: Value) -> Rational {
    switch value {
    case .integer(let number): Rational(number)
    case .decimal(let decimal): Rational(decimal)
    default: fatalError("\(value) is no number")
    }
  }

  private func sign(_ left: Int, _ right: Int) -> Int { left < right ? -1 : left == right ? 0 : 1 }
  private func sign(_ left: Int64, _ right: Int64) -> Int {
    left < right ? -1 : left == right ? 0 : 1
  }
  private func sign(_ left: [UInt8], _ right: [UInt8]) -> Int {
    left.lexicographicallyPrecedes(right) ? -1 : left == right ? 0 : 1
  }
}
