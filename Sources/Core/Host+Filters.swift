internal import Governance
internal import Storage

/// What a person typed behind `--where`.
extension Host {
  /// The condition that a filter means; a day or month among moments means the whole of it.
  ///
  /// - Throws: `denied` for what the actor may not search by, `input.invalid` naming what the
  ///   field takes.
  func condition(_ filter: Filter, on kind: Kind, near: UnitID? = nil) throws -> Condition {
    let field = try kind.requiredField(filter.name)
    if field.sensitivity != .none, !maySearch(by: field, of: kind) {
      throw Problem.mayNotSearch(by: field, of: kind, actor)
    }
    switch filter.comparison {
    case .equal: return try equal(filter.value, field, of: kind, near: near)
    case .notEqual: return .not(try equal(filter.value, field, of: kind, near: near))
    default: return try ordered(filter, field, of: kind)
    }
  }

  private func equal(
    _ text: String, _ field: Field, of kind: Kind, near: UnitID?
  ) throws -> Condition {
    if text.isEmpty { return .isMissing(field: field.key) }
    if let days = days(text, field) { return .during(field: field.key, days) }
    let value = try typed(text, field, of: kind, near: near)
    if case .instant(let moment) = value { return .within(field, moment.asShown) }
    if case .choice(let choices) = field.type,
      let hidden = choices.first(where: { .text($0.code) == value && $0.sensitivity == .sensitive })
    {
      switch reading(field, of: kind) {
      case .clear, .logged, .partly: break
      case .countsOnly where opening.purpose != nil: break
      default: throw Problem.choiceNotDisclosed(hidden, to: actor, purpose: opening.purpose)
      }
    }
    return .compare(field: field.key, .equal, .value(value))
  }

  /// Before a day or period is before its beginning, after it is after its end.
  private func ordered(_ filter: Filter, _ field: Field, of kind: Kind) throws -> Condition {
    guard field.hasOrder else { throw Problem.hasNoOrder(field) }
    let isFromBeginning = [.less, .atLeast].contains(filter.comparison)
    let edge: Value
    if let days = days(filter.value, field) {
      edge = .day(isFromBeginning ? days.lowerBound : days.upperBound)
    } else {
      let value = try typed(filter.value, field, of: kind)
      edge = isFromBeginning ? value : value.asShown
    }
    return .compare(field: field.key, filter.comparison, .value(edge))
  }

  /// The days that a text means for a field that holds days or moments; nil for a moment.
  private func days(_ text: String, _ field: Field) -> ClosedRange<Day>? {
    switch field.type {
    case .day, .instant: try? Period.parse(text, today: today).days
    default: nil
    }
  }

  /// Whether the actor's role could search by a field, given a purpose.
  private func maySearch(by field: Field, of kind: Kind) -> Bool {
    switch actor.reading(field.sensitivity, of: kind, purpose: "-") {
    case .clear, .logged, .countsOnly: true
    case .masked, .partly, .never: false
    }
  }

  func reading(_ field: Field, of kind: Kind) -> Reading {
    actor.reading(field.handling, of: kind, purpose: opening.purpose)
  }

  /// Whether a condition asks for sensitive records of which the actor, having stated a
  /// purpose, may know only how many there are.
  func isRough(_ filter: Filter, on kind: Kind) throws -> Bool {
    let field = try kind.requiredField(filter.name)
    guard opening.purpose != nil, reading(field, of: kind) == .countsOnly else { return false }
    if field.sensitivity == .sensitive { return true }
    let value = field.type.typed?.read(filter.value)
    return field.sensitiveChoices.contains { .text($0) == value }
  }
}

extension Condition {
  fileprivate static func within(_ field: Field, _ range: ClosedRange<Instant>) -> Condition {
    .between(field: field.key, .instant(range.lowerBound), .instant(range.upperBound))
  }
}

extension Instant {
  /// All moments that are shown as this one: to the minute, where it has no seconds.
  fileprivate var asShown: ClosedRange<Instant> {
    let (_, _, second, rest) = clock
    return self...(second == 0 && rest == 0 ? self + 59_999 : self)
  }
}

extension Value {
  /// The last of the values that are shown as this one.
  fileprivate var asShown: Value {
    if case .instant(let moment) = self { return .instant(moment.asShown.upperBound) }
    return self
  }
}

extension Field {
  fileprivate var hasOrder: Bool {
    switch type {
    case .integer, .decimal, .day, .instant, .period: true
    case .text, .boolean, .choice, .reference, .unit: false
    }
  }
}

extension Kind {
  /// A field by key or label.
  func requiredField(_ name: String) throws -> Field {
    let all = Kind.common + fields
    if let field = all.called(name, by: { ($0.label, [$0.key]) }) { return field }
    let near = nearest(to: name, in: all.flatMap { [$0.key, $0.label.chinese] })
    throw Problem(
      .fieldUnknown,
      Words("“\(label.chinese)”没有“\(name)”这一项", "\(collection) have no field '\(name)'"),
      hint: near.map { Words("是不是 \($0)？", "did you mean \($0)?") }
        ?? Words(
          "可用的有："
            + fields.map { "\($0.label.chinese)（\($0.key)）" }.joined(separator: "、"),
          "fields: \(fields.map(\.key).joined(separator: ", "))"))
  }
}

extension Problem {
  fileprivate static func hasNoOrder(_ field: Field) -> Problem {
    Problem(
      .inputInvalid,
      Words(
        "“\(field.label.chinese)”（\(field.key)）没有大小先后，不能这样比较",
        "'\(field.label.english)' (\(field.key)) has no order and cannot be compared so"),
      hint: Words("可以写 \(field.key)=… 或 \(field.key)!=…", "write \(field.key)=… or \(field.key)!=…")
    )
  }
}
