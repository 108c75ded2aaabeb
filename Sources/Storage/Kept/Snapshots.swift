public import Digests
public import Governance

/// The records that a result came from, kept as they were: one content for each
/// kind and unit, so that what did not change is kept once.
public struct Snapshot: Hashable, Sendable {
  public let parts: [Part]

  public struct Part: Hashable, Sendable {
    public let kind: String
    public let unit: UnitID
    public let digest: Digest
  }

  public init(parts: [Part]) {
    self.parts = parts
  }

  /// For the manifest of an assessment.
  public var json: JSONValue {
    .array(
      parts.map {
        .object([
          "kind": .string($0.kind), "unit": .string($0.unit.rawValue),
          "digest": .string($0.digest.description),
        ])
      })
  }

  /// Nil when it is not the list of parts that `json` gave.
  public init?(json: JSONValue) {
    var parts: [Part] = []
    for element in json.elements ?? [] {
      guard let kind = element["kind"]?.text, let unit = element["unit"]?.text,
        let digest = element["digest"]?.text.flatMap({ Digest($0) })
      else { return nil }
      parts.append(Part(kind: kind, unit: UnitID(unit), digest: digest))
    }
    guard json.elements != nil else { return nil }
    self.parts = parts
  }
}

extension Writer {
  /// Keeps all records of some kinds and units as they are now.
  ///
  /// Nothing is masked or left out: the copy must answer as the database did.
  public func snapshot(_ kinds: [String], units: Scope.Units) throws -> Snapshot {
    var parts: [Snapshot.Part] = []
    for id in kinds.sorted() {
      let kind = try schema.kind(id)
      let query = Query(kind: id, order: [Query.Order("unit")])
      var chunk = Chunk()
      for record in try records(query, in: Scope(units: units)) {
        if chunk.unit != record.unit { parts += try close(&chunk, kind) }
        chunk.add(record, kind)
      }
      parts += try close(&chunk, kind)
    }
    return Snapshot(parts: parts)
  }

  private struct Chunk {
    var unit: UnitID?
    var lines: [UInt8] = []

    mutating func add(_ record: Record, _ kind: Kind) {
      unit = record.unit
      lines += record.json(kind).canonical.utf8
      lines.append(UInt8(ascii: "\n"))
    }
  }

  private func close(_ chunk: inout Chunk, _ kind: Kind) throws -> [Snapshot.Part] {
    defer { chunk = Chunk() }
    guard let unit = chunk.unit else { return [] }
    let digest = try keep(content: chunk.lines)
    return [Snapshot.Part(kind: kind.id, unit: unit, digest: digest)]
  }
}

extension Reader {
  /// A store with the records of a snapshot, to ask the same questions again.
  ///
  /// Ids, codes and versions are those of then; references into kinds or units that
  /// the snapshot left out lead nowhere.
  /// - Parameter driver: an empty database, usually in memory.
  /// - Throws: `replay.unavailable` when a part was erased, saying why.
  public func restored(_ snapshot: Snapshot, into driver: any Driver) throws -> Store {
    let store = try Store.open(driver, kinds: schema.kinds)
    let signature = Signature(actor: "replay", reason: "重放归档结果", today: Day(ordinal: 0))
    try store.write(signature, checkingReferences: false) { writing in
      try writing.withoutIndexes {
        for part in snapshot.parts {
          let kind = try schema.kind(part.kind)
          try writing.restore(lines: try bytes(part.digest), kind)
        }
      }
    }
    return store
  }
}

extension Writer {
  fileprivate func restore(lines: [UInt8], _ kind: Kind) throws {
    let restoration = Restoration(kind)
    for line in lines.split(separator: UInt8(ascii: "\n")) {
      let record = (try? JSONValue(parsing: line)) ?? .null
      try connection.execute(restoration.text, try restoration.bindings(record))
    }
    note("restore", ["kind": .string(kind.id)])
  }

  /// Indexes are made sooner over all rows than with each.
  fileprivate func withoutIndexes(_ body: () throws -> Void) throws {
    let indexes = try connection.rows(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
    ).compactMap { row in row[0].text.flatMap { name in row[1].text.map { (name, $0) } } }
    for (name, _) in indexes { try connection.execute("DROP INDEX \(name: name)") }
    try body()
    for (_, statement) in indexes { try connection.execute(SQL(trusted: statement)) }
  }
}
