public import ArgumentParser
public import Core
internal import Governance

struct Run: PrintingCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: say("运行脚本或插件的命令", "run scripts or a plugin's command"),
    discussion: say(
      "几个文件依次运行，各是一个事务：要么全部生效，要么全不生效。",
      "Several files run one after another, each in a transaction of its own."))

  @Argument(
    help: ArgumentHelp(
      say(
        "文件、-（标准输入）或命令，后跟 名称=值", "files, - (standard input) or a command, then name=value"),
      valueName: "TARGET"),
    completion: .file(extensions: ["lua"]))
  var words: [String]

  @Flag(help: ArgumentHelp(say("只显示会改什么，不保存", "show the changes, store nothing")))
  var dryRun = false

  @OptionGroup var common: CommonOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    try check()
    let host = try Open.host(try common.opening())
    let request = ScriptRequest(
      targets: words.filter { !Self.isArgument($0) },
      arguments: words.filter(Self.isArgument).compactMap { Assignment($0) }, isDryRun: dryRun,
      typed: words.contains("-") ? try StandardInput.text() : nil)
    defer { StandardError.warn(host.takeWarnings()) }
    try output.show(printing: { try host.run(request, print: $0) })
  }

  private func check() throws {
    if let nameless = words.first(where: { $0.hasPrefix("=") }) {
      throw Problem.notAnAssignment(nameless, option: "TARGET", example: "unit=sll-02")
    }
    if words.allSatisfy(Self.isArgument) {
      throw Problem.missingArguments(
        ["TARGET"],
        usage: Words("用法：gongyue run TARGET [名称=值]…", "usage: gongyue run TARGET [name=value]…"))
    }
  }

  /// `unit=sll-02` is an argument, `./a=b.lua` a file.
  private static func isArgument(_ word: String) -> Bool {
    guard let assignment = Assignment(word) else { return false }
    return !assignment.name.contains { $0 == "/" || $0 == "." }
  }
}

struct Eval: PrintingCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval", abstract: say("运行一段 Lua 代码", "run a piece of Lua"))

  @Argument(
    help: ArgumentHelp(
      say("代码；- 表示从标准输入读", "the code; - reads it from standard input"), valueName: "CODE"))
  var code: String

  @Flag(help: ArgumentHelp(say("只显示会改什么，不保存", "show the changes, store nothing")))
  var dryRun = false

  @OptionGroup var common: CommonOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let host = try Open.host(try common.opening())
    defer { StandardError.warn(host.takeWarnings()) }
    let code = code == "-" ? try StandardInput.text() : code
    try output.show(
      printing: { try host.evaluate(code, isDryRun: dryRun, print: $0) })
  }
}

struct API: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "api",
    abstract: say("脚本能用的全部函数", "everything a script may call"))

  @Option(
    help: ArgumentHelp(
      say("luals（编辑器提示）或 markdown（默认）", "luals (for editors) or markdown (default)"),
      valueName: "FORMAT"))
  var format: APIFormat = .markdown

  @OptionGroup var common: CommonOptions

  func run() throws {
    try Output.standard.write(Host.api(format, in: Spoken.language))
  }
}

extension APIFormat: ExpressibleByArgument {}

struct Version: PrintingCommand {
  static let configuration = CommandConfiguration(
    commandName: "version", abstract: say("版本", "the version"))

  @OptionGroup var common: CommonOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let text = "gongyue \(Host.version)"
    try output.show(
      Answer(
        "version", Report(nil, [.verbatim(text)]), data: ["version": .string(Host.version)]))
  }
}
