public import Governance

extension Capabilities {
  /// The query without the rows that this run may not see, those of inner queries included.
  public func guarded(_ query: Query, for use: Use, kinds: [Kind]) -> Query {
    var copy = query
    copy.condition = guarded(query.condition, kinds)
    guard let kind = kinds.first(where: { $0.id == query.kind }) else { return copy }
    for field in kind.fields where !field.sensitiveChoices.isEmpty {
      guard !admitsSensitiveRows(field, of: kind, for: use) else { continue }
      let hidden = field.sensitiveChoices.map { Value.text($0) }
      let shown: Condition = .not(.oneOf(field: field.key, hidden))
      copy = copy.filtered(
        by: field.isRequired ? shown : .any([.isMissing(field: field.key), shown]))
    }
    return copy
  }

  private func guarded(_ condition: Condition, _ kinds: [Kind]) -> Condition {
    switch condition {
    case .all(let parts): .all(parts.map { guarded($0, kinds) })
    case .any(let parts): .any(parts.map { guarded($0, kinds) })
    case .not(let part): .not(guarded(part, kinds))
    case .matched(let inner, let pairs):
      .matched(guarded(inner, for: .counting, kinds: kinds), on: pairs)
    default: condition
    }
  }
}
