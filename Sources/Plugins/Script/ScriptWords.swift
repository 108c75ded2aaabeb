internal import Governance
public import Lua

/// A text that a script gives: one for both languages, or a table `{ zh = …, en = … }`.
public struct ScriptWords: LuaReadable {
  let words: Words

  public static let luaName = "string|words"

  public static func read(
    _ arguments: borrowing Arguments, at index: Int
  ) throws -> ScriptWords? {
    try arguments.value(at: index).words.map(ScriptWords.init)
  }
}

extension LuaValue {
  /// The text in both languages; nil when it is neither a text nor such a table.
  var words: Words? {
    if let text { return Words(verbatim: text) }
    guard let chinese = self["zh"].text else { return nil }
    return Words(chinese, self["en"].text ?? chinese)
  }
}
