internal import Core
internal import Governance

/// The language of this process: `--lang` where it stands before `--`, else the workspace's
/// (`language` in `gongyue.yaml`), else Chinese.
///
/// It is read before the arguments are parsed, because help and usage errors
/// are spoken too.
enum Spoken {
  static let language = language(in: CommandLine.arguments)

  /// Whether the answer was asked for as JSON, so that errors are JSON too.
  static let isJSON: Bool = {
    if let format = typed("--format", in: CommandLine.arguments) { return format == "json" }
    return CommandLine.arguments.prefix { $0 != "--" }.contains("--json")
  }()

  /// What was typed after `--lang`, valid or not; the last one counts.
  static func typed(in arguments: [String]) -> String? {
    typed("--lang", in: arguments)
  }

  private static func typed(_ name: String, in arguments: [String]) -> String? {
    let before = arguments.prefix { $0 != "--" }
    var typed: String?
    for (option, value) in zip(before, before.dropFirst().map(Optional.init) + [nil]) {
      if option == name { typed = value }
      if option.hasPrefix(name + "=") { typed = String(option.dropFirst(name.count + 1)) }
    }
    return typed
  }

  private static func language(in arguments: [String]) -> Language {
    if let typed = typed(in: arguments).flatMap(Language.init) { return typed }
    let workspace = typed("--workspace", in: arguments)
    return Host.language(of: workspace, from: currentDirectory()) ?? .chinese
  }
}

/// The text in the language of this process.
func say(_ chinese: String, _ english: String) -> String {
  Words(chinese, english).text(in: Spoken.language)
}
