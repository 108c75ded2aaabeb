public import Governance

/// Who a code belongs to, whether or not the record may be read.
public struct Identity: Hashable, Sendable {
  public let id: Int64
  public let unit: UnitID

  /// Whether the record was taken back.
  public let isRetracted: Bool
}

extension Reader {
  /// What a code names, records taken back and those of any unit included; nil when it
  /// was never given. For the host's own decisions: nothing of the record is in it.
  public func identity(_ kind: String, code: String) throws -> Identity? {
    let kind = try schema.kind(kind)
    let row = try connection.row(
      "SELECT id, unit, _retracted FROM \(name: kind.collection) WHERE code = \(code)")
    guard let row, let id = row[0].integer, let unit = row[1].text else { return nil }
    return Identity(id: id, unit: UnitID(unit), isRetracted: row[2].integer == 1)
  }

  /// The id of a record by its code, if it is in the scope; those taken back included,
  /// whose history remains.
  public func id(_ kind: String, code: String, in scope: Scope) throws -> Int64? {
    var compiler = compiler(scope)
    compiler.includesRetracted = true
    let (source, from) = try compiler.source(
      of: Query(kind: kind, where: .compare(field: "code", .equal, .value(.text(code)))))
    return try connection.value("SELECT \(source.column("id")) \(from)")?.integer
  }

  /// The codes of records by id: what a reference is shown as. Records taken back keep theirs.
  public func codes(of ids: Set<Int64>, _ kind: String) throws -> [Int64: String] {
    let kind = try schema.kind(kind)
    var codes: [Int64: String] = [:]
    var rest = ids.sorted()[...]
    while !rest.isEmpty {
      let some = rest.prefix(500).map { "\($0)" as SQL }.joined(separator: ", ")
      try connection.forEachRow(
        "SELECT id, code FROM \(name: kind.collection) WHERE id IN (\(some))"
      ) { row in
        if let id = row[0].integer, let code = row[1].text { codes[id] = code }
      }
      rest = rest.dropFirst(500)
    }
    return codes
  }
}
