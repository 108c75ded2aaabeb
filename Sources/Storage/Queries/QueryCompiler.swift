internal import Governance

/// Turns a `Query` into SQL, adding the scope that the query cannot name.
///
/// A comparison with a missing value is false, never unknown: `not` keeps records
/// whose field is missing. In SQL a null comparison counts as false in every
/// place but under NOT, so only `not` needs a word of its own (IS NOT TRUE).
struct QueryCompiler {
  let schema: Schema
  let scope: Scope
  let dialect: Dialect

  /// Whether records that were taken back are part of what is asked.
  var includesRetracted = false

  /// How many conditions may stand in one another, and queries in queries.
  static let deepest = 50

  /// One table in the statement: its kind and the name its columns go by.
  struct Source {
    let kind: Kind
    let alias: String

    func column(_ key: String) -> SQL {
      SQL(trusted: "\(alias).\(SQL.quoted(key))")
    }
  }

  /// `FROM … WHERE …` of a query.
  func source(of query: Query, depth: Int = 0) throws(Problem) -> (Source, SQL) {
    let kind = try schema.kind(query.kind)
    guard scope.grants.grants(kind) else { throw .kindNotGranted(kind) }
    let source = Source(kind: kind, alias: "t\(depth)")
    var conditions: [SQL] = ["TRUE"]
    if !includesRetracted { conditions = [SQL(trusted: "\(source.alias)._retracted = 0")] }
    if let units = scopeCondition(source) { conditions.append(units) }
    if let records = try unscoped(scope.condition(on: kind), source, depth) {
      conditions.append(records)
    }
    conditions += try hiddenChoices(source, depth)
    if let asked = try condition(query.condition, source, depth: depth) { conditions.append(asked) }
    let table: SQL = "FROM \(name: kind.collection) AS \(SQL(trusted: source.alias))"
    return (source, "\(table) WHERE \(conditions.joined(separator: " AND "))")
  }

  /// `ORDER BY …`: always a total order, ties by id; missing values come last.
  func order(of query: Query, _ source: Source) throws(Problem) -> SQL {
    var terms: [SQL] = []
    for order in query.order {
      let field = try readable(order.field, source)
      let direction: SQL = order.ascending ? "ASC" : "DESC"
      terms.append("\(source.column(field.key)) \(direction) NULLS LAST")
    }
    terms.append("\(source.column("id")) ASC")
    return "ORDER BY \(terms.joined(separator: ", "))"
  }

  func limit(of query: Query) -> SQL {
    query.limit.map { " LIMIT \($0)" } ?? ""
  }

  /// A field that may be filtered, ordered, grouped or calculated by.
  func readable(_ key: String, _ source: Source) throws(Problem) -> Field {
    let field = try source.kind.known(key)
    switch scope.grants.access(to: field, of: source.kind) {
    case .clear: return field
    case .undisclosed, .partly: throw .fieldNotDisclosed(field, of: source.kind)
    case .fieldNotGranted: throw .fieldNotGranted(field, of: source.kind)
    case .kindNotGranted: throw .kindNotGranted(source.kind)
    }
  }

  /// A field as it is given out: a personal text without a purpose is masked as it declares.
  func output(_ key: String, _ source: Source) throws(Problem) -> SQL {
    let field = try source.kind.known(key)
    let column = source.column(key)
    let masked = dialect.masked(column, as: field.mask ?? .hidden)
    if isMasked(field, source.kind) { return masked }
    if case .partly(let records) = scope.grants.access(to: field, of: source.kind) {
      let isShown = try unscoped(records, source, 0) ?? "TRUE"
      return "CASE WHEN \(isShown) THEN \(column) ELSE \(masked) END"
    }
    return source.column(try readable(key, source).key)
  }

  /// A condition of the host's own, which no scope narrows: it is what the scope is made of.
  private func unscoped(
    _ condition: Condition, _ source: Source, _ depth: Int
  ) throws(Problem) -> SQL? {
    if condition == .everything { return nil }
    let compiler = QueryCompiler(schema: schema, scope: .all, dialect: dialect)
    return try compiler.condition(condition, source, depth: depth)
  }

  /// Whether only its beginning may be seen.
  func isMasked(_ field: Field, _ kind: Kind) -> Bool {
    field.isMaskable && scope.grants.access(to: field, of: kind) == .undisclosed
  }

  /// The fields that are given out when a query names none.
  func outputFields(of kind: Kind) -> [Field] {
    (Kind.common + kind.fields).filter { field in
      switch scope.grants.access(to: field, of: kind) {
      case .clear, .partly: true
      default: isMasked(field, kind)
      }
    }
  }

  private func scopeCondition(_ source: Source) -> SQL? {
    guard case .only(let units) = scope.units else { return nil }
    let column = source.column("unit")
    let sorted = units.sorted()
    switch sorted.count {
    case 0: return "FALSE"
    case 1: return "\(column) = \(sorted[0].rawValue)"
    default:
      let list = sorted.map { "\($0.rawValue)" as SQL }.joined(separator: ", ")
      return "\(column) IN (\(list))"
    }
  }

  private func hiddenChoices(_ source: Source, _ depth: Int) throws(Problem) -> [SQL] {
    var conditions: [SQL] = []
    for field in source.kind.fields {
      let hidden = field.sensitiveChoices
      let disclosed = scope.grants.disclosure(of: field, of: source.kind)
      guard !hidden.isEmpty, disclosed != .everything else { continue }
      let list = hidden.map { "\($0)" as SQL }.joined(separator: ", ")
      let isOrdinary: SQL = "(\(source.column(field.key)) IN (\(list))) IS NOT TRUE"
      guard disclosed != .nothing, let isShown = try unscoped(disclosed, source, depth) else {
        conditions.append(isOrdinary)
        continue
      }
      conditions.append("(\(isOrdinary) OR \(isShown))")
    }
    return conditions
  }
}

extension Field {
  /// Whether a mask would say something.
  var isMaskable: Bool { mask.map { $0 != .hidden } ?? false }
}
