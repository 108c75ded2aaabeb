internal import Governance

/// The fields that a chain of calls on `gongyue.cases` names outright.
///
///     gongyue.cases:where { place = "x" }:order "due":first().place
///
/// Each must be a field of the kind, granted by the manifest, and not compared where it is
/// always masked. Names that are put together from parts, and chains kept in a variable, are
/// checked when they run.
struct QueryScan {
  let tokens: [LuaTokens.Token]
  let kind: Kind
  let kinds: [Kind]
  let capabilities: Capabilities

  /// A field that the source names: its place, whose it is and what for.
  private struct Named {
    let token: LuaTokens.Token
    let kind: Kind
    let use: Capabilities.Use
  }

  /// What is wrong with the chain that goes on at a token, each with its line.
  func problems(from start: Int) -> [(problem: Problem, line: Int)] {
    fields(from: start).compactMap { named in problem(with: named).map { ($0, named.token.line) } }
  }

  private func problem(with named: Named) -> Problem? {
    guard let field = named.kind.anyField(named.token.text) else {
      return .noSuchField(named.token.text, named.kind)
    }
    do {
      try capabilities.foresee(field, of: named.kind, for: named.use)
      return nil
    } catch { return error }
  }

  private func fields(from start: Int) -> [Named] {
    var found: [Named] = []
    var index = start
    while symbol(at: index) == ":", let method = name(at: index + 1) {
      let end = endOfArguments(from: index + 2)
      guard end > index + 2 else { return found }
      found += fields(of: method.text, in: (index + 2)..<end)
      index = end
      if method.text == "first" {
        if symbol(at: index) == ".", let field = name(at: index + 1) {
          found.append(Named(token: field, kind: kind, use: .showing))
        }
        return found
      }
    }
    return found
  }

  private func fields(of method: String, in range: Range<Int>) -> [Named] {
    func own(_ tokens: some Sequence<LuaTokens.Token>, _ use: Capabilities.Use) -> [Named] {
      tokens.map { Named(token: $0, kind: kind, use: use) }
    }
    switch method {
    case "where", "except":
      return keys(in: range).map { index in
        Named(
          token: tokens[index], kind: kind,
          use: asksPresence(at: index + 2) ? .presence : .comparing)
      }
    case "order", "sum", "avg", "min", "max": return own(texts(in: range).prefix(1), .comparing)
    case "group": return own(texts(in: range), .comparing)
    case "columns": return own(texts(in: range), .showing)
    case "having", "lacking": return pairs(in: range)
    default: return []
    }
  }

  /// `gongyue.missing`, also within `gongyue.isnt(…)`.
  private func asksPresence(at index: Int) -> Bool {
    guard tokens.indices.contains(index + 2), tokens[index].text == "gongyue" else { return false }
    let member = tokens[index + 2].text
    if member == "isnt" { return asksPresence(at: index + (symbol(at: index + 3) == "(" ? 4 : 3)) }
    return member == "missing"
  }

  /// `(gongyue.cases…, { name = "place", "unit" })`: the fields of both sides; those of the other
  /// query where it is named outright.
  private func pairs(in range: Range<Int>) -> [Named] {
    guard let table = lastTable(in: range) else { return [] }
    let inner =
      tokens[range.lowerBound + 1].text == "gongyue" && symbol(at: range.lowerBound + 2) == "."
      ? kinds.first { $0.collection == name(at: range.lowerBound + 3)?.text } : nil
    return table.flatMap { index -> [Named] in
      let isKey = name(at: index) != nil && symbol(at: index + 1) == "="
      let isText = tokens[index].sort == .string
      let isAlone = isText && symbol(at: index - 1) != "="
      let own = isKey || isAlone ? Named(token: tokens[index], kind: kind, use: .comparing) : nil
      let other =
        isText ? inner.map { Named(token: tokens[index], kind: $0, use: .comparing) } : nil
      return [own, other].compactMap(\.self)
    }
  }

  /// The table that ends the arguments.
  private func lastTable(in range: Range<Int>) -> Range<Int>? {
    let end = range.upperBound - 2
    guard symbol(at: range.lowerBound) == "(", symbol(at: end) == "}" else { return nil }
    let start = range.last { $0 < end && symbol(at: $0) == "{" }
    return start.map { ($0 + 1)..<end }
  }

  /// `{ kind = …, due = … }`: the keys of the outermost table.
  private func keys(in range: Range<Int>) -> [Int] {
    var depth = 0
    return range.filter { index in
      let opening = symbol(at: index).map { ["{", "(", "["].contains($0) } ?? false
      let closing = symbol(at: index).map { ["}", ")", "]"].contains($0) } ?? false
      if symbol(at: index) != "(" || depth > 0 { depth += opening ? 1 : closing ? -1 : 0 }
      return depth == 1 && name(at: index) != nil && symbol(at: index + 1) == "="
        && ["{", ",", ";"].contains(symbol(at: index - 1) ?? "")
    }
  }

  /// Texts that stand alone as arguments.
  private func texts(in range: Range<Int>) -> [LuaTokens.Token] {
    range.filter { index in
      tokens[index].sort == .string
        && (index == range.lowerBound || ["(", ","].contains(symbol(at: index - 1) ?? ""))
        && symbol(at: index + 1) != ".."
    }.map { tokens[$0] }
  }

  /// Behind `"text"`, `{ … }` or `( … )`; the start itself where none of them stands.
  private func endOfArguments(from start: Int) -> Int {
    guard start < tokens.count else { return start }
    if tokens[start].sort == .string { return start + 1 }
    guard let first = symbol(at: start), ["(", "{"].contains(first) else { return start }
    var depth = 0
    for index in start..<tokens.count {
      switch symbol(at: index) {
      case "(", "{", "[": depth += 1
      case ")", "}", "]":
        depth -= 1
        if depth == 0 { return index + 1 }
      default: break
      }
    }
    return start
  }

  private func symbol(at index: Int) -> String? {
    guard tokens.indices.contains(index), tokens[index].sort == .symbol else { return nil }
    return tokens[index].text
  }

  private func name(at index: Int) -> LuaTokens.Token? {
    guard tokens.indices.contains(index), tokens[index].sort == .name else { return nil }
    return tokens[index]
  }
}
