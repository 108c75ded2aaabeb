/// A name and a value as a person typed them: `name=value`.
public struct Assignment: Hashable, Sendable {
  public let name: String
  public let value: String

  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }

  /// Splits at the first `=` of either width; nil when there is none or nothing stands before it.
  public init?(_ text: String) {
    let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) { "=＝".contains($0) }
    guard parts.count == 2, !parts[0].isEmpty else { return nil }
    self.init(name: String(parts[0]), value: String(parts[1]))
  }
}

/// A condition as a person typed it: `状态=已办结`, `报告时间>=2026年4月`.
public struct Filter: Hashable, Sendable {
  public let name: String
  public let comparison: Comparison
  public let value: String

  public init(_ name: String, _ comparison: Comparison, _ value: String) {
    self.name = name
    self.comparison = comparison
    self.value = value
  }

  /// Splits at the first comparison; nil when there is none or nothing stands before it.
  public init?(_ text: String) {
    guard let first = text.firstIndex(where: { "=<>≤≥≠!".contains($0.halfWidth) }) else {
      return nil
    }
    let name = String(text[..<first]).trimmedBlank
    for length in [2, 1] {
      let sign = String(text[first...].prefix(length)).halfWidth
      guard !name.isEmpty, let comparison = Self.signs[sign] else { continue }
      self.init(name, comparison, String(text[first...].dropFirst(length)).trimmedBlank)
      return
    }
    return nil
  }

  private static let signs: [String: Comparison] = [
    "=": .equal, "!=": .notEqual, "<>": .notEqual, "≠": .notEqual, "<": .less, "<=": .atMost,
    "≤": .atMost, ">": .greater, ">=": .atLeast, "≥": .atLeast,
  ]
}

extension Character {
  fileprivate var halfWidth: Character { String(self).halfWidth.first ?? self }
}

/// How far something that takes long has come.
public struct Progress: Hashable, Sendable {
  public let doing: Words
  public let done: Int

  /// How many there are in all; at least 1.
  public let total: Int

  public init(_ doing: Words, done: Int, total: Int) {
    self.doing = doing
    self.done = done
    self.total = max(1, total)
  }
}
