internal import ArgumentParser
internal import Core
internal import Governance

struct Units: HostCommand {
  static let configuration = CommandConfiguration(
    commandName: "units",
    abstract: say("列出街道、社区和代管小区", "show the tree of streets and communities"))

  @Argument(
    help: ArgumentHelp(say("只列这个单位及其下级", "only this unit and below"), valueName: "UNIT"))
  var unit: String?

  @OptionGroup var common: CommonOptions
  @OptionGroup var output: OutputOptions

  func ask(_ host: Host) throws -> Answer {
    try host.units(under: unit)
  }
}

struct Records: HostCommand {
  static let configuration = CommandConfiguration(
    commandName: "records",
    abstract: say("查看、更正或撤销记录", "list, correct or retract records"),
    discussion: say(
      "个人信息默认遮盖。更正和撤销不删除任何内容，只增加一个带理由的新版本。",
      "Personal fields are masked. Correcting and retracting delete nothing: they add a version."))

  @Argument(
    help: ArgumentHelp(say("记录种类，如 case 或 事项", "the kind, such as case"), valueName: "KIND"))
  var kind: String

  @Argument(
    help: ArgumentHelp(say("一条记录的代码", "the code of one record"), valueName: "CODE"))
  var code: String?

  @Option(help: ArgumentHelp(say("只列这个单位的", "only of this unit"), valueName: "UNIT"))
  var unit: String?

  @Option(
    name: .customLong("where"),
    help: ArgumentHelp(
      say("只列符合的，如 状态=已办结、报告时间>=4月3日", "only these: state=closed, reported>=2026-04-03"),
      valueName: "FIELD=VALUE"))
  var conditions: [String] = []

  @Option(help: ArgumentHelp(say("最多列几条", "at most this many"), valueName: "N"))
  var limit: String?

  @Option(
    help: ArgumentHelp(
      say("列哪些字段，如 状态,报告时间（文件里默认全部）", "the fields to show, such as state,reported"),
      valueName: "FIELD,…"))
  var fields: String?

  @Option(help: ArgumentHelp(say("按这个字段排序", "sort by this field"), valueName: "FIELD"))
  var sort: String?

  @Flag(help: ArgumentHelp(say("从大到小、从新到旧", "largest and newest first")))
  var descending = false

  @Flag(help: ArgumentHelp(say("列出这条记录的所有版本", "every version of the record")))
  var history = false

  @Option(help: ArgumentHelp(say("更正字段", "correct a field"), valueName: "FIELD=VALUE"))
  var correct: [String] = []

  @Flag(help: ArgumentHelp(say("撤销这条记录", "retract the record")))
  var retract = false

  @Option(
    help: ArgumentHelp(say("更正或撤销的理由", "why it is corrected or retracted"), valueName: "TEXT"))
  var reason: String?

  @OptionGroup var common: CommonOptions
  @OptionGroup var output: OutputOptions

  func check() throws {
    let changes = !correct.isEmpty || retract
    if retract, !correct.isEmpty { throw Problem.excludes("--correct", "--retract") }
    let option = retract ? "--retract" : "--correct"
    if changes, code == nil { throw Problem.needs("CODE", with: option) }
    if changes, reason == nil { throw Problem.needs("--reason", with: option) }
    if history, code == nil { throw Problem.needs("CODE", with: "--history") }
    if descending, sort == nil { throw Problem.needs("--sort", with: "--descending") }
    if code != nil, fields != nil { throw Problem.excludes("CODE", "--fields") }
    if code != nil, sort != nil { throw Problem.excludes("CODE", "--sort") }
  }

  func run() throws {
    try check()
    let host = try Open.host(try common.opening())
    if code == nil, output.streams, let listing = try listing(host) {
      return try output.show(listing)
    }
    try output.show(of: host, ask)
  }

  private func listing(_ host: Host) throws -> Listing? {
    try host.listing(
      of: kind, unit: unit, where: try readFilters(conditions),
      limit: try limit.map { try readCount($0, option: "--limit") }, shape: shape)
  }

  func ask(_ host: Host) throws -> Answer {
    if let code, let reason, retract {
      return try host.retract(kind, code: code, reason: reason)
    }
    if let code, let reason, !correct.isEmpty {
      let fields = try readAssignments(correct, option: "--correct")
      return try host.correct(kind, code: code, with: fields, reason: reason)
    }
    return try host.records(
      kind, code: code, unit: unit, where: try readFilters(conditions),
      history: history, limit: try limit.map { try readCount($0, option: "--limit") },
      shape: shape)
  }

  private var shape: RecordShape {
    let names = (fields ?? "").split { $0 == "," || $0 == "，" || $0 == "、" }
    return RecordShape(
      fields: names.map { String($0.trimmingPrefix(" ")) }, sort: sort,
      isDescending: descending, isWhole: output.hasRoom)
  }
}
