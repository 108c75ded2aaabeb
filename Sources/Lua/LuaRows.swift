public import CLuaShim

/// One column of rows that a script reads.
public struct LuaColumn: Hashable, Sendable {
  /// What a stored value becomes.
  public enum Conversion: Hashable, Sendable {
    case plain
    case boolean
    case decimal(places: Int)
  }

  public let name: String
  public let conversion: Conversion

  /// The column of the same rows that holds this one's value state as text.
  public let state: Int?

  public init(_ name: String, _ conversion: Conversion = .plain, state: Int? = nil) {
    self.name = name
    self.conversion = conversion
    self.state = state
  }
}

/// Rows on their way to a script, straight from a driver's columns.
///
/// The interpreter owns the source from the moment it is returned: it finalizes
/// it exactly once, at the last row, at a stop, or with the interpreter.
public struct LuaRows: LuaWritable {
  /// How a script gets them.
  public enum Mode: Hashable, Sendable {
    /// An iterator for `for row in … do`; a row that has passed raises an error.
    case each

    /// A table of tables; at most so many.
    case list(most: Int?)

    /// The first row as a table, or nil.
    case first
  }

  public static var luaResult: String { "rows" }
  let source: RowSource
  let columns: [LuaColumn]
  let mode: Mode
  let unknown: ((String) throws -> LuaValue)?
  let closed: (() -> Void)?

  /// - Parameters:
  ///   - columns: the columns 0, 1, … of the source that scripts may name.
  ///   - unknown: what a name that is no column gives; without it an error.
  ///   - closed: called once, after the source was finalized.
  public init(
    _ source: RowSource, columns: [LuaColumn], mode: Mode = .each,
    unknown: ((String) throws -> LuaValue)? = nil, closed: (() -> Void)? = nil
  ) {
    self.source = source
    self.columns = columns
    self.mode = mode
    self.unknown = unknown
    self.closed = closed
  }

  public func write(to results: borrowing Results) throws -> Int {
    results.core.emit(self)
    return 1
  }
}
