public import Governance

extension Capabilities {
  /// Asks for every field that a query names the rights of reading it plainly, however it names
  /// it: searched, matched, ordered, grouped or added up by.
  ///
  /// - Parameter fields: those that its records are grouped and added up by.
  /// - Throws: `denied` for the first that this run may not see as it is.
  public func check(
    _ query: Query, by fields: [String] = [], kinds: [Kind]
  ) throws(Problem) {
    for inner in query.withInner {
      if let kind = kinds.first(where: { $0.id == inner.kind }) { try checkGrant(kind) }
    }
    for mention in query.mentions(kinds: kinds) + fields.map({ Query.Mention(query.kind, $0) }) {
      guard let kind = kinds.first(where: { $0.id == mention.kind }),
        let field = kind.anyField(mention.field)
      else { continue }
      _ = try read(field, of: kind, for: mention.use == .presence ? .presence : .comparing)
    }
  }

  /// The query without the rows that this run may not see, those of inner queries included.
  public func guarded(_ query: Query, for use: Use, kinds: [Kind]) -> Query {
    var copy = query
    copy.condition = guarded(query.condition, use, kinds)
    guard let kind = kinds.first(where: { $0.id == query.kind }) else { return copy }
    for field in kind.fields where !field.sensitiveChoices.isEmpty {
      let sensitive = Condition.oneOf(
        field: field.key, field.sensitiveChoices.map { Value.text($0) })
      let ordinary: Condition =
        field.isRequired
        ? .not(sensitive) : .any([.isMissing(field: field.key), .not(sensitive)])
      switch sensitiveRows(field, of: kind) {
      case .clear, .logged: continue
      case .partly(let records): copy = copy.filtered(by: ordinary.or(records))
      case .countsOnly where use == .counting && query.condition.names(field):
        copy = copy.filtered(by: sensitive)
      default: copy = copy.filtered(by: ordinary)
      }
    }
    return copy
  }

  private func guarded(_ condition: Condition, _ use: Use, _ kinds: [Kind]) -> Condition {
    switch condition {
    case .all(let parts): .all(parts.map { guarded($0, use, kinds) })
    case .any(let parts): .any(parts.map { guarded($0, use, kinds) })
    case .not(let part): .not(guarded(part, use, kinds))
    case .matched(let inner, let pairs): .matched(guarded(inner, for: use, kinds: kinds), on: pairs)
    default: condition
    }
  }

  /// Checks that a count of sensitive rows, where only their number may be known, is of no single
  /// ones.
  ///
  /// - Parameter fields: those that the rows are grouped by.
  func checkRough(
    _ query: Query, groupedBy fields: [String], kinds: [Kind]
  ) throws(Problem) {
    guard isRough(query, kinds: kinds),
      let field = query.distinguishing(groupedBy: fields, kinds: kinds)
    else { return }
    throw .mayNotTellApart(by: field, actor)
  }

  /// Whether a count tells of sensitive rows to somebody who may know only roughly how
  /// many there are; small ones are then not told.
  func isRough(_ query: Query, kinds: [Kind]) -> Bool {
    guard let kind = kinds.first(where: { $0.id == query.kind }) else { return false }
    let isNamed = kind.fields.contains { field in
      query.condition.names(field) && sensitiveRows(field, of: kind) == .countsOnly
    }
    return isNamed || query.condition.matched.contains { isRough($0, kinds: kinds) }
  }
}

extension Condition {
  /// Whether it asks for a sensitive choice of a field by name.
  fileprivate func names(_ field: Field) -> Bool {
    switch self {
    case .compare(field.key, .equal, .value(.text(let code))):
      field.sensitiveChoices.contains(code)
    case .oneOf(field.key, let values):
      values.contains { value in field.sensitiveChoices.contains { .text($0) == value } }
    case .all(let parts), .any(let parts): parts.contains { $0.names(field) }
    default: false
    }
  }

  /// The queries in it.
  fileprivate var matched: [Query] {
    switch self {
    case .all(let parts), .any(let parts): parts.flatMap(\.matched)
    case .not(let part): part.matched
    case .matched(let query, _): [query]
    default: []
    }
  }
}
