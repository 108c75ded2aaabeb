internal import ArgumentParser
internal import Core
internal import Governance

struct Assess: HostCommand {
  static let configuration = CommandConfiguration(
    commandName: "assess",
    abstract: say("按公式评分并排名，不保存", "score and rank by a formula; stores nothing"))

  @Argument(
    help: ArgumentHelp(
      say("公式，如 community-assessment", "the formula, such as community-assessment"),
      valueName: "FORMULA"))
  var formula: String

  @Argument(
    help: ArgumentHelp(
      say("期间，如 2026-04、2026-Q2、2026-W20", "the period, such as 2026-04, 2026-Q2, 2026-W20"),
      valueName: "PERIOD"))
  var period: String

  @Option(help: ArgumentHelp(say("只看一个单位", "only one unit"), valueName: "UNIT"))
  var unit: String?

  @Flag(help: ArgumentHelp(say("说明每个数怎么来的", "say where each number comes from")))
  var explain = false

  @Option(
    help: ArgumentHelp(say("说明展开几层（默认 1）", "how deep to explain (default 1)"), valueName: "N"))
  var depth: String?

  @Option(
    help: ArgumentHelp(
      say("假如设置是这个值，会怎样（可多次）", "what if a setting were this (repeatable)"),
      valueName: "KEY=VALUE"))
  var whatIf: [String] = []

  @OptionGroup var common: CommonOptions
  @OptionGroup var output: OutputOptions

  func ask(_ host: Host) throws -> Answer {
    try host.assess(
      AssessmentRequest(
        formula: formula, period: period, unit: unit, explains: explain || depth != nil,
        depth: try depth.map { try readCount($0, option: "--depth") } ?? 1,
        whatIf: try readAssignments(whatIf, option: "--what-if"),
        wantsProof: output.chosen == .json))
  }
}

struct Close: HostCommand {
  static let configuration = CommandConfiguration(
    commandName: "close",
    abstract: say("封存一个期间的结果", "freeze the results of a period"))

  @Argument(help: ArgumentHelp(say("公式", "the formula"), valueName: "FORMULA"))
  var formula: String

  @Argument(help: ArgumentHelp(say("已结束的期间", "a period that has ended"), valueName: "PERIOD"))
  var period: String

  @OptionGroup var common: CommonOptions
  @OptionGroup var output: OutputOptions

  func ask(_ host: Host) throws -> Answer {
    try host.close(formula, period: period)
  }
}

struct Replay: HostCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: say("用封存的数据重算，结果逐字相同", "compute a closed result again, byte for byte"))

  @Argument(
    help: ArgumentHelp(say("封存编号（close 时给出）", "the id that close gave"), valueName: "ID"))
  var id: String

  @OptionGroup var common: CommonOptions
  @OptionGroup var output: OutputOptions

  func ask(_ host: Host) throws -> Answer {
    try host.replay(id)
  }
}
