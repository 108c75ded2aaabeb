/// What one interpreter may use, from its making to its end; nil is no limit.
public struct Limits: Hashable, Sendable {
  /// Seconds since the interpreter was made, host work included.
  public var time: Double?

  /// Bytes held at once, in Lua and by the host on behalf of the script.
  public var memory: Int?

  /// Bytes printed.
  public var output: Int?

  /// Lua instructions, counted exactly. Makes a script a few times slower: for tests.
  public var instructions: Int?

  public init(
    time: Double? = nil, memory: Int? = nil, output: Int? = nil, instructions: Int? = nil
  ) {
    self.time = time
    self.memory = memory
    self.output = output
    self.instructions = instructions
  }

  public static let none = Limits()

  /// Bytes of the longest text that a script may make, whatever its memory (`MAX_TEXT`).
  public static let longestText = 4 << 20
}

/// What can run out.
public enum Budget: String, Hashable, Sendable, CaseIterable {
  case time
  case memory
  case output
  case instructions
  case depth
}

/// What an interpreter has used so far.
public struct Usage: Hashable, Sendable {
  /// Bytes held now and at most.
  public let memory: Int
  public let peakMemory: Int
  public let output: Int

  /// Counted only when limited.
  public let instructions: Int
  public let seconds: Double
}
