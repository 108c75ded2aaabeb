internal import Governance
internal import Yams

/// What the parser found, in words that somebody who never heard of YAML can act on.
extension Problem {
  static func notYAML(
    _ code: ErrorCode, _ file: String, _ text: String, _ error: YamlError
  ) -> Problem {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    switch error {
    case .scanner(let context, let detail, let mark, _),
      .parser(let context, let detail, let mark, _),
      .composer(let context, let detail, let mark, _):
      let slip = YAMLSlip(detail, at: mark, since: context?.mark, in: lines)
      return Problem(
        code, slip.words, at: Place(file: file, line: slip.line), hint: slip.hint)
    case .duplicatedKeysInMapping(let keys, let context):
      let names = keys.joined(separator: "、")
      let again = lines.indices.filter { index in
        keys.contains { lines[index].drop { $0 == " " }.hasPrefix($0 + ":") }
      }.dropFirst().first
      return Problem(
        code,
        Words("“\(names)”写了不止一次", "'\(keys.joined(separator: ", "))' is given more than once"),
        at: Place(file: file, line: again.map { $0 + 1 } ?? context.mark.line),
        hint: Words("只留一处", "keep one of them"))
    default:
      return Problem(
        code,
        Words("这个文件读不出来：里面有 YAML 不允许的字符", "this YAML cannot be read: \(error)"),
        at: Place(file: file))
    }
  }
}

/// One slip of the pen: where it is, what it is, what to type instead.
private struct YAMLSlip {
  let line: Int
  let words: Words
  let hint: Words

  /// - Parameters:
  ///   - mark: where the parser stopped.
  ///   - start: where what it was reading began.
  init(_ detail: String, at mark: Mark, since start: Mark?, in lines: [Substring]) {
    // The parser notices a missing colon or quote one or more lines too late.
    let isLate = detail.contains("expected ':'") || detail.contains("end of stream")
    let first = isLate ? start?.line ?? mark.line : mark.line
    if let found = FullWidthSign.first(in: lines, from: max(1, first - 1), to: mark.line) {
      self = found
      return
    }
    line = min(first, max(lines.count, 1))
    let text = line <= lines.count ? lines[line - 1] : ""
    (words, hint) =
      Self.unspacedColon(text) ?? Self.tab(text)
      ?? Self.known.first { detail.contains($0.detail) }.map { ($0.words, $0.hint) }
      ?? (
        Words("YAML 格式不对", "this is not YAML: \(detail)"),
        Words(
          "请检查缩进（只用空格）、冒号后的空格和引号",
          "check the indentation (spaces only), the space after colons, and quotes")
      )
  }

  fileprivate init(line: Int, words: Words, hint: Words) {
    self.line = line
    self.words = words
    self.hint = hint
  }

  /// `title:测试`.
  private static func unspacedColon(_ line: Substring) -> (Words, Words)? {
    let rest = line.drop { $0 == " " || $0 == "-" }
    let key = rest.prefix { $0.isLetter || $0.isNumber || "._-".contains($0) }
    guard !key.isEmpty, rest.dropFirst(key.count).first == ":",
      let next = rest.dropFirst(key.count + 1).first, !next.isWhitespace
    else { return nil }
    let value = String(rest.dropFirst(key.count + 1)).truncated(to: 40)
    return (
      Words("“\(key):”后面少一个空格", "a space is missing after '\(key):'"),
      Words("写成“\(key): \(value)”", "write '\(key): \(value)'")
    )
  }

  private static func tab(_ line: Substring) -> (Words, Words)? {
    guard line.prefix(while: \.isWhitespace).contains("\t") else { return nil }
    return (
      Words("缩进里有制表符（Tab）", "the indentation holds a tab"),
      Words("YAML 的缩进只用空格，请把 Tab 换成空格", "indent with spaces only")
    )
  }

  private static let known: [(detail: String, words: Words, hint: Words)] = [
    (
      "expected ':'", Words("这一行缺少冒号", "this line has no colon"),
      Words("写成“键: 值”，冒号是半角的，后面有空格", "write 'key: value'")
    ),
    (
      "mapping values are not allowed",
      Words("这里不能再写“键: 值”", "a key and a value cannot stand here"),
      Words(
        "请看这一行的缩进是否多了，上一行是否已经有值；文字里有冒号就加引号",
        "check the indentation and the line above; quote a text that holds a colon")
    ),
    (
      "expected key", Words("这一行的缩进与上面各行对不齐", "this line is not aligned with those above"),
      Words("同一层的键从同一列开始，缩进只用空格", "keys of one level begin in one column")
    ),
    (
      "expected '-'", Words("清单到这里断了：缩进不齐，或少了“- ”", "the list breaks off here"),
      Words("清单的每一项以“- ”开头，从同一列开始", "each item begins with '- ', in one column")
    ),
    (
      "',' or ']'", Words("方括号没有写完", "the brackets are not closed"),
      Words("各项之间写半角“,”，最后写“]”", "put ',' between items and ']' at the end")
    ),
    (
      "',' or '}'", Words("花括号没有写完", "the braces are not closed"),
      Words("各项之间写半角“,”，最后写“}”", "put ',' between items and '}' at the end")
    ),

    (
      "node content", Words("这里的值没有写完", "the value is not finished"),
      Words("补上值，或把括号写完", "write the value, or close the bracket")
    ),
    (
      "end of stream", Words("引号没有写完", "a quote is not closed"),
      Words("补上结尾的引号", "close the quote")
    ),
    (
      "unknown escape", Words("双引号里不能这样写“\\”", "a backslash cannot be written so"),
      Words("写成“\\\\”，或改用单引号", "write it twice, or use single quotes")
    ),
    (
      "cannot start any token", Words("值不能以这个符号开头", "a value cannot begin with this sign"),
      Words("给整个值加上引号", "quote the value")
    ),
    (
      "block sequence entries", Words("这里不能写“- ”", "a list item cannot stand here"),
      Words("清单要另起一行，写在键的下面", "begin the list on the line after its key")
    ),
  ]
}

/// Punctuation that an input method types and YAML takes for text.
private enum FullWidthSign {
  private static let signs: [Character: (name: String, english: String, right: String)] = [
    "：": ("全角冒号", "full-width colon", ": "), "，": ("全角逗号", "full-width comma", ", "),
    "、": ("顿号", "enumeration comma", ", "), "［": ("全角方括号", "full-width bracket", "["),
    "］": ("全角方括号", "full-width bracket", "]"), "【": ("方头括号", "lenticular bracket", "["),
    "】": ("方头括号", "lenticular bracket", "]"), "｛": ("全角花括号", "full-width brace", "{"),
    "｝": ("全角花括号", "full-width brace", "}"), "“": ("中文引号", "curly quote", "\""),
    "”": ("中文引号", "curly quote", "\""), "－": ("全角短横", "full-width hyphen", "- "),
    "＃": ("全角井号", "full-width number sign", "#"), "　": ("全角空格", "ideographic space", " "),
  ]

  /// The first that stands where structure is: nothing within quotes or after `: ` of a line that
  /// has its colon counts, unless a bracket is open.
  static func first(in lines: [Substring], from start: Int, to end: Int) -> YAMLSlip? {
    for number in start...max(start, end) where number <= lines.count {
      let line = lines[number - 1]
      guard let column = column(in: line), let sign = signs[column.sign] else { continue }
      return YAMLSlip(
        line: number,
        words: Words(
          "第 \(number) 行第 \(column.number) 个字是\(sign.name)“\(column.sign)”，YAML 不认得",
          "line \(number), character \(column.number) is a \(sign.english) '\(column.sign)'"),
        hint: Words(
          "改成半角“\(sign.right)”" + (sign.right.hasSuffix(" ") ? "（后面有一个空格）" : ""),
          "type '\(sign.right)'"))
    }
    return nil
  }

  private static func column(in line: Substring) -> (number: Int, sign: Character)? {
    let hasColon = line.contains(": ") || line.hasSuffix(":")
    let isFlow = line.contains("[") || line.contains("{")
    var quote: Character?
    for (offset, character) in line.enumerated() {
      if character == "#", quote == nil { return nil }
      if let open = quote {
        if character == open { quote = nil }
        continue
      }
      if character == "\"" || character == "'" { quote = character }
      guard signs[character] != nil else { continue }
      if !hasColon || isFlow || character == "　" { return (offset + 1, character) }
    }
    return nil
  }
}

extension YAMLValue {
  /// Where a map was expected and a line of text came: the colon that makes the difference.
  var fullWidthColonHint: Words? {
    guard case .scalar(let text, isPlain: true) = content, text.contains("：") else { return nil }
    return Words("把全角冒号“：”改成半角“: ”（后面有一个空格）", "type ': ' for '：'")
  }
}
