internal import Governance
public import Lua

/// A text that a script gives: one for both languages, or a table `{ zh = …, en = … }`.
public struct ScriptWords: LuaReadable {
  let words: Words

  public static let luaName = "string|words"

  public static func read(
    _ arguments: borrowing Arguments, at index: Int
  ) throws -> ScriptWords? {
    try arguments.value(at: index).readWords().map(ScriptWords.init)
  }
}

extension LuaValue {
  /// The text in both languages; nil when it is neither a text nor such a table.
  var words: Words? { try? readWords() }

  /// - Throws: `input.invalid` for a table with `zh` that has anything but texts in `zh` and `en`.
  func readWords() throws(Problem) -> Words? {
    if let text { return Words(verbatim: text) }
    guard let fields, let chinese = fields["zh"]?.text else { return nil }
    let other = fields.keys.sorted().first { !["zh", "en"].contains($0) }
    guard other == nil, onlyFields != nil, let english = (fields["en"] ?? .string(chinese)).text
    else { throw .notWords(other) }
    return Words(chinese, english)
  }
}

extension Problem {
  fileprivate static func notWords(_ name: String?) -> Problem {
    Problem(
      .inputInvalid,
      name.map {
        Words(
          "两种语言的文字里没有“\($0)”这一项", "a text in two languages has no entry '\($0)'")
      } ?? Words("两种语言的文字只能是文字", "a text in two languages holds texts only"),
      hint: Words("写成 { zh = \"…\", en = \"…\" }", "write { zh = \"…\", en = \"…\" }"))
  }
}
