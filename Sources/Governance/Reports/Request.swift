/// A name and a value as a person typed them: `name=value`.
public struct Assignment: Hashable, Sendable {
  public let name: String
  public let value: String

  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }

  /// Splits at the first `=`; nil when there is none or nothing stands before it.
  public init?(_ text: String) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty else { return nil }
    self.init(name: String(parts[0]), value: String(parts[1]))
  }
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
