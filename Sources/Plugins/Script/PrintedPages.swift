internal import Governance
internal import Lua

/// Draws the values that a script gave back.
struct PrintedPages {
  let context: ScriptContext
  private let codes: PrintedCodes

  init(_ context: ScriptContext) {
    self.context = context
    codes = PrintedCodes(context)
  }

  /// A query's records in its place, so that they are read once; one without any stays.
  func read(_ value: LuaValue) throws -> LuaValue {
    guard let query = value.object(as: ScriptQuery.self) else { return value }
    let records = try records(of: query)
    return records.isEmpty ? value : .list(records.map { .object(HostObject($0)) })
  }

  // MARK: For people

  func report(_ value: LuaValue) throws -> Report {
    if let report = value.object(as: ScriptReport.self)?.report { return report }
    if let query = value.object(as: ScriptQuery.self) {
      let kind = try context.kind(query.query.kind)
      return try table(records(of: query), of: kind)
    }
    if let record = value.object(as: ScriptRecord.self) { return try page(record) }
    if case .list(let items) = value, let report = try list(items) { return report }
    return Report(nil, [.verbatim(Self.plain(value))])
  }

  /// Records of one kind, or the rows of a grouping; nil for any other list.
  private func list(_ items: [LuaValue]) throws -> Report? {
    let records = items.compactMap { $0.object(as: ScriptRecord.self) }
    if let kind = records.first?.kind, records.count == items.count,
      records.allSatisfy({ $0.kind.id == kind.id })
    {
      return try table(records, of: kind)
    }
    let rows = items.compactMap(\.fields)
    guard !rows.isEmpty, rows.count == items.count else { return nil }
    let known = context.groupings.filter { $0.fits(rows) }
    // Two groupings of one shape: nobody knows which of them it was.
    guard known.count == 1, let columns = known.first else { return nil }
    return try table(rows, of: columns)
  }

  private func table(_ rows: [[String: LuaValue]], of columns: GroupColumns) throws -> Report {
    let kind = try context.kind(columns.kind)
    let fields = columns.fields.compactMap(kind.anyField)
    try codes.look(up: rows, fields)
    let measured = columns.of.flatMap(kind.anyField)
    let table = Table(
      nil, fields.map(\.column) + [Table.Column(columns.heading, .trailing)],
      rows.map { row in
        fields.map { cell(row[$0.key], $0) }
          + [measured.map { cell(row[columns.aggregate], $0) } ?? bare(row[columns.aggregate])]
      })
    return Report(kind.label, [.table(table)])
  }

  private func table(_ records: [ScriptRecord], of kind: Kind) throws -> Report {
    let fields = kind.fields.filter { field in records.contains { $0.values[field.key] != nil } }
    try codes.look(up: records.map(\.values), fields)
    let table = Table(
      nil, [.text("编号", "Code"), .text("单位", "Unit")] + fields.map(\.column),
      records.map { record in
        [bare(record.values["code"]), bare(record.values["unit"])]
          + fields.map { cell(record.values[$0.key], $0) }
      })
    let count = Words("共 \(records.count) 条", "\(records.count) in all")
    return Report(kind.label, [.table(table), .footnote(count)])
  }

  /// One record, with all of its fields.
  private func page(_ record: ScriptRecord) throws -> Report {
    let kind = record.kind
    try codes.look(up: [record.values], kind.fields)
    let states = try context.require(Words("读取记录", "read records"))
      .states(kind.id, id: record.id)
    let rows = kind.fields.map { field -> [Cell] in
      guard record.values[field.key] == nil else {
        return [.text(field.label), cell(record.values[field.key], field)]
      }
      if (try? context.capabilities.read(field, of: kind, for: .showing)) == nil {
        return [.text(field.label), .text(Words("（不能查看）", "(not readable)"))]
      }
      return [.text(field.label), states[field.key].map { .text($0.label) } ?? .empty]
    }
    let code = record.values["code"]?.text ?? ""
    let unit: [Cell] = [.text(Words("所属单位", "unit")), bare(record.values["unit"])]
    let table = Table(nil, [.text("项目", "Field"), .text("内容", "Value")], [unit] + rows)
    return Report(
      Words("\(kind.label.chinese) \(code)", "\(kind.label.english) \(code)"), [.table(table)])
  }

  private func records(of query: ScriptQuery) throws -> [ScriptRecord] {
    try VisibleRows(query.query, context).records(most: QueryAPI.mostListed)
  }

  private func cell(_ value: LuaValue?, _ field: Field) -> Cell {
    guard let value, !value.isNil else { return .empty }
    if case .reference(let target) = field.type, let id = value.int64 {
      return .verbatim(codes[target, id])
    }
    return (try? field.value(value)).map { field.cell(of: $0) } ?? bare(value)
  }

  /// A value of which nothing more is known.
  private func bare(_ value: LuaValue?) -> Cell {
    switch value {
    case nil, .nil?: .empty
    case .integer(let number)?: .number(number)
    case .number(let number)?: .binary(number)
    case .decimal(let units, let places)?: .decimal(Decimal(units: units, places: places))
    case .string(let text)?: .verbatim(text)
    case let other?:
      other.object(as: FormulaMark.self)?.figure.reason.map { .text($0) }
        ?? .verbatim(LuaText(other).inOneLine)
    }
  }

  private static func plain(_ value: LuaValue) -> String {
    if case .string(let text) = value { return text }
    return LuaText(value).text
  }

  // MARK: For programs

  func data(of value: LuaValue) throws -> JSONValue {
    switch value {
    case .list(let items): .array(try items.map { try data(of: $0) })
    case .record(let fields): try object(fields)
    case .mixed(let items, let fields):
      try object(fields.merging(zip(1..., items).map { (String($0), $1) }) { named, _ in named })
    case .number(let number) where !number.isFinite: .string(number.description)
    case .function: ["type": "function"]
    case .object(let object): try data(of: object)
    default: try JSONAPI.json(value)
    }
  }

  private func data(of object: HostObject) throws -> JSONValue {
    switch object.value {
    case let record as ScriptRecord: try self.object(record.values)
    case let query as ScriptQuery: .array(try records(of: query).map { try self.object($0.values) })
    case let report as ScriptReport: report.report.json(in: context.language)
    case let period as ScriptPeriod: .string(period.period.description)
    case is FormulaMark: .null
    case let comparison as ScriptComparison where comparison.isMissing: .null
    default: ["type": .string(object.type)]
    }
  }

  private func object(_ fields: [String: LuaValue]) throws -> JSONValue {
    .object(
      try fields.sorted { $0.key < $1.key }
        .map { JSONValue.Member($0.key, try data(of: $0.value)) })
  }
}

/// What records that are referred to are called: code and name, where the actor may read it.
private final class PrintedCodes {
  private let context: ScriptContext
  private var names: [String: [Int64: String]] = [:]

  init(_ context: ScriptContext) {
    self.context = context
  }

  /// The id where nothing more may be known.
  subscript(kind: String, id: Int64) -> String { names[kind]?[id] ?? String(id) }

  /// Reads what the references among these values are called.
  func look(up rows: [[String: LuaValue]], _ fields: [Field]) throws {
    for field in fields {
      guard case .reference(let kind) = field.type else { continue }
      let ids = Set(rows.compactMap { $0[field.key]?.int64 }).filter { names[kind]?[$0] == nil }
      var rest = ids.sorted()[...]
      while !rest.isEmpty {
        try read(rest.prefix(500).map { .integer($0) }, kind)
        rest = rest.dropFirst(500)
      }
    }
  }

  private func read(_ ids: [Value], _ kind: String) throws {
    let query = Query(kind: kind, where: .oneOf(field: "id", ids))
    let named = try context.kind(kind).field("name").map { _ in ["name"] } ?? []
    // Whoever may not read the name reads the code; who may not read that is left with the id.
    let rows =
      (try? VisibleRows(query, context, only: ["id", "code"] + named))
      ?? (try? VisibleRows(query, context, only: ["id", "code"]))
    for record in try rows?.records(most: ids.count) ?? [] {
      let parts = [record.values["code"]?.text, record.values["name"]?.text].compactMap(\.self)
      names[kind, default: [:]][record.id] = parts.joined(separator: " ")
    }
  }
}
