internal import Digests
internal import Governance

/// The statement that stores a record of a kind, and what it binds.
struct Insertion {
  let text: String

  init(_ kind: Kind) {
    let columns =
      ["code", "unit", "_client", "_version", "_sequence", "_states"]
      + kind.fields.map(\.key)
    let names = columns.map(SQL.quoted).joined(separator: ", ")
    let places = (1...columns.count).map { "?\($0)" }.joined(separator: ", ")
    text = "INSERT INTO \(SQL.quoted(kind.collection)) (\(names)) VALUES (\(places))"
  }

  func bindings(_ draft: Draft, _ kind: Kind, code: String, sequence: Int64) -> [Stored] {
    var bindings: [Stored] = [
      .text(code), .text(draft.unit.rawValue), draft.client.map(Stored.text) ?? .null,
      .integer(1), .integer(sequence), draft.states.stored,
    ]
    bindings.reserveCapacity(bindings.count + kind.fields.count)
    for field in kind.fields { bindings.append(field.stored(draft.values[field.key])) }
    return bindings
  }
}

/// The statement that puts a record of a snapshot back as it was.
struct Restoration {
  let text: String
  private let places: [String: Int]

  init(_ kind: Kind) {
    let columns = Self.head + ["_sequence", "_states"] + kind.fields.map(\.key)
    let names = columns.map(SQL.quoted).joined(separator: ", ")
    let marks = (1...columns.count).map { "?\($0)" }.joined(separator: ", ")
    text = "INSERT INTO \(SQL.quoted(kind.collection)) (\(names)) VALUES (\(marks))"
    let firstField = Self.head.count + 2
    places = Dictionary(
      uniqueKeysWithValues: kind.fields.enumerated().map {
        ($0.element.key, firstField + $0.offset)
      })
  }

  private static let head = ["id", "code", "unit", "_version"]

  /// Values are kept in stored form, so none is read and written again: most of what a
  /// replay does is this.
  func bindings(_ record: JSONValue) throws(Problem) -> [Stored] {
    guard let id = record["id"]?.integer, let code = record["code"]?.text,
      let unit = record["unit"]?.text, let version = record["version"]?.integer,
      let values = record["values"]?.members
    else {
      throw .databaseDamaged(
        at: nil, detail: Words("留存的记录读不懂", "a kept record cannot be read"))
    }
    var bindings = [Stored](repeating: .null, count: Self.head.count + 2 + places.count)
    bindings[0] = .integer(id)
    bindings[1] = .text(code)
    bindings[2] = .text(unit)
    bindings[3] = .integer(version)
    bindings[4] = .integer(0)
    bindings[5] = record["states"].map { .text($0.canonical) } ?? .null
    for value in values {
      if let place = places[value.name] { bindings[place] = Stored(value.value) }
    }
    return bindings
  }
}

/// Gives codes: one row of numbers per kind, unit and year.
struct Numbers {
  let kind: Kind
  private var last: [Row: Int64] = [:]

  private struct Row: Hashable {
    let unit: UnitID
    let year: Int
  }

  init(kind: Kind) {
    self.kind = kind
  }

  /// `sll-02-2026-0413`; with the kind's letter, `sll-02-H-2026-0007`.
  mutating func next(_ unit: UnitID, year: Int, _ connection: any Connection) throws -> String {
    let row = Row(unit: unit, year: year)
    let number = try (last[row] ?? stored(row, connection)) + 1
    last[row] = number
    let digits = String(number)
    let padded = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    let letter = kind.codeLetter.map { "\($0)-" } ?? ""
    return "\(unit)-\(letter)\(year)-\(padded)"
  }

  /// Remembers the numbers given; without it they are given again.
  func save(_ connection: any Connection) throws {
    for (row, number) in last {
      try connection.execute(
        """
        INSERT INTO gongyue_numbers (kind, unit, year, last)
        VALUES (\(kind.id), \(row.unit.rawValue), \(row.year), \(number))
        ON CONFLICT (kind, unit, year) DO UPDATE SET last = excluded.last
        """)
    }
  }

  private func stored(_ row: Row, _ connection: any Connection) throws -> Int64 {
    try connection.value(
      """
      SELECT last FROM gongyue_numbers
      WHERE kind = \(kind.id) AND unit = \(row.unit.rawValue) AND year = \(row.year)
      """)?.integer ?? 0
  }
}

/// What a bulk insert leaves in the audit log: a digest over its rows in order.
struct BulkLog {
  private var rows: [UInt8] = []
  private var chained = ""

  private static let block = 1 << 20

  mutating func add(_ bindings: [Stored]) {
    for binding in bindings {
      switch binding {
      case .null: rows.append(0)
      case .integer(let number):
        rows.append(1)
        withUnsafeBytes(of: number.littleEndian) { rows.append(contentsOf: $0) }
      case .text(let text):
        rows.append(3)
        withUnsafeBytes(of: Int64(text.utf8.count).littleEndian) { rows.append(contentsOf: $0) }
        rows.append(contentsOf: text.utf8)
      case .bytes(let bytes):
        rows.append(4)
        withUnsafeBytes(of: Int64(bytes.count).littleEndian) { rows.append(contentsOf: $0) }
        rows.append(contentsOf: bytes)
      }
    }
    if rows.count >= Self.block { fold() }
  }

  private mutating func fold() {
    chained = Digest(of: Array(chained.utf8) + rows).description
    rows.removeAll(keepingCapacity: true)
  }

  var digest: String {
    var copy = self
    copy.fold()
    return copy.chained
  }
}
