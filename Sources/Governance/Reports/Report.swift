/// What a command or a script shows a person: a title and blocks, in both languages.
///
/// A report knows nothing of terminals or pages; `rendered(as:in:)` draws it.
public struct Report: Hashable, Sendable {
  public var title: Words?
  public var blocks: [Block]

  public init(_ title: Words? = nil, _ blocks: [Block] = []) {
    self.title = title
    self.blocks = blocks
  }

  public enum Block: Hashable, Sendable {
    /// A heading between parts.
    case section(Words)
    case paragraph(Words)
    case table(Table)
    case tree([TreeLine])
    case bars(Bars)
    /// Small print under what it explains.
    case footnote(Words)
    /// Text that keeps its lines as they are: code, the output of a script.
    case verbatim(String)
  }

  /// One line of an explanation: how deep, what, how much, why.
  public struct TreeLine: Hashable, Sendable {
    public var depth: Int
    public var label: Words
    public var value: Cell
    public var note: Words?

    public init(_ depth: Int, _ label: Words, _ value: Cell = .empty, note: Words? = nil) {
      self.depth = depth
      self.label = label
      self.value = value
      self.note = note
    }
  }

  /// A bar for each label; lengths are in proportion to `most`.
  public struct Bars: Hashable, Sendable {
    public var title: Words?
    public var items: [Bar]
    /// What a full bar stands for; nil takes the largest value.
    public var most: Decimal?

    public init(_ title: Words? = nil, _ items: [Bar], most: Decimal? = nil) {
      self.title = title
      self.items = items
      self.most = most
    }
  }

  /// One bar; a value below zero has no length.
  public struct Bar: Hashable, Sendable {
    public var label: Words
    public var value: Decimal

    public init(_ label: Words, _ value: Decimal) {
      self.label = label
      self.value = value
    }
  }
}

/// Rows under headings.
public struct Table: Hashable, Sendable {
  public var caption: Words?
  public var columns: [Column]

  /// A row with fewer cells than columns ends in empty ones.
  public var rows: [[Cell]]

  public init(_ caption: Words? = nil, _ columns: [Column], _ rows: [[Cell]] = []) {
    self.caption = caption
    self.columns = columns
    self.rows = rows
  }

  public struct Column: Hashable, Sendable {
    public var heading: Words
    public var alignment: Alignment

    /// Whether a terminal that is too narrow may leave it out, the last such column first.
    public var mayGiveWay: Bool

    public init(
      _ heading: Words, _ alignment: Alignment = .leading, mayGiveWay: Bool = false
    ) {
      self.heading = heading
      self.alignment = alignment
      self.mayGiveWay = mayGiveWay
    }

    /// A column of text.
    public static func text(_ chinese: String, _ english: String) -> Column {
      Column(Words(chinese, english))
    }

    /// A column of numbers, aligned at the right.
    public static func number(_ chinese: String, _ english: String) -> Column {
      Column(Words(chinese, english), .trailing)
    }
  }

  /// The cell of a row, empty where the row is short.
  func cell(_ row: [Cell], _ column: Int) -> Cell {
    column < row.count ? row[column] : .empty
  }
}

/// One value in a table or a tree.
public enum Cell: Hashable, Sendable {
  case text(Words)
  case number(Int64)
  /// A binary number, which may have more places than a decimal.
  case binary(Double)
  /// Shown with all its places.
  case decimal(Decimal)
  /// A difference: shown with its sign, `+0.30`, `-1.20`.
  case change(Decimal)
  case empty

  /// Text that is the same in both languages.
  public static func verbatim(_ text: String) -> Cell {
    .text(Words(verbatim: text))
  }

  public static func number(_ number: Int) -> Cell {
    .number(Int64(number))
  }

  /// What a reader sees, unescaped.
  func text(in language: Language) -> String {
    switch self {
    case .text(let words): words.text(in: language)
    case .number(let number): String(number)
    case .binary(let number): number.description
    case .decimal(let decimal): "\(decimal)"
    case .change(let decimal): decimal.units > 0 ? "+\(decimal)" : "\(decimal)"
    case .empty: ""
    }
  }

  /// Whether it is a number by type, whatever it looks like.
  var isNumeric: Bool {
    switch self {
    case .number, .binary, .decimal, .change: true
    case .text, .empty: false
    }
  }
}

extension Cell: ExpressibleByStringLiteral {
  /// Text that is the same in both languages.
  public init(stringLiteral text: String) {
    self = .verbatim(text)
  }
}

/// How a report can be drawn.
public enum ReportFormat: String, CaseIterable, Sendable {
  case text
  case json
  case csv
  case html
  case markdown
}

extension Report {
  /// The report as text for a person, a spreadsheet or a browser, ending in a line feed.
  ///
  /// JSON carries a command's data rather than its report: see `JSONValue.envelope`;
  /// asked here it gives the report itself as data.
  public func rendered(
    as format: ReportFormat, in language: Language, width: Int = 80
  ) -> String {
    switch format {
    case .text: text(in: language, width: width)
    case .csv: csv(in: language)
    case .html: html(in: language)
    case .markdown: markdown(in: language)
    case .json: JSONValue.envelope("report", json(in: language)).pretty + "\n"
    }
  }
}
