public import Governance
public import Lua
internal import Synchronization

/// A report that a script puts together; `run` prints what it returns.
public final class ScriptReport: LuaObject {
  public static let luaType = "report"
  private let content: Mutex<Report>

  init(_ title: Words?) {
    content = Mutex(Report(title))
  }

  /// The report as it is now.
  public var report: Report { content.withLock { $0 } }

  /// How many blocks and cells one report may have.
  static let mostBlocks = 10_000
  static let mostCells = 1_000_000

  /// Its texts count as printed, so that a report holds no more than the run may print.
  func add(_ block: Report.Block) throws {
    try RunningScript.print(bytes: block.bytes)
    let fits = content.withLock { report in
      guard report.blocks.count < Self.mostBlocks else { return false }
      report.blocks.append(block)
      return true
    }
    guard fits else {
      throw Problem(.limitOutput, Words("报告太长", "the report is too long"))
    }
  }
}

extension Report.Block {
  /// The bytes of its texts in either language, and some for each cell.
  fileprivate var bytes: Int {
    switch self {
    case .section(let words), .paragraph(let words), .footnote(let words): words.bytes
    case .verbatim(let text): text.utf8.count
    case .table(let table):
      (table.caption?.bytes ?? 0) + table.columns.reduce(0) { $0 + $1.heading.bytes }
        + table.rows.reduce(0) { $1.reduce($0) { $0 + $1.bytes } }
    case .bars(let bars):
      (bars.title?.bytes ?? 0) + bars.items.reduce(0) { $0 + 8 + $1.label.bytes }
    case .tree: 0
    }
  }
}

extension Words {
  /// The longer language: only one is printed.
  fileprivate var bytes: Int { max(chinese.utf8.count, english.utf8.count) }
}

extension Cell {
  fileprivate var bytes: Int {
    switch self {
    case .text(let words): 8 + words.bytes
    default: 8
    }
  }
}

/// `gongyue.report`.
struct ReportAPI {
  private static var report: Parameter<ScriptReport> {
    Parameter("report", Bilingual("报告", "the report"))
  }

  private static var text: Parameter<ScriptWords> {
    Parameter("text", Bilingual("文字，或 { zh = …, en = … }", "the text, or { zh = …, en = … }"))
  }

  static var module: HostModule {
    HostModule(
      "report", Bilingual("报告：标题、段落、表格", "Reports: headings, paragraphs, tables."),
      functions: [
        HostFunction(
          "new", Bilingual("新报告", "A new report."),
          Parameter("title", Bilingual("标题", "the title"), as: ScriptWords?.self),
          returns: Bilingual("报告；命令返回它就会打印", "the report; a command that returns it prints it")
        ) { ScriptReport($0?.words) }
      ])
  }

  static var type: HostType {
    HostType(
      "report", Bilingual("正在写的报告", "A report being written."),
      methods: [
        block("heading", Bilingual("小标题", "A heading.")) { .section($0) },
        block("section", Bilingual("小标题（同 heading）", "A heading, as heading.")) { .section($0) },
        block("paragraph", Bilingual("段落", "A paragraph.")) { .paragraph($0) },
        block("footnote", Bilingual("附注", "Small print.")) { .footnote($0) },
        HostFunction(
          "verbatim", Bilingual("原样的文字", "Text kept as it is."), report,
          Parameter("text", Bilingual("文字", "the text"), as: String.self)
        ) { try $0.add(.verbatim($1)) },
        table, bars,
      ])
  }

  private static func block(
    _ name: String, _ summary: Bilingual, _ make: @escaping (Words) -> Report.Block
  ) -> HostFunction {
    HostFunction(name, summary, report, text) { try $0.add(make($1.words)) }
  }

  private static var table: HostFunction {
    HostFunction(
      "table", Bilingual("表格", "A table."), report,
      Parameter(
        "columns",
        Bilingual(
          "列的列表：标题，或 { title = …, align = \"right\" }",
          "a list of columns: titles, or { title = …, align = \"right\" }"),
        as: OptionItems<ColumnOptions>.self),
      Parameter(
        "rows", Bilingual("行的列表，每行是单元格的列表", "a list of rows, each a list of cells"),
        as: [LuaValue].self),
      Parameter("caption", Bilingual("表名", "the caption"), as: ScriptWords?.self)
    ) { report, columns, rows, caption in
      let headings = try columns.items.map { try column($0) }
      let signed = columns.items.map { $0["signed"].bool ?? false }
      guard rows.count * max(1, headings.count) <= ScriptReport.mostCells else {
        throw Problem(.limitOutput, Words("表格太大", "the table is too large"))
      }
      let cells = try rows.enumerated().map { index, row in
        guard let items = row.onlyItems else {
          throw Problem(
            .inputInvalid,
            Words("表格第 \(index + 1) 行不是单元格的列表", "row \(index + 1) of the table is no list of cells")
          )
        }
        guard items.count <= headings.count else {
          throw Problem(
            .inputInvalid,
            Words(
              "表格第 \(index + 1) 行有 \(items.count) 格，而表头只有 \(headings.count) 列",
              "row \(index + 1) of the table has \(items.count) cells for \(headings.count) columns"
            ))
        }
        return try items.enumerated().map { column, item in
          try cell(item, signed: signed[column])
        }
      }
      try report.add(.table(Table(caption?.words, headings, cells)))
    }
  }

  private static var bars: HostFunction {
    HostFunction(
      "bars", Bilingual("条形图", "A bar chart."), report,
      Parameter(
        "items", Bilingual("{ { title = …, value = … }, … }", "{ { title = …, value = … }, … }"),
        as: OptionItems<BarOptions>.self),
      Parameter("title", Bilingual("图名", "the title"), as: ScriptWords?.self)
    ) { report, items, title in
      let bars = try items.items.map { item in
        guard let label = item["title"].words, let value = item["value"].rational?.decimal else {
          throw Problem(
            .inputInvalid, Words("每一条要有 title 和数值 value", "each bar has a title and a number value")
          )
        }
        return Report.Bar(label, value)
      }
      try report.add(.bars(Report.Bars(title?.words, bars)))
    }
  }

  private enum ColumnOptions: OptionList {
    static let options = [
      Option("title", .words, "标题", "the heading", isNeeded: true),
      Option(
        "align", .choice(["left", "right", "center"]), "对齐，默认 left", "alignment, left by default"),
      Option("signed", .boolean, "数字写出正负号", "numbers are shown with their sign"),
    ]
  }

  private enum BarOptions: OptionList {
    static let options = [
      Option("title", .words, "名称", "its name", isNeeded: true),
      Option("value", .number, "数值", "its number", isNeeded: true),
    ]
  }

  private static func column(_ value: OptionTable) throws(Problem) -> Table.Column {
    Table.Column(
      value["title"].words ?? Words("", ""), try Alignment(script: value["align"].text ?? "left"))
  }

  /// - Parameter signed: whether a number is a difference, shown with its sign.
  private static func cell(_ value: LuaValue, signed: Bool) throws(Problem) -> Cell {
    switch value {
    case .nil: return .empty
    case .boolean(let value): return .text(value ? Words("是", "yes") : Words("否", "no"))
    case .integer(let value): return .number(value)
    case .decimal(let units, let places):
      let decimal = Decimal(units: units, places: places)
      return signed ? .change(decimal) : .decimal(decimal)
    case .number(let value): return .binary(value)
    case .string(let text): return .verbatim(text)
    case .object(let object):
      if let period = object.value as? ScriptPeriod { return .text(period.period.label) }
      if let mark = object.value as? FormulaMark {
        return mark.figure.reason.map { .text($0) } ?? .empty
      }
      if case .missing? = (object.value as? ScriptComparison)?.content { return .empty }
      throw .notACell(value)
    default:
      guard let words = value.words else { throw .notACell(value) }
      return .text(words)
    }
  }
}

extension Problem {
  fileprivate static func notACell(_ value: LuaValue) -> Problem {
    Problem(
      .inputInvalid, Words("单元格不能是 \(value.spelled)", "a cell cannot be \(value.spelled)"))
  }
}
