internal import Governance

/// The table of a kind: columns, checks, indexes, all derived from its fields.
///
/// Bookkeeping columns begin with an underscore, so no field can clash with them.
struct Table {
  let kind: Kind
  let schema: Schema
  let dialect: Dialect

  /// Columns of fields the kind no longer has: kept with what they hold.
  var retired: [RetiredColumn] = []

  struct RetiredColumn: Hashable {
    let name: String
    let storage: String
  }

  /// Columns every table has, before the kind's own.
  static let bookkeeping = ["_client", "_version", "_sequence", "_states", "_retracted"]

  func creation(as name: String) -> SQL {
    var columns = [
      "id INTEGER PRIMARY KEY",
      "code TEXT NOT NULL UNIQUE",
      "unit TEXT NOT NULL",
      "_client TEXT UNIQUE",
      "_version INTEGER NOT NULL",
      "_sequence INTEGER NOT NULL",
      "_states TEXT",
      "_retracted INTEGER NOT NULL DEFAULT 0 CHECK (_retracted IN (0, 1))",
    ]
    columns += kind.fields.map(column)
    columns += retired.map { "\(SQL.quoted($0.name)) \($0.storage)" }
    return SQL(
      trusted: "CREATE TABLE \(SQL.quoted(name)) (\n  "
        + columns.joined(separator: ",\n  ") + "\n) STRICT")
  }

  private func column(_ field: Field) -> String {
    let name = SQL.quoted(field.key)
    let base = "\(name) \(field.type.storage)"
    switch field.type {
    case .boolean: return "\(base) CHECK (\(name) IN (0, 1))"
    case .day: return "\(base) CHECK (\(dialect.isDay(name)))"
    case .choice(let choices):
      let codes = choices.map { "'\($0.code)'" }.joined(separator: ", ")
      return "\(base) CHECK (\(name) IN (\(codes)))"
    case .reference(let target):
      guard let table = schema.collection(of: target) else { return base }
      return "\(base) REFERENCES \(SQL.quoted(table)) (id)"
    case .text, .integer, .decimal, .instant, .period, .unit: return base
    }
  }

  /// Indexes on what queries ask by: unit with each date, references, due dates.
  var indexes: [SQL] {
    var wanted: [[String]] = [["unit"]]
    for field in kind.fields {
      switch field.type {
      case .reference: wanted.append([field.key])
      case .unit: wanted.append([field.key])
      case .period: wanted.append(["unit", field.key])
      case .day, .instant:
        if isAsked(field.key) { wanted.append(["unit", field.key]) }
      default: break
      }
    }
    var statements = wanted.map { columns in
      let name = "\(kind.collection)_by_\(columns.joined(separator: "_"))"
      let list = columns.map(SQL.quoted).joined(separator: ", ")
      return SQL(
        trusted: "CREATE INDEX \(SQL.quoted(name)) ON \(SQL.quoted(kind.collection)) (\(list))")
    }
    statements.append(
      SQL(
        trusted: "CREATE INDEX \(SQL.quoted("\(kind.collection)_with_states")) "
          + "ON \(SQL.quoted(kind.collection)) (id) WHERE _states IS NOT NULL"))
    return statements
  }

  private func isAsked(_ key: String) -> Bool {
    key == kind.happened || key == kind.validity?.from || key == "due" || key.hasSuffix("_due")
  }

  /// Everything that decides how the table looks, in one spelling.
  var definition: JSONValue {
    .object([
      "collection": .string(kind.collection),
      "table": .string(creation(as: kind.collection).rendered(for: dialect).text),
      "indexes": .array(indexes.map { .string($0.rendered(for: dialect).text) }),
      "columns": .object(
        Dictionary(
          (kind.fields.map { ($0.key, $0.type.storage) } + retired.map { ($0.name, $0.storage) })
            .map { ($0.0, JSONValue.string($0.1)) },
          uniquingKeysWith: { first, _ in first })),
    ])
  }
}

extension FieldType {
  /// The column's type.
  var storage: String {
    switch self {
    case .integer, .decimal, .boolean, .instant, .reference: "INTEGER"
    case .text, .day, .period, .choice, .unit: "TEXT"
    }
  }
}
