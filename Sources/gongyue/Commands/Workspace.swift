internal import ArgumentParser
internal import Core
internal import Governance

struct Init: PrintingCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: say("建立工作区", "make a workspace"))

  @Argument(
    help: ArgumentHelp(say("目录（默认：当前目录）", "the folder (default: this one)"), valueName: "DIR"),
    completion: .directory)
  var directory: String = "."

  @Flag(help: ArgumentHelp(say("填入演示街道的八个社区", "fill in the demo street's communities")))
  var demo = false

  @Option(
    help: ArgumentHelp(say("演示街道的数目", "how many demo streets"), valueName: "N"))
  var scale: String?

  @OptionGroup var common: CommonOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    if scale != nil, !demo { throw Problem.needs("--demo", with: "--scale") }
    let scale = try scale.map { try readCount($0, option: "--scale") } ?? 1
    try output.show(
      try Host.initialise(
        try common.opening(), at: directory, demo: demo, scale: scale, drivers: Open.drivers))
  }
}

struct Doctor: PrintingCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: say("检查工作区、数据库和插件是否正常", "see whether workspace, database and plugins are well"))

  @OptionGroup var common: CommonOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    try output.show(try Host.doctor(try common.opening(), drivers: Open.drivers))
  }
}

struct Backup: HostCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup", abstract: say("把数据库备份到文件", "copy the database to a file"))

  @Argument(
    help: ArgumentHelp(say("备份文件，不能已经存在", "the copy; must not exist yet"), valueName: "FILE"),
    completion: .file())
  var file: String

  @OptionGroup var common: CommonOptions
  @OptionGroup var output: OutputOptions

  func ask(_ host: Host) throws -> Answer {
    try host.backup(to: file)
  }
}

struct Restore: PrintingCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: say("从备份恢复数据库", "bring the database back from a copy"))

  @Argument(
    help: ArgumentHelp(say("备份文件", "the copy"), valueName: "FILE"), completion: .file())
  var file: String

  @Flag(
    help: ArgumentHelp(
      say("替换现有数据库（旧文件会保留）", "replace the database (the old file is kept)")))
  var force = false

  @OptionGroup var common: CommonOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    try output.show(
      try Host.restore(
        try common.opening(), from: file, force: force, drivers: Open.drivers))
  }
}

struct Audit: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: say("谁在什么时候改了什么", "who changed what and when"),
    subcommands: [Show.self, Verify.self])

  struct Show: HostCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: say("列出审计记录", "list the audit log"))

    @Option(
      help: ArgumentHelp(say("只列最近 N 条", "only the newest N entries"), valueName: "N"))
    var last: String?

    @Option(
      help: ArgumentHelp(say("只列关于这个单位的", "only about this unit"), valueName: "UNIT"))
    var unit: String?

    @Option(
      help: ArgumentHelp(say("只列关于这种记录的", "only about this kind"), valueName: "KIND"))
    var kind: String?

    @Option(
      help: ArgumentHelp(
        say("只列关于这条记录、设置或封存结果的", "only about this record, setting or closed result"),
        valueName: "CODE"))
    var record: String?

    @Option(
      help: ArgumentHelp(say("只列这一天的", "only of this date"), valueName: "DATE"))
    var day: String?

    @Option(
      help: ArgumentHelp(
        say("只列这个身份做的", "only by this actor"), valueName: "ROLE[@UNIT]"))
    var actor: String?

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions

    func ask(_ host: Host) throws -> Answer {
      try host.audit(
        AuditRequest(
          last: try last.map { try readCount($0, option: "--last") }, unit: unit, kind: kind,
          record: record, day: try day.map { try readDay($0, option: "--day", on: host.today) },
          actor: actor))
    }
  }

  struct Verify: HostCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify",
      abstract: say(
        "核对审计链，看记录和设置有没有被人动过", "see whether log, records or settings were tampered with"))

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions

    func ask(_ host: Host) throws -> Answer {
      try host.verifyAudit()
    }
  }
}
