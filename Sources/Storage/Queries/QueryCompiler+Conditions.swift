internal import Governance

extension QueryCompiler {
  /// A condition as SQL, in brackets where it needs them; nil when it asks nothing.
  func condition(
    _ condition: Condition, _ source: Source, depth: Int, nesting: Int = 0
  ) throws(Problem) -> SQL? {
    guard nesting + depth < Self.deepest else { throw .nestedTooDeep(Self.deepest) }
    switch condition {
    case .all(let parts):
      let pieces = try all(parts, source, depth, nesting).compactMap { $0 }
      return pieces.isEmpty ? nil : "(\(pieces.joined(separator: " AND ")))"
    case .any(let parts):
      let pieces = try all(parts, source, depth, nesting).map { $0 ?? "TRUE" }
      return pieces.isEmpty ? "FALSE" : "(\(pieces.joined(separator: " OR ")))"
    case .not(let part):
      let inner = try self.condition(part, source, depth: depth, nesting: nesting + 1)
      return "(\(inner ?? "TRUE")) IS NOT TRUE"
    case .compare(let key, let comparison, .value(let value)):
      return try compare(readable(key, source), comparison, value, source)
    case .compare(let key, let comparison, .field(let other)):
      return try compare(readable(key, source), comparison, readable(other, source), source)
    case .oneOf(let key, let values): return try oneOf(readable(key, source), values, source)
    case .between(let key, let low, let high):
      return try between(readable(key, source), low, high, source)
    case .during(let key, let days): return try during(readable(key, source), days, source)
    case .inForce(let day): return try inForce(on: day, source)
    case .isMissing(let key): return "\(source.column(try readable(key, source).key)) IS NULL"
    case .matched(let query, let pairs): return try matched(query, pairs, source, depth: depth)
    }
  }

  private func all(
    _ parts: [Condition], _ source: Source, _ depth: Int, _ nesting: Int
  ) throws(Problem) -> [SQL?] {
    var pieces: [SQL?] = []
    for part in parts {
      pieces.append(try condition(part, source, depth: depth, nesting: nesting + 1))
    }
    return pieces
  }

  private func oneOf(_ field: Field, _ values: [Value], _ source: Source) throws(Problem) -> SQL {
    var pieces: [SQL] = []
    for value in values { pieces.append(try compare(field, .equal, value, source)) }
    guard !pieces.isEmpty else { return "FALSE" }
    return "(\(pieces.joined(separator: " OR ")))"
  }

  private func between(
    _ field: Field, _ low: Value?, _ high: Value?, _ source: Source
  ) throws(Problem) -> SQL {
    var pieces: [SQL] = []
    if let low { pieces.append(try compare(field, .atLeast, low, source)) }
    if let high { pieces.append(try compare(field, .atMost, high, source)) }
    if pieces.isEmpty { return "\(source.column(field.key)) IS NOT NULL" }
    return "(\(pieces.joined(separator: " AND ")))"
  }

  private func during(
    _ field: Field, _ days: ClosedRange<Day>, _ source: Source
  ) throws(Problem) -> SQL {
    switch field.type {
    case .day, .instant:
      return try between(field, .day(days.lowerBound), .day(days.upperBound), source)
    default: throw .notDated(field)
    }
  }

  private func inForce(on day: Day, _ source: Source) throws(Problem) -> SQL {
    guard let validity = source.kind.validity else { throw .notDatedKind(source.kind) }
    let from = try compare(readable(validity.from, source), .atMost, .day(day), source)
    let to = try readable(validity.to, source)
    let ended = try compare(to, .greater, .day(day), source)
    return "(\(from) AND (\(source.column(to.key)) IS NULL OR \(ended)))"
  }

  private func matched(
    _ query: Query, _ pairs: [Condition.FieldPair], _ outer: Source, depth: Int
  ) throws(Problem) -> SQL {
    guard depth + 1 < Self.deepest else { throw .nestedTooDeep(Self.deepest) }
    let (inner, from) = try source(of: query, depth: depth + 1)
    if let limit = query.limit {
      return try matched(query, limit: limit, inner, from, pairs, outer)
    }
    var conditions: [SQL] = [from]
    for pair in pairs { conditions.append(try joined(pair, outer, inner)) }
    return "EXISTS (SELECT 1 \(conditions.joined(separator: " AND ")))"
  }

  /// With a limit, only the first records of the inner query can match.
  private func matched(
    _ query: Query, limit: Int, _ inner: Source, _ from: SQL,
    _ pairs: [Condition.FieldPair], _ outer: Source
  ) throws(Problem) -> SQL {
    let first: SQL =
      "SELECT \(inner.column("id")) \(from) \(try order(of: query, inner)) LIMIT \(limit)"
    let again = Source(kind: inner.kind, alias: "l" + inner.alias)
    let table: SQL = "\(name: inner.kind.collection) AS \(SQL(trusted: again.alias))"
    var conditions: [SQL] = ["\(again.column("id")) IN (\(first))"]
    for pair in pairs { conditions.append(try joined(pair, outer, again)) }
    return "EXISTS (SELECT 1 FROM \(table) WHERE \(conditions.joined(separator: " AND ")))"
  }

  private func joined(
    _ pair: Condition.FieldPair, _ outer: Source, _ inner: Source
  ) throws(Problem) -> SQL {
    let left = try readable(pair.outer, outer)
    let right = try readable(pair.inner, inner)
    return try fields(left, outer, .equal, right, inner)
  }
}
