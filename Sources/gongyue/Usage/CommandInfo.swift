internal import ArgumentParser
internal import Governance

/// A command with its arguments and subcommands, as the argument parser describes itself.
struct CommandInfo {
  /// The words that call it, the program first.
  let path: [String]
  let abstract: String
  let discussion: String
  let subcommands: [CommandInfo]
  let arguments: [ArgumentInfo]

  /// The whole tree. Costs a few milliseconds, so it is asked for only when something
  /// is to be explained.
  static let root: CommandInfo = {
    guard let dump = try? JSONValue(parsing: Gongyue._dumpHelp()), let command = dump["command"]
    else { preconditionFailure("the argument parser describes itself as JSON") }
    return CommandInfo(command, under: [])
  }()

  private init(_ dump: JSONValue, under parent: [String]) {
    path = parent + [dump["commandName"]?.text ?? ""]
    abstract = dump["abstract"]?.text ?? ""
    discussion = dump["discussion"]?.text ?? ""
    let path = path
    subcommands = (dump["subcommands"]?.elements ?? [])
      .map { CommandInfo($0, under: path) }
      .filter { $0.path.last != "help" }
    arguments = (dump["arguments"]?.elements ?? []).map(ArgumentInfo.init)
      .filter { !$0.names.contains("--help") }
  }

  func subcommand(_ name: String) -> CommandInfo? {
    subcommands.first { $0.path.last == name }
  }

  var positionals: [ArgumentInfo] { arguments.filter { $0.kind == .positional } }
  var options: [ArgumentInfo] { arguments.filter { $0.kind != .positional } }

  /// The options of this command only, without those that every command has.
  var ownOptions: [ArgumentInfo] {
    let shared = CommonOptions.names.union(path.last == "api" ? [] : OutputNames.all)
    return options.filter { shared.isDisjoint(with: $0.names) }
  }

  /// The options shared with every command.
  var sharedOptions: [ArgumentInfo] {
    let own = Set(ownOptions.flatMap(\.names))
    return options.filter { own.isDisjoint(with: $0.names) }
  }

  /// `gongyue why KEY UNIT [--date DATE]`, in one line.
  var synopsis: String { synopsisParts.joined(separator: " ") }

  /// The synopsis in lines of at most 80 columns, the first `indent` columns being
  /// taken; no line breaks between an option and its value.
  func synopsis(indent: Int) -> String {
    var lines: [String] = []
    var line = ""
    for part in synopsisParts {
      if !line.isEmpty, DisplayWidth.of(line) + DisplayWidth.of(part) + 1 > 80 - indent {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + part
    }
    return (lines + [line]).joined(separator: "\n" + String(repeating: " ", count: indent))
  }

  private var synopsisParts: [String] {
    let command = (path + (subcommands.isEmpty ? [] : [say("命令", "COMMAND")]))
      .joined(separator: " ")
    return [command] + positionals.map(\.synopsis) + ownOptions.map(\.synopsis)
  }

  /// How many of the first arguments name a command.
  static func pathLength(in arguments: [String]) -> Int {
    var commands = Gongyue.configuration.subcommands
    var length = 0
    for argument in arguments {
      guard let found = commands.first(where: { $0._commandName == argument }) else { break }
      length += 1
      commands = found.configuration.subcommands
    }
    return length
  }
}

/// The options that say how an answer is drawn.
enum OutputNames {
  static let all: Set = ["--format", "--json", "--output"]
}

/// One argument or option.
struct ArgumentInfo {
  enum Kind: String {
    case positional
    case option
    case flag
  }

  let kind: Kind
  /// With their dashes; empty for positional arguments.
  let names: [String]
  let valueName: String
  let isOptional: Bool
  let isRepeating: Bool
  let values: [String]
  let abstract: String

  init(_ dump: JSONValue) {
    kind = dump["kind"]?.text.flatMap(Kind.init) ?? .positional
    names = (dump["names"]?.elements ?? []).compactMap { name in
      name["name"]?.text.map { (name["kind"]?.text == "long" ? "--" : "-") + $0 }
    }
    valueName = dump["valueName"]?.text ?? ""
    isOptional = dump["isOptional"]?.boolean ?? false
    isRepeating = dump["isRepeating"]?.boolean ?? false
    values = (dump["allValues"]?.elements ?? []).compactMap(\.text)
    abstract = dump["abstract"]?.text ?? ""
  }

  /// As it is typed: `--unit UNIT`, `KEY`.
  var typed: String {
    switch kind {
    case .positional: valueName
    case .flag: names.joined(separator: ", ")
    case .option: names.joined(separator: ", ") + " " + valueName
    }
  }

  /// As it stands in a line of usage.
  fileprivate var synopsis: String {
    let one = isOptional || kind == .flag ? "[\(typed)]" : typed
    return isRepeating ? one + "…" : one
  }
}
