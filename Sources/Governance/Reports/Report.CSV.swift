extension Report {
  /// The report's tables as RFC 4180: lines end in CR LF, quotes only where needed.
  ///
  /// Several tables with the same headings become one, with a first column that
  /// says which; others follow each other after an empty line. Text that a
  /// spreadsheet would run as a formula gets an apostrophe in front.
  public func csv(in language: Language) -> String {
    let tables = blocks.compactMap { $0.table(in: language) }
    guard let first = tables.first else { return "" }
    if tables.count > 1, tables.allSatisfy({ $0.columns == first.columns }) {
      return Self.merged(tables).csv(in: language)
    }
    return tables.map { $0.csv(in: language) }.joined(separator: "\r\n")
  }

  private static func merged(_ tables: [Table]) -> Table {
    let which = Table.Column.text("分组", "Group")
    let rows = tables.flatMap { table in
      table.rows.map { [table.caption.map(Cell.text) ?? .empty] + $0 }
    }
    return Table(nil, [which] + tables[0].columns, rows)
  }
}

extension Report.Block {
  /// What of it is rows: a table itself, a tree or bars as one.
  fileprivate func table(in language: Language) -> Table? {
    switch self {
    case .table(let table): table
    case .tree(let lines):
      Table(
        nil,
        [
          .number("层次", "Depth"), .text("项目", "Item"), .number("值", "Value"),
          .text("说明", "Note"),
        ],
        lines.map {
          [.number($0.depth), .text($0.label), $0.value, $0.note.map(Cell.text) ?? .empty]
        }
      )
    case .bars(let bars):
      Table(
        bars.title, [.text("项目", "Item"), .number("值", "Value")],
        bars.items.map { [.text($0.label), .decimal($0.value)] })
    case .section, .paragraph, .footnote, .verbatim: nil
    }
  }
}

extension Table {
  fileprivate func csv(in language: Language) -> String {
    csvHead(in: language) + rows.map { csvLine($0, in: language) }.joined()
  }

  func csvHead(in language: Language) -> String {
    Self.line(columns.map { CSV.field($0.heading.text(in: language)) })
  }

  func csvLine(_ row: [Cell], in language: Language) -> String {
    Self.line(
      columns.indices.map { column in
        let value = cell(row, column)
        let text = value.text(in: language)
        return value.isNumeric ? text : CSV.field(text)
      })
  }

  private static func line(_ fields: [String]) -> String {
    fields.joined(separator: ",") + "\r\n"
  }
}

/// One field of a comma-separated line.
public enum CSV {
  /// The text quoted where RFC 4180 asks for it, and made harmless to spreadsheets:
  /// `=1+2` becomes `'=1+2`. Numbers by type need no such guard and keep their sign.
  public static func field(_ text: String) -> String {
    let shown = guarded(text).escapedForTerminal(keepingLines: true)
    let needsQuotes = shown.unicodeScalars.contains { $0 == "," || $0 == "\"" || $0 == "\n" }
    guard needsQuotes || shown.first == " " || shown.last == " " else { return shown }
    let doubled = shown.reduce(into: "") { $0 += $1 == "\"" ? "\"\"" : String($1) }
    return "\"" + doubled + "\""
  }

  private static func guarded(_ text: String) -> String {
    // A lone dash is what people write for nothing.
    if text == "-" { return text }
    return switch text.unicodeScalars.first {
    case "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠": "'" + text
    default: text
    }
  }
}
