extension Query {
  /// The query in the one spelling that no language and no wording changes: what tells
  /// one reading of the records from another, now and years later.
  public var canonical: String { json.canonical }

  fileprivate var json: JSONValue {
    [
      "kind": .string(kind), "where": condition.json,
      "order": .array(order.map { .array([.string($0.field), .bool($0.ascending)]) }),
      "limit": .optional(limit) { .integer(Int64($0)) },
    ]
  }
}

extension Condition {
  fileprivate var json: JSONValue {
    switch self {
    case .compare(let field, let comparison, let operand):
      .array([.string(comparison.rawValue), .string(field), operand.json])
    case .oneOf(let field, let values):
      .array([.string("one_of"), .string(field), .array(values.map(\.json))])
    case .between(let field, let low, let high):
      .array([
        .string("between"), .string(field), .optional(low, \.json), .optional(high, \.json),
      ])
    case .during(let field, let days):
      .array([.string("during"), .string(field), .day(days.lowerBound), .day(days.upperBound)])
    case .inForce(let day): .array([.string("in_force"), .day(day)])
    case .isMissing(let field): .array([.string("missing"), .string(field)])
    case .all(let parts): .array([.string("all")] + parts.map(\.json))
    case .any(let parts): .array([.string("any")] + parts.map(\.json))
    case .not(let part): .array([.string("not"), part.json])
    case .matched(let query, let pairs):
      .array([
        .string("matched"), query.json,
        .array(pairs.map { .array([.string($0.outer), .string($0.inner)]) }),
      ])
    }
  }
}

extension Operand {
  fileprivate var json: JSONValue {
    switch self {
    case .value(let value): value.json
    case .field(let name): ["field": .string(name)]
    }
  }
}

extension Value {
  /// With its type, so that the text `1` is not the number.
  fileprivate var json: JSONValue {
    switch self {
    case .boolean(let truth): .bool(truth)
    case .integer(let number): .integer(number)
    case .decimal(let number): ["decimal": .string(number.description)]
    case .text(let text): .string(text)
    case .day(let day): ["day": .day(day)]
    case .instant(let instant): ["instant": .integer(instant.milliseconds)]
    }
  }
}
