internal import Governance

/// Compares the records with what the audit log says was written: the chain proves the
/// log, this proves the tables by the log.
///
/// What an erased payload said is not known any more, so records that it touched are
/// passed over.
struct RecordsCheck {
  let connection: any Connection
  let schema: Schema
  let path: String?
  private(set) var findings: [Words] = []
  private var erased: Set<Int64> = []
  private var ledgers: [String: Ledger] = [:]
  private var settings = SettingsCheck()

  /// What the log says of one kind.
  private struct Ledger {
    /// Records that were filed or changed one by one.
    var records: [Int64: Expected] = [:]

    /// Ids of records that were filed many at once.
    var bulk: [ClosedRange<Int64>] = []
    var count = 0
  }

  /// What a record should be by now.
  private struct Expected {
    var code: String?
    var values: [String: JSONValue]
    var version = 1
    var sequence: Int64
    var isRetracted = false
  }

  init(_ connection: any Connection, _ schema: Schema, path: String?) {
    self.connection = connection
    self.schema = schema
    self.path = path
  }

  /// Follows the log from its beginning, then looks at what is there.
  mutating func run() throws {
    let entries = try connection.rows(
      """
      SELECT a.sequence, p.content FROM gongyue_audit AS a
      LEFT JOIN gongyue_payloads AS p ON p.sequence = a.sequence ORDER BY a.sequence
      """)
    erased = Set(entries.filter { $0[1].text == nil }.compactMap(\.[0].integer))
    for entry in entries {
      guard let sequence = entry[0].integer,
        let changes = entry[1].text.flatMap({ try? JSONValue(parsing: $0) })?.elements
      else { continue }
      for change in changes { try follow(change, sequence) }
    }
    for (id, ledger) in ledgers.sorted(by: { $0.key < $1.key }) {
      guard let kind = schema.kinds.first(where: { $0.id == id }) else { continue }
      try compare(kind, ledger)
    }
    findings += try settings.findings(connection, erased: erased)
  }

  private mutating func follow(_ change: JSONValue, _ sequence: Int64) throws {
    let action = change["action"]?.text
    if action == "set" { settings.follow(change, sequence) }
    guard let kind = schema.kinds.first(where: { $0.id == change["kind"]?.text }) else { return }
    switch (action, change["id"]?.integer) {
    case ("create"?, let id?):
      ledgers[kind.id, default: Ledger()].count += 1
      ledgers[kind.id]?.records[id] = Expected(
        code: change["code"]?.text, values: change["detail"]?["values"]?.fields ?? [:],
        sequence: sequence)
    case ("insert"?, _): try followBulk(change, kind, sequence)
    case ("update"?, let id?), ("correct"?, let id?), ("retract"?, let id?):
      try followChange(change, kind, id, sequence)
    default: break
    }
  }

  /// A new version: the one before must be kept as it was.
  private mutating func followChange(
    _ change: JSONValue, _ kind: Kind, _ id: Int64, _ sequence: Int64
  ) throws {
    let known = ledgers[kind.id]?.records[id]
    let past = try pastVersion(kind, id, known?.version ?? 1)
    // One of many filed at once: the digest over them proves its first version.
    var expected =
      known ?? Expected(code: change["code"]?.text, values: past ?? [:], sequence: sequence)
    if past.map({ !isSame($0, expected.values, kind) }) ?? true {
      report(kind, id, code: expected.code) { name in
        Words(
          "\(name.chinese) 的第 \(expected.version) 版与审计日志不符",
          "version \(expected.version) of the \(name.english) is not as the audit log says")
      }
    }
    if change["action"]?.text == "retract" {
      expected.isRetracted = true
    } else {
      for (key, _) in change["detail"]?["before"]?.fields ?? [:] { expected.values[key] = nil }
      expected.values.merge(change["detail"]?["after"]?.fields ?? [:]) { _, new in new }
    }
    expected.version += 1
    expected.sequence = sequence
    ledgers[kind.id, default: Ledger()].records[id] = expected
  }

  private func pastVersion(
    _ kind: Kind, _ id: Int64, _ version: Int
  ) throws -> [String: JSONValue]? {
    try connection.value(
      """
      SELECT content FROM gongyue_versions
      WHERE kind = \(kind.id) AND record = \(id) AND version = \(version)
      """)?.text.flatMap { try? JSONValue(parsing: $0) }?["values"]?.fields
  }

  private func isSame(
    _ found: [String: JSONValue], _ expected: [String: JSONValue], _ kind: Kind
  ) -> Bool {
    kind.fields.allSatisfy { found[$0.key] == expected[$0.key] }
  }
}

// MARK: - Many at once

extension RecordsCheck {
  private mutating func followBulk(
    _ change: JSONValue, _ kind: Kind, _ sequence: Int64
  ) throws {
    guard let detail = change["detail"], let first = detail["first"]?.integer,
      let last = detail["last"]?.integer, let count = detail["count"]?.integer, first <= last
    else { return }
    ledgers[kind.id, default: Ledger()].bulk.append(first...last)
    ledgers[kind.id]?.count += Int(count)
    let fields = detail["fields"]?.elements?.compactMap(\.text) ?? kind.fields.map(\.key)
    let (digest, found) = try bulkDigest(kind, first...last, fields, sequence)
    guard digest != detail["digest"]?.text || found != count else { return }
    guard try !touchesErased(kind, first...last) else { return }
    let codes = try connection.row(
      """
      SELECT min(code), max(code) FROM \(name: kind.collection)
      WHERE id BETWEEN \(first) AND \(last)
      """)
    let (low, high) = (codes?[0].text ?? "—", codes?[1].text ?? "—")
    findings.append(
      Words(
        "第 \(sequence) 条审计记录一并登记的 \(count) 条\(kind.label.chinese)（\(low) 至 \(high)）"
          + "有被改动或删除的",
        "of the \(count) \(kind.collection) that audit entry \(sequence) filed at once "
          + "(\(low) to \(high)), some were changed or removed behind it"))
  }

  /// The digest that was taken when they were filed, taken again over their first versions.
  private func bulkDigest(
    _ kind: Kind, _ ids: ClosedRange<Int64>, _ fields: [String], _ sequence: Int64
  ) throws -> (String, Int64) {
    let columns = ["id", "code", "unit", "_client", "_version", "_states"] + fields
    let list = SQL(trusted: columns.map(SQL.quoted).joined(separator: ", "))
    let past = try firstVersions(kind, ids)
    var log = BulkLog()
    var count: Int64 = 0
    try connection.forEachRow(
      """
      SELECT \(list) FROM \(name: kind.collection)
      WHERE id BETWEEN \(ids.lowerBound) AND \(ids.upperBound) ORDER BY id
      """
    ) { row in
      count += 1
      var row = row
      if row[4].integer != 1, let id = row[0].integer, let first = past[id] {
        let states = first["states"].map { Stored.text($0.canonical) } ?? .null
        row[5] = states
        for (index, key) in fields.enumerated() where kind.field(key) != nil {
          row[6 + index] = (first["values"]?[key]).map(Stored.init) ?? .null
        }
      }
      log.add(
        [row[1], row[2], row[3], .integer(1), .integer(sequence), row[5]] + row[6...])
    }
    return (log.digest, count)
  }

  /// What records that were changed since were at first.
  private func firstVersions(
    _ kind: Kind, _ ids: ClosedRange<Int64>
  ) throws -> [Int64: JSONValue] {
    var found: [Int64: JSONValue] = [:]
    try connection.forEachRow(
      """
      SELECT record, content FROM gongyue_versions WHERE kind = \(kind.id) AND version = 1
      AND record BETWEEN \(ids.lowerBound) AND \(ids.upperBound)
      """
    ) { row in
      guard let id = row[0].integer else { return }
      found[id] = row[1].text.flatMap { try? JSONValue(parsing: $0) }
    }
    return found
  }
}

// MARK: - What is there

extension RecordsCheck {
  private mutating func compare(_ kind: Kind, _ ledger: Ledger) throws {
    for (id, expected) in ledger.records.sorted(by: { $0.key < $1.key }) {
      try compare(kind, id, expected)
    }
    let there = try connection.value("SELECT count(*) FROM \(name: kind.collection)")?.integer ?? 0
    guard there > ledger.count else { return }
    let ids = try connection.rows("SELECT id, code FROM \(name: kind.collection) ORDER BY id")
    for row in ids {
      guard let id = row[0].integer, ledger.records[id]?.code == nil,
        !ledger.bulk.contains(where: { $0.contains(id) })
      else { continue }
      report(kind, id, code: row[1].text) { name in
        Words("\(name.chinese) 没有登记过", "the \(name.english) was never filed")
      }
    }
  }

  private mutating func compare(_ kind: Kind, _ id: Int64, _ expected: Expected) throws {
    let fields = kind.fields.map(\.key)
    let columns = ["code", "_version", "_sequence", "_retracted"] + fields
    let list = SQL(trusted: columns.map(SQL.quoted).joined(separator: ", "))
    let row = try connection.row("SELECT \(list) FROM \(name: kind.collection) WHERE id = \(id)")
    guard let row else {
      report(kind, id, code: expected.code) { name in
        Words("\(name.chinese) 不见了", "the \(name.english) is gone")
      }
      return
    }
    let values = Dictionary(
      uniqueKeysWithValues: zip(fields, row[4...].map { $0.json }).filter { $0.1 != .null })
    let isSame =
      row[0].text == expected.code && row[1].integer == Int64(expected.version)
      && row[2].integer == expected.sequence && (row[3].integer == 1) == expected.isRetracted
      && self.isSame(values, expected.values, kind)
    guard !isSame else { return }
    report(kind, id, code: expected.code) { name in
      Words("\(name.chinese) 与审计日志不符", "the \(name.english) is not as the audit log says")
    }
  }

  private mutating func report(
    _ kind: Kind, _ id: Int64, code: String?, _ words: (Words) -> Words
  ) {
    guard (try? touchesErased(kind, id...id)) != true else { return }
    let name = code ?? "\(id)"
    findings.append(
      words(Words("\(kind.label.chinese) \(name)", "\(kind.label.english) \(name)")))
  }

  /// Whether an entry whose payload was erased wrote any version of these records.
  private func touchesErased(_ kind: Kind, _ ids: ClosedRange<Int64>) throws -> Bool {
    guard !erased.isEmpty else { return false }
    var sequences: Set<Int64> = []
    let (low, high) = (ids.lowerBound, ids.upperBound)
    try connection.forEachRow(
      """
      SELECT _sequence FROM \(name: kind.collection) WHERE id BETWEEN \(low) AND \(high)
      UNION SELECT sequence FROM gongyue_versions
      WHERE kind = \(kind.id) AND record BETWEEN \(low) AND \(high)
      """
    ) { row in
      if let sequence = row[0].integer { sequences.insert(sequence) }
    }
    return !sequences.isDisjoint(with: erased)
  }
}
