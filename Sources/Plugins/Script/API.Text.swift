internal import Governance
internal import Lua

/// `gongyue.text`: text by characters and display columns, for those who do not know Lua patterns.
struct TextAPI {
  private static var text: Parameter<BoundedText> {
    Parameter("text", Bilingual("文字", "the text"))
  }

  static let mostColumns = 10_000
  static let mostParts = 100_000

  static var module: HostModule {
    HostModule(
      "text", Bilingual("按字符和显示宽度处理文字", "Text by characters and display width."),
      functions: measuring + cutting)
  }

  private static var measuring: [HostFunction] {
    [
      HostFunction(
        "len", Bilingual("有几个字", "How many characters."), text,
        returns: Bilingual("字数", "the count")
      ) { $0.text.count },
      HostFunction(
        "width", Bilingual("显示几列宽，汉字占两列", "How many columns wide; a Chinese character takes two."),
        text,
        returns: Bilingual("列数", "the columns")
      ) { DisplayWidth.of($0.text) },
      HostFunction(
        "pad", Bilingual("补空格到指定列数", "Pads with spaces to a number of columns."), text,
        Parameter("columns", Bilingual("列数", "the columns"), as: Int.self),
        Parameter(
          "align", Bilingual("left（默认）、right、center", "left (default), right, center"),
          as: String?.self),
        returns: Bilingual("文字", "the text")
      ) { text, columns, align -> String in
        guard columns <= mostColumns else {
          throw Problem(.inputInvalid, Words("列数太大", "too many columns"))
        }
        return text.text.padded(to: columns, try Alignment(script: align ?? "left"))
      },
    ]
  }

  private static var cutting: [HostFunction] {
    [
      HostFunction(
        "sub",
        Bilingual(
          "从第几个字到第几个字；负数从末尾数", "From one character to another; negative counts from the end."),
        text,
        Parameter("first", Bilingual("从第几个", "the first"), as: Int.self),
        Parameter("last", Bilingual("到第几个，默认到末尾", "the last; the end by default"), as: Int?.self),
        returns: Bilingual("文字", "the text")
      ) { text, first, last -> String in sub(text.text, first, last ?? -1) },
      HostFunction(
        "find", Bilingual("第一次出现在第几个字；没有则 nil", "Where another text first occurs, or nil."), text,
        Parameter("needle", Bilingual("要找的文字", "what to look for"), as: BoundedText.self),
        returns: Bilingual("第几个字", "the character's number")
      ) { text, needle -> Int? in find(needle.text, in: text.text) },
      HostFunction(
        "split", Bilingual("按分隔文字切开", "Cuts at a separator."), text,
        Parameter("separator", Bilingual("分隔文字", "the separator"), as: BoundedText.self),
        returns: Bilingual("文字的列表", "a list of texts")
      ) { text, separator -> [LuaValue] in
        guard !separator.text.isEmpty else {
          throw Problem(.inputInvalid, Words("分隔文字不能为空", "the separator cannot be empty"))
        }
        return try split(text.text, separator.text).map { .string($0) }
      },
      HostFunction(
        "trim", Bilingual("去掉两头的空白", "Cuts blanks at both ends."), text,
        returns: Bilingual("文字", "the text")
      ) { text -> String in
        let rest = text.text.drop(while: \.isWhitespace)
        guard let last = rest.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(rest[...last])
      },
      HostFunction(
        "truncate", Bilingual("截到指定列数，截去处写…", "Cuts to a number of columns, with … where cut."),
        text,
        Parameter("columns", Bilingual("列数", "the columns"), as: Int.self),
        returns: Bilingual("文字", "the text")
      ) { $0.text.truncated(to: max(0, $1)) },
    ]
  }

  private static func sub(_ text: String, _ first: Int, _ last: Int) -> String {
    let count = first < 0 || last < -1 ? text.count : 0
    let start = first < 0 ? max(count &+ first &+ 1, 1) : max(first, 1)
    let end = last == -1 ? Int.max : last < 0 ? count &+ last &+ 1 : last
    guard start <= end,
      let from = text.index(text.startIndex, offsetBy: start - 1, limitedBy: text.endIndex)
    else { return "" }
    return String(end == Int.max ? text[from...] : text[from...].prefix(end - start + 1))
  }

  /// The number of the character that a first occurrence begins with.
  private static func find(_ needle: String, in text: String) -> Int? {
    guard let offset = ByteSearch(needle).first(in: Array(text.utf8), from: 0) else { return nil }
    let index = text.utf8.index(text.startIndex, offsetBy: offset)
    // A byte inside a character belongs to that character.
    return text[..<index].count + 1
  }

  private static func split(_ text: String, _ separator: String) throws -> [String] {
    let bytes = Array(text.utf8)
    let search = ByteSearch(separator)
    var parts: [String] = []
    var start = 0
    while let offset = search.first(in: bytes, from: start) {
      guard parts.count < mostParts else {
        throw Problem(
          .inputInvalid,
          Words("切开后超过 \(mostParts) 段", "it would be cut into more than \(mostParts) parts"))
      }
      parts.append(String(decoding: bytes[start..<offset], as: UTF8.self))
      start = offset + search.needle.count
    }
    return parts + [String(decoding: bytes[start...], as: UTF8.self)]
  }
}

/// A text so short that going through its characters takes no more than some milliseconds.
struct BoundedText: LuaReadable {
  let text: String

  static let luaName = String.luaName

  /// Bytes.
  static let most = 1 << 20

  static func read(_ arguments: borrowing Arguments, at index: Int) throws -> BoundedText? {
    guard let text = try String.read(arguments, at: index) else { return nil }
    guard text.utf8.count <= most else {
      throw Problem(
        .inputInvalid,
        Words("文字超过 \(most >> 10) KiB", "the text is longer than \(most >> 10) KiB"))
    }
    return BoundedText(text: text)
  }
}

/// Searching in linear time, whatever the texts (Knuth, Morris, Pratt).
struct ByteSearch {
  let needle: [UInt8]

  /// For each length matched, how much of it still matches after a mismatch.
  private let fallback: [Int]

  init(_ text: String) {
    needle = Array(text.utf8)
    var fallback = [0]
    var matched = 0
    for index in needle.indices.dropFirst() {
      while matched > 0, needle[index] != needle[matched] { matched = fallback[matched - 1] }
      if needle[index] == needle[matched] { matched += 1 }
      fallback.append(matched)
    }
    self.fallback = fallback
  }

  /// The offset of the first occurrence at or after `start`.
  func first<Bytes: RandomAccessCollection<UInt8>>(in bytes: Bytes, from start: Int) -> Int?
  where Bytes.Index == Int {
    guard !needle.isEmpty else { return start }
    var matched = 0
    for index in start..<max(start, bytes.count) {
      while matched > 0, bytes[index] != needle[matched] { matched = fallback[matched - 1] }
      if bytes[index] == needle[matched] { matched += 1 }
      if matched == needle.count { return index - matched + 1 }
    }
    return nil
  }
}

extension Alignment {
  /// `left`, `right`, `center`, as scripts write it.
  init(script text: String) throws(Problem) {
    switch text {
    case "left": self = .leading
    case "right": self = .trailing
    case "center": self = .center
    default:
      throw Problem(
        .inputInvalid, Words("没有“\(text)”这种对齐", "there is no alignment '\(text)'"),
        hint: Words("可写 left、right、center", "write left, right or center"))
    }
  }
}
