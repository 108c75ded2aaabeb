public import Governance

/// What a plain file takes from the command line, as its source says: `arguments.unit`.
public struct ScriptArguments: Hashable, Sendable {
  /// The names it asks for; nil when it uses the table as a whole, so that any may count.
  public let names: Set<String>?

  public init(of source: String) {
    let tokens = LuaTokens(source).tokens
    var names: Set<String> = []
    for (index, token) in tokens.enumerated()
    where token.sort == .name && token.text == "arguments" {
      // A member of some other table that happens to be called the same.
      if index > 0, tokens[index - 1].sort == .symbol, [".", ":"].contains(tokens[index - 1].text) {
        continue
      }
      guard let name = Self.member(after: index, of: tokens) else {
        self.names = nil
        return
      }
      names.insert(name)
    }
    self.names = names
  }

  /// `unit` of `arguments.unit` and `arguments["unit"]`.
  private static func member(after index: Int, of tokens: [LuaTokens.Token]) -> String? {
    guard index + 2 < tokens.count, tokens[index + 1].sort == .symbol else { return nil }
    let name = tokens[index + 2]
    switch (tokens[index + 1].text, name.sort) {
    case (".", .name), ("[", .string): return name.text
    default: return nil
    }
  }

  /// The problem of an argument that no file takes; nil when one does.
  ///
  /// A name typed wrongly would otherwise be passed over, and the answer be about
  /// something else than was asked.
  public static func problem(with name: String, of scripts: [ScriptArguments]) -> Problem? {
    var known: Set<String> = []
    for script in scripts {
      guard let names = script.names, !names.contains(name) else { return nil }
      known.formUnion(names)
    }
    let sorted = known.sorted()
    let near = nearest(to: name, in: sorted)
    return Problem(
      .inputInvalid, Words("脚本没有参数“\(name)”", "the script has no argument '\(name)'"),
      hint: near.map { Words("是不是想写“\($0)”？", "did you mean '\($0)'?") }
        ?? (sorted.isEmpty
          ? Words("这个脚本不带参数", "it takes none")
          : Words(
            "可用：\(sorted.joined(separator: "、"))", "known: \(sorted.joined(separator: ", "))")))
  }
}
