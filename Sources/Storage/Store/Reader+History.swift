public import Governance

/// One version of a record: what it said, and who wrote it, when and why.
public struct Version: Hashable, Sendable {
  public let number: Int
  public let at: Instant
  public let actor: String
  public let reason: String
  public let plugin: String?

  /// What the record said; as it was before, when this version took it out of use.
  public let record: Record

  /// Whether this version took the record out of use.
  public let isRetraction: Bool
}

extension Reader {
  /// Every version of a record, oldest first; empty when there is none in the scope.
  public func history(_ kind: String, id: Int64, in scope: Scope) throws -> [Version] {
    let kind = try schema.kind(kind)
    guard scope.grants.grants(kind) else { throw Problem.kindNotGranted(kind) }
    let compiler = compiler(scope)
    let visible = compiler.outputFields(of: kind)
    let partly = try visible.filter { try !isDisclosed($0, kind, id, in: scope) }
    let masked = visible.filter { compiler.isMasked($0, kind) } + partly.filter(\.isMaskable)
    let shown = visible.filter { !partly.contains($0) || $0.isMaskable }
    let past = try connection.rows(
      """
      SELECT v.version, v.content, a.at, a.actor, a.reason, a.plugin
      FROM gongyue_versions AS v JOIN gongyue_audit AS a ON a.sequence = v.sequence
      WHERE v.kind = \(kind.id) AND v.record = \(id) ORDER BY v.version
      """
    ).map { try version($0, kind, try pastRecord($0[1], kind)) }
    guard let current = try currentVersion(kind, id, after: past.last) else { return [] }
    guard scope.holds(current.record.unit),
      try holds(scope.condition(on: kind), kind, id)
    else { return [] }
    return try (past + [current]).filter { try isShown($0.record, kind, scope) }
      .map { $0.showing(shown, masking: masked) }
  }

  /// Whether a condition of the scope is true of a record as it is now.
  private func holds(_ condition: Condition, _ kind: Kind, _ id: Int64) throws -> Bool {
    if condition == .everything { return true }
    let itself = Condition.compare(field: "id", .equal, .value(.integer(id)))
    return try exists(Query(kind: kind.id, where: .all([itself, condition])), in: .all)
  }

  /// Whether a field that is disclosed in some records is so in this one.
  private func isDisclosed(
    _ field: Field, _ kind: Kind, _ id: Int64, in scope: Scope
  ) throws -> Bool {
    guard case .partly(let records) = scope.grants.access(to: field, of: kind) else { return true }
    return try holds(records, kind, id)
  }

  /// A record as it was at a version; nil when there was no such version in the scope.
  public func record(
    _ kind: String, id: Int64, version: Int, in scope: Scope
  ) throws -> Record? {
    try history(kind, id: id, in: scope).first { $0.number == version }?.record
  }

  private func pastRecord(_ stored: Stored, _ kind: Kind) throws -> Record {
    guard let json = stored.text.flatMap({ try? JSONValue(parsing: $0) }) else {
      throw Problem.databaseDamaged(
        at: nil, detail: Words("历史版本读不懂", "a past version cannot be read"))
    }
    return try Record(json: json, kind: kind)
  }

  private func currentVersion(
    _ kind: Kind, _ id: Int64, after last: Version?
  ) throws -> Version? {
    let fields = kind.fields.map { "r.\(name: $0.key)" as SQL }
    let columns =
      ["r.id", "r.code", "r.unit", "r._version", "r._states"] + fields
      + ["r._retracted", "a.at", "a.actor", "a.reason", "a.plugin"]
    let row = try connection.row(
      """
      SELECT \(columns.joined(separator: ", ")) FROM \(name: kind.collection) AS r
      JOIN gongyue_audit AS a ON a.sequence = r._sequence WHERE r.id = \(id)
      """)
    guard let row else { return nil }
    let record = try Record(row: row, kind: kind, fields: kind.fields)
    let tail = Array(row.suffix(5))
    return Version(
      number: record.version, at: Instant(milliseconds: tail[1].integer ?? 0),
      actor: tail[2].text ?? "", reason: tail[3].text ?? "", plugin: tail[4].text,
      record: record, isRetraction: tail[0].integer == 1)
  }

  private func version(_ row: [Stored], _ kind: Kind, _ record: Record) throws -> Version {
    Version(
      number: Int(row[0].integer ?? 0), at: Instant(milliseconds: row[2].integer ?? 0),
      actor: row[3].text ?? "", reason: row[4].text ?? "", plugin: row[5].text,
      record: record, isRetraction: false)
  }

  /// Versions with a sensitive choice stay hidden like the records themselves.
  private func isShown(_ record: Record, _ kind: Kind, _ scope: Scope) throws -> Bool {
    try kind.fields.allSatisfy { field in
      guard case .text(let code) = record.values[field.key], field.sensitiveChoices.contains(code)
      else { return true }
      return try holds(scope.grants.disclosure(of: field, of: kind), kind, record.id)
    }
  }
}

extension Version {
  /// The version with only the fields that may be seen; personal texts masked where undisclosed.
  fileprivate func showing(_ fields: [Field], masking masked: [Field]) -> Version {
    let keys = Set(fields.map(\.key))
    var values = record.values.filter { keys.contains($0.key) }
    for field in masked {
      values[field.key] = values[field.key].flatMap { field.mask?.masked($0) }
    }
    let shown = Record(
      kind: record.kind, id: record.id, code: record.code, unit: record.unit,
      version: record.version, values: values,
      states: record.states.filter { keys.subtracting(masked.map(\.key)).contains($0.key) })
    return Version(
      number: number, at: at, actor: actor, reason: reason, plugin: plugin, record: shown,
      isRetraction: isRetraction)
  }
}
