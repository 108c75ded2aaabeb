internal import Governance

/// Names that a file uses and nobody defines: Lua takes them for nil without a word.
///
/// It looks at words, not at blocks: a name that is defined anywhere in its file counts as defined.
struct NameScan {
  private let tokens: [LuaTokens.Token]

  /// Locals, parameters, loop variables of the file.
  private(set) var locals: Set<String> = []

  /// Globals that it assigns.
  private(set) var globals: Set<String> = []

  /// Where other names are used, in order.
  private var uses: [LuaTokens.Token] = []

  init(_ tokens: [LuaTokens.Token]) {
    self.tokens = tokens
    var open: [String] = []
    for index in tokens.indices where tokens[index].sort != .string {
      let token = tokens[index]
      switch token.text {
      case "{", "(", "[": open.append(token.text)
      case "}", ")", "]": _ = open.popLast()
      case "local": declare(from: index + 1)
      case "for": declare(from: index + 1)
      case "function": declareFunction(at: index)
      default:
        guard token.sort == .name, !ScriptAPI.luaKeywords.contains(token.text) else { continue }
        read(index, inTable: open.last == "{")
      }
    }
  }

  /// The first use of each name that neither the file nor `known` defines.
  func undefined(_ known: Set<String>) -> [LuaTokens.Token] {
    var told = locals.union(globals).union(known)
    return uses.filter { told.insert($0.text).inserted }
  }

  private func symbol(_ index: Int) -> String {
    tokens.indices.contains(index) && tokens[index].sort != .string ? tokens[index].text : ""
  }

  private mutating func read(_ index: Int, inTable: Bool) {
    let (before, after) = (symbol(index - 1), symbol(index + 1))
    // A field, a method, a label, an attribute such as <const>.
    if [".", ":", "::", "goto"].contains(before) || (before == "<" && after == ">") { return }
    if after == "=" {
      if inTable, ["{", ",", ";"].contains(before) { return }
      globals.insert(tokens[index].text)
      return
    }
    uses.append(tokens[index])
  }

  /// `a, b <const>`, up to what is no name.
  private mutating func declare(from start: Int) {
    var index = start
    while tokens.indices.contains(index), tokens[index].sort == .name,
      !ScriptAPI.luaKeywords.contains(tokens[index].text)
    {
      locals.insert(tokens[index].text)
      index += 1
      if symbol(index) == "<" { index += 3 }
      guard symbol(index) == "," else { return }
      index += 1
    }
  }

  /// `function name(a, b)`, `local function name(a)`, `function(a, ...)`.
  private mutating func declareFunction(at start: Int) {
    var index = start + 1
    if tokens.indices.contains(index), tokens[index].sort == .name {
      if symbol(start - 1) == "local" {
        locals.insert(tokens[index].text)
      } else if symbol(index + 1) == "(" {
        globals.insert(tokens[index].text)
      }
    }
    while tokens.indices.contains(index), symbol(index) != "(" { index += 1 }
    declare(from: index + 1)
  }
}

extension SourceScan {
  /// Names of packages that no file of theirs defines.
  static func undefinedNames(in files: PackageFiles) -> [Problem] {
    let scans = files.paths.filter { $0.hasSuffix(".lua") }.map { path in
      (path: path, scan: NameScan(LuaTokens(files.texts[path] ?? "").tokens))
    }
    let known = Set(LuaWords.globals).subtracting(["gongyue", "arguments"])
      .union(scans.flatMap(\.scan.globals))
    return scans.flatMap { path, scan in
      scan.undefined(known).map { token in
        .undefinedName(
          token.text, known.union(scan.locals), files.place(path, line: token.line))
      }
    }
  }
}

extension Problem {
  fileprivate static func undefinedName(
    _ name: String, _ known: Set<String>, _ place: Place
  ) -> Problem {
    Problem(
      .pluginInvalid,
      Words("“\(name)”没有定义，Lua 会当它是 nil", "'\(name)' is not defined: Lua takes it for nil"),
      at: place,
      hint: LuaWords.hint(forGlobal: name, among: known.sorted())
        ?? Words("先写 local \(name) = …", "write local \(name) = … first"))
  }
}

extension SourceScan {
  /// Indexes that do not mean what they seem to: a decimal, which finds nothing, and 0, where
  /// no list begins.
  static func doubtfulIndexes(
    _ tokens: [LuaTokens.Token], isDecimal: ([LuaTokens.Token]) -> Bool
  ) -> [(message: Words, hint: Words, line: Int)] {
    tokens.indices.compactMap { index in
      guard tokens[index].sort == .symbol, tokens[index].text == "[" else { return nil }
      let inner = Array(inside(tokens, from: index))
      if inner.count == 1, inner[0].sort == .number, inner[0].text == "0", isIndex(tokens, index) {
        return (
          Words("列表从 1 数起，没有第 0 项", "lists begin at 1, there is no item 0"),
          Words("第一项写 [1]", "the first item is [1]"), tokens[index].line
        )
      }
      let names = Set(inner.filter { $0.sort != .symbol }.map(\.text))
      // One word alone may be anything.
      guard inner.count > 2, isDecimal(inner),
        names.isDisjoint(with: ["tostring", "count", "places"])
      else {
        return nil
      }
      return (
        Words(
          "十进制数做表的键：相等的两个数是两个键，谁也找不到谁的值",
          "a decimal as a key: equal ones are different keys, and neither finds the other's value"),
        Words("请写 [tostring(数)]", "write [tostring(number)]"), tokens[index].line
      )
    }
  }

  private static func inside(
    _ tokens: [LuaTokens.Token], from start: Int
  ) -> ArraySlice<LuaTokens.Token> {
    var depth = 0
    for index in start..<tokens.count where tokens[index].sort == .symbol {
      if tokens[index].text == "[" { depth += 1 }
      if tokens[index].text == "]" { depth -= 1 }
      if depth == 0 { return tokens[(start + 1)..<index] }
    }
    return []
  }

  /// Behind a value, where a table constructor's key does not stand.
  private static func isIndex(_ tokens: [LuaTokens.Token], _ index: Int) -> Bool {
    guard index > 0 else { return false }
    let before = tokens[index - 1]
    return before.sort == .name && !ScriptAPI.luaKeywords.contains(before.text)
      || [")", "]"].contains(before.text) && before.sort == .symbol
  }
}
