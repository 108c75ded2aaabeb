/// An answer of many rows that come one after another, because there may be too many to hold.
///
/// Only what needs no look at all rows together can be drawn of it: CSV and JSON, byte for
/// byte as an `Answer` of the same rows would be.
public struct Listing {
  /// What `--json` calls it: `records` gives `gongyue.records/1`.
  public let name: String
  public let columns: [Table.Column]

  /// Hands over row after row; none is kept.
  private let forEach: ((Row) throws -> Void) throws -> Void

  /// One row as a person and as a program wants it; only what is asked for is made.
  public struct Row {
    let cells: () -> [Cell]
    let data: () -> JSONValue

    public init(cells: @escaping () -> [Cell], data: @escaping () -> JSONValue) {
      self.cells = cells
      self.data = data
    }
  }

  public init(
    _ name: String, _ columns: [Table.Column],
    forEach: @escaping ((Row) throws -> Void) throws -> Void
  ) {
    self.name = name
    self.columns = columns
    self.forEach = forEach
  }

  /// Whether a listing can be drawn so.
  public static func streams(as format: ReportFormat) -> Bool {
    format == .csv || format == .json
  }

  /// Draws row after row and gives each piece of text away at once.
  ///
  /// - Precondition: `streams(as: format)`.
  public func write(
    as format: ReportFormat, in language: Language, to sink: (String) throws -> Void
  ) throws {
    precondition(Self.streams(as: format), "a listing is drawn as CSV or JSON")
    try format == .csv ? writeCSV(in: language, to: sink) : writeJSON(to: sink)
  }

  private func writeCSV(in language: Language, to sink: (String) throws -> Void) throws {
    let table = Table(nil, columns)
    try sink(table.csvHead(in: language))
    try forEach { try sink(table.csvLine($0.cells(), in: language)) }
  }

  /// The envelope of an empty list, opened where the rows belong.
  private func writeJSON(to sink: (String) throws -> Void) throws {
    let empty = JSONValue.envelope(name, .array([])).pretty
    var isFirst = true
    try sink(String(empty.dropLast(4)))
    try forEach { row in
      try sink((isFirst ? "[\n    " : ",\n    ") + row.data().pretty(within: 2))
      isFirst = false
    }
    try sink(isFirst ? "[]\n}\n" : "\n  ]\n}\n")
  }
}
