public import ArgumentParser
internal import Core
internal import Glibc
public import Governance

/// What every command understands.
struct CommonOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      say("工作区目录（默认：向上找到 gongyue.yaml）", "the workspace (default: nearest gongyue.yaml)"),
      valueName: "DIR"), completion: .directory)
  var workspace: String?

  @Option(
    name: .customLong("as"),
    help: ArgumentHelp(
      say("以谁的身份，如 worker@sll-02", "who acts, such as worker@sll-02"), valueName: "ROLE[@UNIT]"))
  var actor: String?

  @Option(
    help: ArgumentHelp(
      say("把今天当作哪一天", "the date to take as today"), valueName: "YYYY-MM-DD"))
  var today: String?

  @Option(help: ArgumentHelp(say("语言：zh 或 en", "the language: zh or en"), valueName: "LANG"))
  var lang: String?

  @Option(
    help: ArgumentHelp(say("脚本最多运行几秒", "how long scripts may run"), valueName: "SECONDS"))
  var time: String?

  @Option(
    help: ArgumentHelp(say("脚本最多用多少内存", "how much memory scripts may use"), valueName: "MIB"))
  var memory: String?

  @Option(
    help: ArgumentHelp(
      say("为什么要读敏感内容（会记入审计）", "why sensitive fields are read (recorded)"),
      valueName: "TEXT"))
  var purpose: String?

  /// The options as the host takes them.
  func opening() throws -> Opening {
    Opening(
      workspace: workspace, directory: currentDirectory(), actor: actor,
      today: try today.map {
        try readDay($0, option: "--today", on: Host.today(in: workspace, from: currentDirectory()))
      }, language: Spoken.language,
      seconds: try time.map { try readPositive($0, option: "--time") },
      megabytes: try memory.map { try readCount($0, option: "--memory") }, purpose: purpose,
      progress: { ProgressBar.standardError.show($0) },
      overrun: { Shell.giveUp(over: $0) })
  }

  /// Common options typed before the command, moved behind it: `--lang en units`
  /// means `units --lang en`.
  static func movedBehindCommand(_ arguments: [String]) -> [String] {
    var rest = arguments[...]
    var moved: [String] = []
    while let first = rest.first, first.hasPrefix("--"), first != "--" {
      let name = first.prefix { $0 != "=" }
      guard names.contains(String(name)) else { break }
      let length = first.contains("=") ? 1 : 2
      moved += rest.prefix(length)
      rest = rest.dropFirst(length)
    }
    guard !moved.isEmpty else { return arguments }
    let path = rest.first == "help" ? 1 : CommandInfo.pathLength(in: Array(rest))
    return Array(rest.prefix(path)) + moved + Array(rest.dropFirst(path))
  }

  static let names: Set = [
    "--workspace", "--as", "--today", "--lang", "--time", "--memory", "--purpose",
  ]
}

/// How the answer is drawn, and where it goes.
struct OutputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      say("输出格式：text、json、csv、html 或 markdown", "text, json, csv, html or markdown"),
      valueName: "FORMAT"))
  var format: ReportFormat?

  @Flag(help: ArgumentHelp(say("等于 --format json", "short for --format json")))
  var json = false

  @Option(
    help: ArgumentHelp(
      say("写入文件而不是屏幕", "write to a file instead of the screen"), valueName: "FILE"),
    completion: .file())
  var output: String?

  /// Refuses what contradicts itself or cannot be written, before anything is done.
  func check() throws {
    if json, let format, format != .json {
      throw Problem.excludes("--json", "--format \(format.rawValue)")
    }
    if let ending, let instead = Self.instead[ending] {
      throw Problem.noSuchFileFormat(ending, instead: instead)
    }
  }

  /// Files that other programs write, and the format to use for them.
  private static let instead = [
    "xlsx": "csv", "xls": "csv", "ods": "csv", "et": "csv", "docx": "html", "doc": "html",
    "odt": "html", "wps": "html", "pdf": "html",
  ]

  /// Whether the answer goes where no line is too long: a file, a pipe, another program.
  var hasRoom: Bool { output != nil || chosen != .text || Screen.width == Screen.unlimited }

  private var ending: String? { output?.split(separator: ".").last?.lowercased() }

  /// The format asked for; a file's ending says it where no option does.
  var chosen: ReportFormat {
    if json { return .json }
    if let format { return format }
    switch ending {
    case "json": return .json
    case "csv": return .csv
    case "html", "htm": return .html
    case "md": return .markdown
    default: return .text
    }
  }
}

extension ReportFormat: ExpressibleByArgument {}

/// The folder the program was called in; `.` when it has no name any more.
func currentDirectory() -> String {
  guard let path = getcwd(nil, 0) else { return "." }
  defer { free(path) }
  return String(cString: path)
}

/// Reads an option's date.
///
/// - Parameter today: gives a date without a year its year.
func readDay(_ text: String, option: String, on today: Day) throws -> Day {
  guard case .day(let day)? = ValueType.day.read(text, Typing(today: today)) else {
    throw Problem.notADate(text, option: option)
  }
  return day
}

/// Reads an option's whole number from one upward.
func readCount(_ text: String, option: String) throws -> Int {
  guard case .integer(let count)? = ValueType.integer.read(text), count > 0 else {
    throw Problem.notACount(text, option: option)
  }
  return Int(count)
}

/// Reads an option's number above zero.
func readPositive(_ text: String, option: String) throws -> Double {
  guard let number = Double(text.plainSpelling), number.isFinite, number > 0 else {
    throw Problem.notPositive(text, option: option)
  }
  return number
}

/// What an option of the form `name=value` looks like.
private func example(of option: String) -> String {
  switch option {
  case "--what-if": "\(option) notice.workdays=7"
  case "--correct": "\(option) place=三号楼下"
  default: "\(option) state=accepted"
  }
}

/// Reads what stands behind `--where`.
func readFilters(_ texts: [String]) throws -> [Filter] {
  try texts.map { text in
    guard let filter = Filter(text) else {
      throw Problem.notAnAssignment(text, option: "--where", example: example(of: "--where"))
    }
    return filter
  }
}

/// Reads arguments of the form `name=value`.
func readAssignments(_ texts: [String], option: String) throws -> [Assignment] {
  try texts.map { text in
    guard let assignment = Assignment(text) else {
      throw Problem.notAnAssignment(text, option: option, example: example(of: option))
    }
    return assignment
  }
}
