/// One value of a YAML file, and the line it stands on.
///
/// Files are read into this small tree at once, so that nothing else here knows
/// the parser: scalars stay text until somebody says what they should be.
struct YAMLValue: Hashable {
  enum Content: Hashable {
    /// `isPlain` is false for what was quoted: `"5"` is a text, `5` a number.
    case scalar(String, isPlain: Bool)
    case list([YAMLValue])
    case map([Entry])
    case null
  }

  struct Entry: Hashable {
    let key: String
    let line: Int
    let value: YAMLValue
  }

  let content: Content
  let line: Int

  var isNull: Bool { content == .null }

  /// What the value is called in a message.
  var name: String {
    switch content {
    case .scalar(let text, _): "“\(text)”"
    case .list: "列表"
    case .map: "映射"
    case .null: "空"
    }
  }

  /// The same in English.
  var englishName: String {
    switch content {
    case .scalar(let text, _): "'\(text)'"
    case .list: "a list"
    case .map: "a map"
    case .null: "nothing"
    }
  }
}
