internal import Governance

/// The fields that a chain of calls on `gongyue.cases` names outright.
///
///     gongyue.cases:where { place = "x" }:order "due":first().place
///
/// Each must be a field of the kind and granted by the manifest. Names that are put together
/// from parts, and chains kept in a variable, are checked when they run.
struct QueryScan {
  let tokens: [LuaTokens.Token]
  let kind: Kind
  let capabilities: Capabilities

  /// What is wrong with the chain that goes on at a token, each with its line.
  func problems(from start: Int) -> [(problem: Problem, line: Int)] {
    fields(from: start).compactMap { token in problem(with: token.text).map { ($0, token.line) } }
  }

  private func problem(with name: String) -> Problem? {
    guard let field = kind.anyField(name) else { return .noSuchField(name, kind) }
    do {
      _ = try capabilities.read(field, of: kind, for: .counting)
      return nil
    } catch { return error }
  }

  private func fields(from start: Int) -> [LuaTokens.Token] {
    var found: [LuaTokens.Token] = []
    var index = start
    while symbol(at: index) == ":", let method = name(at: index + 1) {
      let end = endOfArguments(from: index + 2)
      guard end > index + 2 else { return found }
      found += fields(of: method.text, in: (index + 2)..<end)
      index = end
      if method.text == "first" {
        if symbol(at: index) == ".", let field = name(at: index + 1) { found.append(field) }
        return found
      }
    }
    return found
  }

  private func fields(of method: String, in range: Range<Int>) -> [LuaTokens.Token] {
    switch method {
    case "where", "except": return keys(in: range)
    case "order", "sum", "avg", "min", "max": return Array(texts(in: range).prefix(1))
    case "columns", "group": return texts(in: range)
    default: return []
    }
  }

  /// `{ kind = …, due = … }`: the keys of the outermost table.
  private func keys(in range: Range<Int>) -> [LuaTokens.Token] {
    var depth = 0
    return range.filter { index in
      let opening = symbol(at: index).map { ["{", "(", "["].contains($0) } ?? false
      let closing = symbol(at: index).map { ["}", ")", "]"].contains($0) } ?? false
      if symbol(at: index) != "(" || depth > 0 { depth += opening ? 1 : closing ? -1 : 0 }
      return depth == 1 && name(at: index) != nil && symbol(at: index + 1) == "="
        && ["{", ",", ";"].contains(symbol(at: index - 1) ?? "")
    }.map { tokens[$0] }
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
