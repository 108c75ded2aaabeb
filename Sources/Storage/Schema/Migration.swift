internal import Digests
internal import Governance

/// Brings a database to the host's tables and to the tables of its kinds.
struct Migration {
  let schema: Schema
  let dialect: Dialect

  /// The version of the host's own tables that this program writes.
  static let version: Int64 = 1

  /// "GYUE", so that another program's database is not taken for ours.
  static let applicationID: Int64 = 0x4759_5545

  struct State {
    let commits: Int64
    let needsWork: Bool
  }

  func state(_ connection: any Connection, at path: String?) throws -> State {
    let application = try connection.value("PRAGMA application_id")?.integer ?? 0
    let version = try connection.value("PRAGMA user_version")?.integer ?? 0
    let tables = try connection.value("SELECT count(*) FROM sqlite_schema")?.integer ?? 0
    if tables == 0, application == 0, version == 0 { return State(commits: 0, needsWork: true) }
    guard application == Self.applicationID else { throw Problem.notDatabase(at: path) }
    guard version <= Self.version else {
      throw Problem.databaseNewer(at: path, version: version, known: Self.version)
    }
    let row = try connection.row("SELECT commits, kinds FROM gongyue_state")
    guard let commits = row?[0].integer, let kinds = row?[1].text else {
      throw Problem.databaseDamaged(
        at: path, detail: Words("没有状态行", "the state row is missing"))
    }
    return State(commits: commits, needsWork: kinds != fingerprint)
  }

  /// What the kinds' tables should look like, in one digest.
  private var fingerprint: String {
    let tables = schema.kinds.map { Table(kind: $0, schema: schema, dialect: dialect).definition }
    return Digest(of: Array(JSONValue.array(tables).canonical.utf8)).description
  }

  /// The host's own tables; nothing when they are there.
  func createHostTables(_ connection: any Connection) throws {
    let version = try connection.value("PRAGMA user_version")?.integer ?? 0
    guard version < Self.version else { return }
    for statement in Self.hostTables { try connection.execute(SQL(trusted: statement)) }
    try connection.execute(SQL(trusted: "PRAGMA application_id = \(Self.applicationID)"))
    try connection.execute(SQL(trusted: "PRAGMA user_version = \(Self.version)"))
  }

  /// Creates tables of new kinds and rebuilds those of changed ones.
  func updateKinds(_ writing: Writer) throws {
    let connection = writing.connection
    for kind in schema.kinds {
      var table = Table(kind: kind, schema: schema, dialect: dialect)
      let known = try connection.value(
        "SELECT definition FROM gongyue_kinds WHERE kind = \(kind.id)")?.text
      let old = known.flatMap { try? JSONValue(parsing: $0) }
      table.retired = try retired(kind, old)
      guard old != table.definition else { continue }
      if old == nil {
        try create(table, connection)
      } else {
        try rebuild(table, from: old, connection)
      }
      try remember(table, connection)
      writing.note("declare", ["kind": .string(kind.id)])
    }
    try connection.execute("UPDATE gongyue_state SET kinds = \(fingerprint)")
  }

  private func create(_ table: Table, _ connection: any Connection) throws {
    try connection.execute(table.creation(as: table.kind.collection))
    for index in table.indexes { try connection.execute(index) }
  }

  private func rebuild(
    _ table: Table, from old: JSONValue?, _ connection: any Connection
  ) throws {
    let name = table.kind.collection
    let temporary = "gongyue_rebuilt"
    let before = Set((old?["columns"]?.fields ?? [:]).keys)
    let now = table.kind.fields.map(\.key) + table.retired.map(\.name)
    let columns = ["id", "code", "unit"] + Table.bookkeeping + now.filter(before.contains)
    let list = SQL(trusted: columns.map(SQL.quoted).joined(separator: ", "))
    try connection.execute(table.creation(as: temporary))
    try connection.execute(
      "INSERT INTO \(name: temporary) (\(list)) SELECT \(list) FROM \(name: name)")
    try connection.execute("DROP TABLE \(name: name)")
    try connection.execute("ALTER TABLE \(name: temporary) RENAME TO \(name: name)")
    for index in table.indexes { try connection.execute(index) }
  }

  /// Columns that stay although their field is gone.
  ///
  /// - Throws: when a field comes back holding something else: a column is never reused.
  private func retired(_ kind: Kind, _ old: JSONValue?) throws -> [Table.RetiredColumn] {
    let before = old?["columns"]?.fields ?? [:]
    var retired: [Table.RetiredColumn] = []
    for (name, storage) in before.sorted(by: { $0.key < $1.key }) {
      guard let storage = storage.text else { continue }
      if let field = kind.field(name) {
        guard field.type.storage == storage else { throw Problem.columnReused(field, of: kind) }
      } else {
        retired.append(Table.RetiredColumn(name: name, storage: storage))
      }
    }
    return retired
  }

  private func remember(_ table: Table, _ connection: any Connection) throws {
    try connection.execute(
      """
      INSERT INTO gongyue_kinds (kind, definition) VALUES (\(table.kind.id), \(table.definition.canonical))
      ON CONFLICT (kind) DO UPDATE SET definition = excluded.definition
      """)
  }

  private static let hostTables = [
    """
    CREATE TABLE gongyue_state (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      commits INTEGER NOT NULL,
      head TEXT NOT NULL,
      kinds TEXT NOT NULL
    ) STRICT
    """,
    "INSERT INTO gongyue_state (id, commits, head, kinds) VALUES (1, 0, '', '')",
    """
    CREATE TABLE gongyue_kinds (
      kind TEXT PRIMARY KEY,
      definition TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE gongyue_numbers (
      kind TEXT NOT NULL,
      unit TEXT NOT NULL,
      year INTEGER NOT NULL,
      last INTEGER NOT NULL,
      PRIMARY KEY (kind, unit, year)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE gongyue_versions (
      kind TEXT NOT NULL,
      record INTEGER NOT NULL,
      version INTEGER NOT NULL,
      sequence INTEGER NOT NULL,
      content TEXT NOT NULL,
      PRIMARY KEY (kind, record, version)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE gongyue_audit (
      sequence INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      actor TEXT NOT NULL,
      reason TEXT NOT NULL,
      plugin TEXT,
      summary TEXT NOT NULL,
      payload TEXT NOT NULL,
      previous TEXT NOT NULL,
      digest TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE gongyue_payloads (
      sequence INTEGER PRIMARY KEY,
      salt TEXT,
      content TEXT,
      erased_on TEXT,
      erased_for TEXT
    ) STRICT
    """,
    """
    CREATE TABLE gongyue_contents (
      digest TEXT PRIMARY KEY,
      content BLOB,
      erased_on TEXT,
      erased_for TEXT
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE gongyue_settings (
      id INTEGER PRIMARY KEY,
      key TEXT NOT NULL,
      target TEXT NOT NULL,
      strength TEXT NOT NULL,
      value TEXT,
      valid_from TEXT NOT NULL,
      valid_to TEXT,
      basis TEXT NOT NULL,
      sequence INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX gongyue_settings_by_key ON gongyue_settings (key, target)",
    """
    CREATE TABLE gongyue_assessments (
      id TEXT PRIMARY KEY,
      formula TEXT NOT NULL,
      period TEXT NOT NULL,
      correction INTEGER NOT NULL,
      result TEXT NOT NULL,
      manifest TEXT NOT NULL,
      sequence INTEGER NOT NULL,
      UNIQUE (formula, period, correction)
    ) STRICT
    """,
  ]
}

extension Problem {
  static func columnReused(_ field: Field, of kind: Kind) -> Problem {
    Problem(
      .inputInvalid,
      Words(
        "“\(kind.label.chinese)”以前有过另一种内容的“\(field.key)”，同名字段不能改作他用",
        "\(kind.collection) once had a field '\(field.key)' holding something else; its name cannot be used again"
      ),
      hint: Words("换一个字段名", "choose another key for the field"))
  }
}
