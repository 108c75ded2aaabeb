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
      return pieces.isEmpty ? "FALSE" : Self.either(pieces[...])
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
    return pieces.isEmpty ? "FALSE" : Self.either(pieces[...])
  }

  /// Any of them, in brackets. SQLite bounds how deep an expression is, and `a OR b OR c` is as
  /// deep as it is long: many are halved, and halved again.
  private static func either(_ pieces: ArraySlice<SQL>) -> SQL {
    guard pieces.count > 100 else { return "(\(pieces.joined(separator: " OR ")))" }
    let half = pieces.index(pieces.startIndex, offsetBy: pieces.count / 2)
    return "(\(either(pieces[..<half])) OR \(either(pieces[half...])))"
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
    let (inner, from) = try matching(query, depth: depth + 1)
    var left: [SQL] = []
    var right: [SQL] = []
    for pair in pairs {
      let sides = try sides(readable(pair.outer, outer), outer, readable(pair.inner, inner), inner)
      left.append(sides.left)
      right.append(sides.right)
    }
    // One record at most to look up for each outer one.
    if pairs.isEmpty || pairs.contains(where: { Kind.unique.contains($0.inner) }) {
      let equal = zip(left, right).map { "\($0) = \($1)" as SQL }
      return "EXISTS (SELECT 1 \(([from] + equal).joined(separator: " AND ")))"
    }
    // The inner records are gathered once, whatever the planner expects of its indexes: the
    // work is that of both sides, not of each beside each.
    let values: SQL = "SELECT \(right.joined(separator: ", ")) \(from)"
    if left.count == 1 { return "\(left[0]) IN (\(values))" }
    // In a CASE a row with a missing value is no match without going through all of them.
    return "CASE WHEN (\(left.joined(separator: ", "))) IN (\(values)) THEN TRUE ELSE FALSE END"
  }

  /// `FROM … WHERE …` of an inner query; with a limit, only its first records can match.
  private func matching(_ query: Query, depth: Int) throws(Problem) -> (Source, SQL) {
    let (inner, from) = try source(of: query, depth: depth)
    guard let limit = query.limit else { return (inner, from) }
    let first: SQL =
      "SELECT \(inner.column("id")) \(from) \(try order(of: query, inner)) LIMIT \(limit)"
    let again = Source(kind: inner.kind, alias: "l" + inner.alias)
    let table: SQL = "FROM \(name: inner.kind.collection) AS \(SQL(trusted: again.alias))"
    return (again, "\(table) WHERE \(again.column("id")) IN (\(first))")
  }
}

extension Kind {
  /// Fields that no two records share.
  fileprivate static let unique: Set<String> = ["id", "code"]
}
