import Governance
import Testing

@Suite struct ListingTests {
  private static let columns: [Table.Column] = [.text("编号", "Code"), .number("数", "Number")]

  private static func row(_ number: Int) -> (cells: [Cell], data: JSONValue) {
    (
      [.verbatim("=\(number)"), .number(number)],
      ["code": .string("=\(number)"), "values": [.integer(Int64(number)), nil]]
    )
  }

  private static func listing(of count: Int, _ handing: @escaping (Int) -> Void = { _ in })
    -> Listing
  {
    Listing("records", columns) { take in
      for number in 0..<count {
        handing(number)
        try take(Listing.Row(cells: { row(number).cells }, data: { row(number).data }))
      }
    }
  }

  @Test(arguments: [0, 1, 3], [ReportFormat.csv, .json])
  func `A listing is byte for byte what an answer of the same rows is`(
    count: Int, format: ReportFormat
  ) throws {
    let rows = (0..<count).map(Self.row)
    let answer = Answer(
      "records", Report(nil, [.table(Table(nil, Self.columns, rows.map(\.cells)))]),
      data: .array(rows.map(\.data)))
    var text = ""
    try Self.listing(of: count).write(as: format, in: .chinese) { text += $0 }
    #expect(text == answer.rendered(as: format, in: .chinese))
  }

  /// What keeps an export of any length small.
  @Test(arguments: [ReportFormat.csv, .json])
  func `Each row is written before the next is read`(format: ReportFormat) throws {
    var (read, written) = (0, 0)
    let listing = Self.listing(of: 1000) { number in
      #expect(written == number, "row \(number) is read while another waits")
      read += 1
    }
    try listing.write(as: format, in: .chinese) { text in
      if text.contains("=") { written += 1 }
    }
    #expect(read == 1000 && written == 1000)
  }
}
