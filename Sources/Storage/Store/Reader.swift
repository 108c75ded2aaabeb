public import Governance

/// One state of the database, to ask questions of.
///
/// Valid only inside the closure it was handed to, and only on its thread. Every
/// question names its scope; `.all` is the host's own.
public class Reader {
  let connection: any Connection
  public let schema: Schema

  init(connection: any Connection, schema: Schema) {
    self.connection = connection
    self.schema = schema
  }

  /// What a deadline's signal handler calls to stop the statement that is running.
  public var interruption: Interruption { connection.interruption }

  func compiler(_ scope: Scope) -> QueryCompiler {
    QueryCompiler(schema: schema, scope: scope, dialect: connection.dialect)
  }

  /// How many records a query has.
  public func count(_ query: Query, in scope: Scope) throws -> Int {
    try total(.count, of: query, in: scope).records
  }

  /// Whether a query has any record; stops at the first.
  public func exists(_ query: Query, in scope: Scope) throws -> Bool {
    if query.limit == 0 { return false }
    let (_, from) = try compiler(scope).source(of: query)
    return try connection.value("SELECT EXISTS (SELECT 1 \(from))")?.integer == 1
  }

  /// The records of a query, copied, with the fields that the scope grants.
  public func records(_ query: Query, in scope: Scope) throws -> [Record] {
    var records: [Record] = []
    try forEachRecord(of: query, in: scope) { records.append($0) }
    return records
  }

  /// The same a few hundred at a time: however many there are, no more are held.
  public func forEachBatch(
    of query: Query, in scope: Scope, _ body: ([Record]) throws -> Void
  ) throws {
    var batch: [Record] = []
    try forEachRecord(of: query, in: scope) { record in
      batch.append(record)
      guard batch.count == 500 else { return }
      try body(batch)
      batch.removeAll(keepingCapacity: true)
    }
    if !batch.isEmpty { try body(batch) }
  }

  private func forEachRecord(
    of query: Query, in scope: Scope, _ body: (Record) throws -> Void
  ) throws {
    let compiler = compiler(scope)
    let (source, from) = try compiler.source(of: query)
    let fields = compiler.outputFields(of: source.kind).filter { !$0.isCommon }
    let columns = try fields.map { try compiler.output($0.key, source) }
    let order = try compiler.order(of: query, source)
    let select = (Self.head(source) + columns).joined(separator: ", ")
    // Where a value is hidden, so is its state.
    let plain = Set(zip(fields, columns).filter { source.column($0.key) == $1 }.map(\.0.key))
    try connection.forEachRow("SELECT \(select) \(from) \(order)\(compiler.limit(of: query))") {
      let record = try Record(row: $0, kind: source.kind, fields: fields)
      try body(record.telling(statesOf: plain))
    }
  }

  /// The fields of a kind that the scope grants, whether as they are or masked.
  public func fields(of kind: String, in scope: Scope) throws -> [Field] {
    compiler(scope).outputFields(of: try schema.kind(kind)).filter { !$0.isCommon }
  }

  /// The first record in the query's order, or nil.
  public func first(_ query: Query, in scope: Scope) throws -> Record? {
    var query = query
    query.limit = min(query.limit ?? 1, 1)
    return try records(query, in: scope).first
  }

  /// Some fields of a query's records, in the query's order; nil where there is no value.
  public func columns(
    _ query: Query, _ keys: [String], in scope: Scope
  ) throws -> [[Value?]] {
    let compiler = compiler(scope)
    let (source, from) = try compiler.source(of: query)
    let fields = try keys.map { try source.kind.known($0) }
    let select = try fields.map { try compiler.output($0.key, source) }.joined(separator: ", ")
    let order = try compiler.order(of: query, source)
    var rows: [[Value?]] = []
    guard !keys.isEmpty else { return rows }
    try connection.forEachRow("SELECT \(select) \(from) \(order)\(compiler.limit(of: query))") {
      rows.append(try zip(fields, $0).map { try $0.value($1) })
    }
    return rows
  }

  /// A cursor over a query's records, for C.
  ///
  /// - Parameter keys: the fields it gives; nil for all that the scope grants.
  public func cursor(
    _ query: Query, _ keys: [String]? = nil, in scope: Scope
  ) throws -> RecordCursor {
    let compiler = compiler(scope)
    let (source, from) = try compiler.source(of: query)
    let fields =
      try keys.map { try $0.map { try source.kind.known($0) } }
      ?? compiler.outputFields(of: source.kind)
    var select = try fields.map { try compiler.output($0.key, source) }
    let hasStates = try hasStates(source.kind)
    if hasStates { select += zip(fields, select).map { Self.state($0, source, of: $1) } }
    if select.isEmpty { select = ["NULL"] }
    let order = try compiler.order(of: query, source)
    let sql: SQL =
      "SELECT \(select.joined(separator: ", ")) \(from) \(order)\(compiler.limit(of: query))"
    let (text, bindings) = sql.rendered(for: connection.dialect)
    let columns = fields.enumerated().map { index, field in
      RecordCursor.Column(
        field: field.key, type: field.type, state: hasStates ? fields.count + index : nil)
    }
    return RecordCursor(cursor: try connection.cursor(text, bindings), columns: columns)
  }

  /// A record by its id; nil when there is none in the scope, or it was retracted.
  public func record(_ kind: String, id: Int64, in scope: Scope) throws -> Record? {
    try first(
      Query(kind: kind, where: .compare(field: "id", .equal, .value(.integer(id)))), in: scope)
  }

  /// A record by its code; nil when there is none in the scope, or it was retracted.
  public func record(_ kind: String, code: String, in scope: Scope) throws -> Record? {
    try first(
      Query(kind: kind, where: .compare(field: "code", .equal, .value(.text(code)))), in: scope)
  }

  private func hasStates(_ kind: Kind) throws -> Bool {
    try connection.value(
      "SELECT EXISTS (SELECT 1 FROM \(name: kind.collection) WHERE _states IS NOT NULL)"
    )?.integer == 1
  }

  /// - Parameter output: what is given out for the field; where that is hidden, so is its state.
  private static func state(
    _ field: Field, _ source: QueryCompiler.Source, of output: SQL
  ) -> SQL {
    let states = source.column("_states")
    let plain: SQL = "CASE WHEN \(output) IS NULL THEN 'missing' ELSE 'present' END"
    guard output == source.column(field.key), !field.isCommon else { return plain }
    return "coalesce(json_extract(\(states), \("$.\"\(field.key)\"")), \(plain))"
  }

  /// The columns that `Record.init(row:…)` expects before the fields.
  static func head(_ source: QueryCompiler.Source) -> [SQL] {
    ["id", "code", "unit", "_version", "_states"].map(source.column)
  }
}

extension Field {
  var isCommon: Bool { Kind.common.contains { $0.key == key } }
}

extension Record {
  /// The same with the states of these fields alone.
  func telling(statesOf keys: Set<String>) -> Record {
    if states.isEmpty { return self }
    return Record(
      kind: kind, id: id, code: code, unit: unit, version: version, values: values,
      states: states.filter { keys.contains($0.key) })
  }

  /// - Throws: `storage.damaged` when a column holds what its field cannot.
  init(row: [Stored], kind: Kind, fields: [Field]) throws(Problem) {
    guard case .integer(let id) = row[0], case .text(let code) = row[1],
      case .text(let unit) = row[2], case .integer(let version) = row[3]
    else { throw .databaseDamaged(at: nil, detail: Words("记录缺少编号", "a record lacks its id")) }
    var values: [String: Value] = [:]
    for (field, stored) in zip(fields, row[5...]) {
      values[field.key] = try field.value(stored)
    }
    self.init(
      kind: kind.id, id: id, code: code, unit: UnitID(unit), version: Int(version),
      values: values, states: [String: ValueState](stored: row[4].text))
  }
}

extension [String: ValueState] {
  init(stored: String?) {
    let members = stored.flatMap { try? JSONValue(parsing: $0) }?.fields ?? [:]
    self = members.compactMapValues { $0.text.flatMap(ValueState.init(rawValue:)) }
  }

  var stored: Stored {
    isEmpty ? .null : .text(JSONValue.object(mapValues { .string($0.rawValue) }).canonical)
  }
}
