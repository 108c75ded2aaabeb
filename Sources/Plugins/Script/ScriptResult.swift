public import Governance
public import Lua

/// What a command or a file gave back, as a person and as a program reads it.
///
/// For a person times, codes and references are written out, a query is a table of its
/// records, and whatever else is a table is shown as Lua writes it. For a program it is what
/// the script saw: milliseconds, ids, codes of choices.
public struct ScriptResult: Sendable {
  public let report: Report

  /// Whether the script put the report together itself.
  public let isReport: Bool

  /// Nothing is null, one value is itself, several are `{ "values": [ … ] }`.
  public let data: JSONValue

  /// - Parameter output: the bytes that it may print; a report counted while it was written.
  /// - Throws: `limit.output` where it is more.
  public init(_ values: [LuaValue], in context: ScriptContext, output: Int?) throws {
    if values.count == 1, let report = values[0].object(as: ScriptReport.self)?.report {
      self.report = report
      isReport = true
      data = report.json(in: context.language)
      return
    }
    isReport = false
    // A lone nil is nothing to show.
    if values.isEmpty || values == [.nil] {
      report = Report()
      data = .null
      return
    }
    let pages = PrintedPages(context)
    let shown = try values.map { try pages.read($0) }
    let all = try shown.map { try pages.data(of: $0) }
    data = all.count == 1 ? all[0] : ["values": .array(all)]
    try Self.check(data, within: output)
    let parts = try shown.map { try pages.report($0) }
    guard parts.count > 1 else {
      report = parts[0]
      return
    }
    let blocks = parts.map { part in
      (part.title.map { [Report.Block.section($0)] } ?? []) + part.blocks
    }
    report = Report(nil, blocks.flatMap(\.self))
  }

  private static func check(_ data: JSONValue, within output: Int?) throws(Problem) {
    guard let output, data.bytes > output else { return }
    throw Problem(
      .limitOutput,
      Words("返回的内容超过了 \(output >> 10) KiB", "what was returned exceeds \(output >> 10) KiB"),
      hint: Words("用 :limit(100) 限定条数", "take fewer records with :limit(100)"))
  }
}

/// The columns of what a grouping gave: rows of a plain table, of which only the run knows
/// what their numbers mean.
struct GroupColumns: Hashable {
  let kind: String
  let fields: [String]
  let aggregate: String

  /// The field that was summed or compared; nil where records were counted.
  let of: String?

  /// Whether these rows can have come from it: keys without a value are absent.
  func fits(_ rows: [[String: LuaValue]]) -> Bool {
    let keys = Set(rows.flatMap(\.keys))
    return keys.contains(aggregate) && keys.isSubset(of: fields + [aggregate])
  }

  var heading: Words {
    switch aggregate {
    case "count": Words("条数", "count")
    case "sum": Words("合计", "sum")
    case "avg": Words("平均", "average")
    case "min": Words("最小", "smallest")
    default: Words("最大", "largest")
    }
  }
}
