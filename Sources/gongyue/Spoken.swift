internal import Governance

/// The language of this process: Chinese unless `--lang en` stands anywhere before `--`.
///
/// It is read before the arguments are parsed, because help and usage errors
/// are spoken too.
enum Spoken {
  static let language = language(in: CommandLine.arguments)

  /// What was typed after `--lang`, valid or not; the last one counts.
  static func typed(in arguments: [String]) -> String? {
    let before = arguments.prefix { $0 != "--" }
    var typed: String?
    for (option, value) in zip(before, before.dropFirst().map(Optional.init) + [nil]) {
      if option == "--lang" { typed = value }
      if option.hasPrefix("--lang=") { typed = String(option.dropFirst(7)) }
    }
    return typed
  }

  private static func language(in arguments: [String]) -> Language {
    typed(in: arguments).flatMap(Language.init) ?? .chinese
  }
}

/// The text in the language of this process.
func say(_ chinese: String, _ english: String) -> String {
  Words(chinese, english).text(in: Spoken.language)
}
