internal import Governance

/// What people write who know another language or typed with a Chinese keyboard: found in a
/// source that is no Lua, named, with what to write instead.
struct LuaSlips {
  private let source: String

  /// The line at which Lua gave up.
  private let line: Int?

  /// What Lua said.
  private let message: String

  init(_ source: String, line: Int?, message: String = "") {
    self.source = source
    self.line = line
    self.message = message
  }

  /// The slip that most likely is the reason: message, line, hint.
  func find(file: String) -> Problem? {
    let slip = foreignWord
    // What stands in a comment of another language is the comment's.
    let isComment = slip.map { ["//", "/*", "#"].contains($0.written) } ?? false
    if !isComment, let problem = foreignCharacter(file) { return problem }
    if message.hasPrefix("unfinished string"), let problem = foreignQuote(file) { return problem }
    guard let slip else { return nil }
    return Problem(
      .scriptSyntax,
      Words("Lua 里没有“\(slip.written)”", "there is no '\(slip.written)' in Lua"),
      at: Place(file: file, line: slip.line), hint: slip.instead)
  }

  // MARK: Characters

  /// Any character beyond ASCII outside texts and comments is none of Lua.
  private func foreignCharacter(_ file: String) -> Problem? {
    let places = LuaTokens(source).foreign
    guard let first = places.first else { return nil }
    let typed = Self.replacement(of: first.character)
    let code = first.character.unicodeScalars.first?.value ?? 0
    let shown =
      first.character.isWhitespace || code < 0x20 || (0x200B...0x200F).contains(code)
      ? "U+" + String(code, radix: 16, uppercase: true).padded(to: 4, zero: true)
      : "「\(first.character)」"
    let count = places.count { Self.replacement(of: $0.character) != nil }
    let rest =
      count > 1
      ? Words("（这个文件里共 \(count) 处）", " (\(count) such places in the file)")
      : Words("", "")
    let sort = typed == nil ? Words("字符", "character") : Words("全角字符", "full-width character")
    return Problem(
      .scriptSyntax,
      Words(
        "第 \(first.column) 个字是\(sort.chinese) \(shown)，Lua 不认得\(rest.chinese)",
        "character \(first.column) is the \(sort.english) \(shown), which is no Lua\(rest.english)"),
      at: Place(file: file, line: first.line), hint: Self.hint(typed))
  }

  /// A text that began with an English quote and ends with a Chinese one.
  private func foreignQuote(_ file: String) -> Problem? {
    guard let line, line > 0 else { return nil }
    let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.indices.contains(line - 1),
      let place = lines[line - 1].firstIndex(where: { "“”‘’".contains($0) })
    else { return nil }
    let column = lines[line - 1].distance(from: lines[line - 1].startIndex, to: place) + 1
    let found = lines[line - 1][place]
    return Problem(
      .scriptSyntax,
      Words(
        "文字没有收尾的英文引号：第 \(column) 个字是全角的“\(found)”",
        "the text does not end: character \(column) is the full-width '\(found)'"),
      at: Place(file: file, line: line), hint: Self.hint(Self.replacement(of: found)))
  }

  private static func hint(_ typed: String?) -> Words {
    guard let typed else {
      return Words(
        "名称只能用英文字母、数字和下划线；文字要放在英文引号里：\"…\"",
        "names are letters, digits and underscores; texts stand in quotes: \"…\"")
    }
    if typed == " " { return Words("请改成普通的空格", "write an ordinary blank") }
    return Words("请改成英文的 \(typed)", "write \(typed)")
  }

  /// What to type for a character of a Chinese keyboard; nil for one that stands for nothing.
  static func replacement(of character: Character) -> String? {
    if let known = kin[character] { return known }
    guard let scalar = character.unicodeScalars.first, character.unicodeScalars.count == 1 else {
      return nil
    }
    // The full-width forms of ASCII stand in its order (Unicode, Halfwidth and Fullwidth Forms).
    if (0xFF01...0xFF5E).contains(scalar.value), let plain = Unicode.Scalar(scalar.value - 0xFEE0) {
      return String(Character(plain))
    }
    return character.isWhitespace || (0x200B...0x200F).contains(scalar.value)
      || scalar.value == 0xFEFF ? " " : nil
  }

  private static let kin: [Character: String] = [
    "“": "\"", "”": "\"", "„": "\"", "‟": "\"", "〝": "\"", "〞": "\"", "‘": "'", "’": "'", "′": "'",
    "″": "\"", "「": "\"", "」": "\"", "『": "\"", "』": "\"", "。": ".", "、": ",", "·": ".", "…": "...",
    "【": "[", "】": "]", "〔": "[", "〕": "]", "《": "<", "》": ">", "〈": "<", "〉": ">", "–": "-",
    "—": "-", "―": "-", "−": "-", "×": "*", "÷": "/", "≠": "~=", "≤": "<=", "≥": ">=", "≈": "==",
    "∕": "/", "∗": "*", "⁄": "/",
  ]

  // MARK: Words and signs

  private struct Slip {
    let written: String
    let line: Int
    let instead: Words
  }

  /// The first one on the line where Lua gave up, or just before it; `else if` anywhere.
  private var foreignWord: Slip? {
    let tokens = LuaTokens(source).tokens
    let found = tokens.indices.compactMap { slip(at: $0, in: tokens) }
    guard let line else { return found.first }
    return found.first { $0.line == line } ?? found.last { $0.line == line - 1 }
      ?? found.first { $0.written == "else if" }
  }

  private func slip(at index: Int, in tokens: [LuaTokens.Token]) -> Slip? {
    let token = tokens[index]
    func text(_ offset: Int) -> String? {
      tokens.indices.contains(index + offset) && tokens[index + offset].sort != .string
        ? tokens[index + offset].text : nil
    }
    func adjoins(_ offset: Int) -> Bool {
      tokens.indices.contains(index + offset)
        && tokens[index + offset].offset == token.offset + token.text.utf8.count
    }
    func slip(_ written: String, _ chinese: String, _ english: String) -> Slip {
      Slip(written: written, line: token.line, instead: Words(chinese, english))
    }
    let next = text(1)
    let isFirst = index == 0 || tokens[index - 1].line < token.line
    guard token.sort != .string else { return nil }
    switch (token.text, next) {
    case ("!", "="?) where adjoins(1), ("!", "=="?) where adjoins(1):
      return slip("!=", "不等于写 ~=", "write ~= for not equal")
    case ("!", _): return slip("!", "“非”写 not", "write not")
    case ("&", "&"?): return slip("&&", "“并且”写 and", "write and")
    case ("|", "|"?): return slip("||", "“或者”写 or", "write or")
    case ("==", "="?) where adjoins(1): return slip("===", "等于写 ==", "write == for equal")
    case ("=", ">"?) where adjoins(1):
      return slip(
        "=>", "表里写 名称 = 值；函数写 function(…) … end", "write name = value, or function(…) … end")
    case ("-", ">"?) where adjoins(1):
      return slip("->", "取字段写 .，调用方法写 :", "write . for a field, : for a method")
    case ("+", "="?), ("-", "="?), ("*", "="?), ("/", "="?), ("%", "="?), ("..", "="?):
      guard adjoins(1) else { return nil }
      let name = text(-1) ?? "x"
      return slip(
        "\(token.text)=", "写成 \(name) = \(name) \(token.text) …",
        "write \(name) = \(name) \(token.text) …")
    case ("+", "+"?) where adjoins(1):
      let name = text(-1) ?? "x"
      return slip("++", "写成 \(name) = \(name) + 1", "write \(name) = \(name) + 1")
    case ("//", _) where isFirst: return slip("//", "注释写 --", "comments begin with --")
    case ("/", "*"?) where adjoins(1):
      return slip("/*", "注释写 --，几行的写 --[[ … ]]", "comments are -- or --[[ … ]]")
    case ("#", _) where isFirst && token.line > 1:
      return slip("#", "注释写 --", "comments begin with --")
    case ("?", _):
      return slip("?", "“如果……就……否则……”写 条件 and 甲 or 乙", "write condition and this or that")
    case ("`", _): return slip("`", "文字用 \"…\"，连接用 ..", "texts stand in \"…\", joined by ..")
    case ("@", _), ("$", _):
      return slip(token.text, "请去掉，或放在引号里", "take it out, or put it in quotes")
    case ("else", "if"?) where tokens[index + 1].line == token.line:
      return slip("else if", "连写成 elseif（分开写要多一个 end）", "write elseif as one word, or add an end")
    case ("elif", _), ("elsif", _): return slip(token.text, "写成 elseif", "write elseif")
    case ("continue", _) where isFirst || text(-1) == "then":
      return slip(
        "continue", "用 if 把后面的包起来，或写 goto 续 … ::续:: 那样的标号（标号用英文）",
        "put the rest into an if, or write goto next … ::next::")
    case ("var", let name?), ("let", let name?), ("const", let name?):
      guard tokens[index + 1].sort == .name, isFirst else { return nil }
      return slip(token.text, "写成 local \(name) = …", "write local \(name) = …")
    case ("def", _?), ("func", _?), ("fn", _?):
      guard isFirst, tokens[index + 1].sort == .name else { return nil }
      return slip(token.text, "写成 local function 名称(…) … end", "write local function name(…) … end")
    case ("switch", "("?), ("case", _?), ("try", _?), ("catch", _?):
      guard isFirst else { return nil }
      return ["switch", "case"].contains(token.text)
        ? slip(
          token.text, "写成 if … then … elseif … then … end", "write if … then … elseif … then … end")
        : slip(token.text, "写成 pcall(function() … end)", "write pcall(function() … end)")
    case (_, ":"?)
    where token.sort == .name && ["{", ","].contains(text(-1) ?? "")
      && !["(", "{", nil].contains(text(3)):
      return slip(
        "\(token.text):", "表里写 \(token.text) = 值", "write \(token.text) = value in a table")
    case ("if", _), ("elseif", _), ("while", _): return assignment(after: index, in: tokens)
    default: return nil
    }
  }

  /// A sign that makes another one of the `=` behind it: `!=`, `+=`, `===`.
  private static func joins(_ token: LuaTokens.Token) -> Bool {
    token.sort == .symbol
      && ["!", "+", "-", "*", "/", "%", "..", "==", "<", ">", "="].contains(token.text)
  }

  /// `if a = b then`.
  private func assignment(after start: Int, in tokens: [LuaTokens.Token]) -> Slip? {
    var depth = 0
    for index in (start + 1)..<tokens.count where tokens[index].sort != .string {
      switch tokens[index].text {
      case "{", "(": depth += 1
      case "}", ")": depth -= 1
      case "then", "do", "function": return nil
      case "=" where depth == 0 && !Self.joins(tokens[index - 1]):
        return Slip(
          written: "=", line: tokens[index].line,
          instead: Words("在条件里，等于写 ==", "in a condition write == for equal"))
      default: break
      }
    }
    return nil
  }
}

extension String {
  fileprivate func padded(to count: Int, zero: Bool) -> String {
    String(repeating: "0", count: max(0, count - self.count)) + self
  }
}
