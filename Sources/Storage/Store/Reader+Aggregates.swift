public import Governance

/// What many records come down to, exactly.
public struct Total: Hashable, Sendable {
  /// How many records there were.
  public let records: Int

  /// In how many of them the field had a value; the same as `records` for a count.
  public let present: Int

  /// The count, sum, minimum or maximum; for an average the sum it is made of.
  ///
  /// A sum of nothing is 0; a minimum or maximum of nothing is nil.
  public let value: Value?

  /// Sum divided by the number of values; nil when there are none, or no average was asked for.
  public let average: Rational?

  /// How many records had no value: whether that matters is the formula's to say (law 8).
  public var missing: Int { records - present }
}

/// One group of records with the same values of the fields it was grouped by.
public struct Group: Hashable, Sendable {
  public let keys: [Value?]
  public let total: Total
}

extension Reader {
  /// Counts, sums, averages or finds the least or greatest, in the database.
  ///
  /// - Throws: `input.invalid` when the field is no number, or the sum is beyond
  ///   what can be exact; never a rounded number.
  public func total(
    _ aggregate: Aggregate, of query: Query, in scope: Scope
  ) throws -> Total {
    let groups = try groups(query, by: [], aggregate, in: scope)
    guard let whole = groups.first else { throw Interrupted() }
    return whole.total
  }

  /// The same for each group of records, ordered by the fields they are grouped by;
  /// records without a value form a group of their own, which comes last.
  public func groups(
    _ query: Query, by keys: [String], _ aggregate: Aggregate, in scope: Scope
  ) throws -> [Group] {
    let compiler = compiler(scope)
    let (source, from) = try compiler.source(of: query)
    let keyFields = try keys.map { try compiler.readable($0, source) }
    let field = try aggregate.field.map { try compiler.readable($0, source) }
    try aggregate.check(field)
    let table = try limited(query, source, from, compiler, keyFields + [field].compactMap { $0 })
    let sql = aggregate.sql(over: table, field: field, by: keyFields)
    var groups: [Group] = []
    do {
      try connection.forEachRow(sql) { row in
        groups.append(try Self.group(row, keyFields, field, aggregate))
      }
    } catch is IntegerOverflow {
      throw Problem.sumTooLarge(field!)
    }
    return groups
  }

  /// The query as a table of just the columns that are needed; its limit counts.
  private func limited(
    _ query: Query, _ source: QueryCompiler.Source, _ from: SQL, _ compiler: QueryCompiler,
    _ fields: [Field]
  ) throws -> SQL {
    var seen: Set<String> = []
    let columns = fields.filter { seen.insert($0.key).inserted }.map { field -> SQL in
      "\(source.column(field.key)) AS \(name: field.key)"
    }
    let select = columns.isEmpty ? "1" : columns.joined(separator: ", ")
    guard query.limit != nil else { return "SELECT \(select) \(from)" }
    let order = try compiler.order(of: query, source)
    // How many the first ones are does not depend on which they are.
    let ordered: SQL = fields.isEmpty ? "" : " \(order)"
    return "SELECT \(select) \(from)\(ordered)\(compiler.limit(of: query))"
  }

  private static func group(
    _ row: [Stored], _ keyFields: [Field], _ field: Field?, _ aggregate: Aggregate
  ) throws -> Group {
    let keys = try zip(keyFields, row).map { try $0.value($1) }
    let rest = Array(row[keyFields.count...])
    let records = Int(rest[0].integer ?? 0)
    guard let field else {
      let count = Value.integer(Int64(records))
      return Group(
        keys: keys, total: Total(records: records, present: records, value: count, average: nil))
    }
    let present = Int(rest[1].integer ?? 0)
    let isSum = aggregate.isSum
    let value = try field.value(rest[2] == .null && isSum ? .integer(0) : rest[2])
    var average: Rational?
    if case .average = aggregate, present > 0, case .integer(let units) = rest[2] {
      let sum = Rational(Decimal(units: units, places: field.type.places))
      average = sum / Rational(present)
    }
    return Group(
      keys: keys, total: Total(records: records, present: present, value: value, average: average))
  }
}

/// A sum went beyond 64 bits; drivers throw it so that no rounded sum is taken for an exact one.
public struct IntegerOverflow: Error, Hashable, Sendable {
  public init() {}
}

extension Aggregate {
  var field: String? {
    switch self {
    case .count: nil
    case .sum(let field), .average(let field), .minimum(let field), .maximum(let field): field
    }
  }

  var isSum: Bool {
    switch self {
    case .sum, .average: true
    case .count, .minimum, .maximum: false
    }
  }

  func check(_ field: Field?) throws(Problem) {
    guard let field else { return }
    switch field.type {
    case .integer where field.key != "id", .decimal: return
    default: if isSum { throw .notSummable(field) }
    }
    if !field.isOrdered { throw .notOrdered(field) }
  }

  func sql(over table: SQL, field: Field?, by keys: [Field]) -> SQL {
    var columns = keys.map { "\(name: $0.key)" as SQL }
    columns.append("count(*)")
    if let field {
      columns.append("count(\(name: field.key))")
      columns.append("\(SQL(trusted: function))(\(name: field.key))")
    }
    let select: SQL = "SELECT \(columns.joined(separator: ", ")) FROM (\(table))"
    guard !keys.isEmpty else { return select }
    let by = keys.map { "\(name: $0.key)" as SQL }
    let order = by.map { "\($0) ASC NULLS LAST" as SQL }
    return
      "\(select) GROUP BY \(by.joined(separator: ", ")) ORDER BY \(order.joined(separator: ", "))"
  }

  private var function: String {
    switch self {
    case .count: "count"
    case .sum, .average: "sum"
    case .minimum: "min"
    case .maximum: "max"
    }
  }
}
