public import Storage

/// How databases are reached; handed in by the program, so that no driver is named here.
public struct Drivers: Sendable {
  /// Opens the database in a file; `creating` makes a new one.
  public let open: @Sendable (_ path: String, _ creating: Bool) throws -> any Driver

  /// An empty database in memory, for tests of plugins and for replays.
  public let inMemory: @Sendable () throws -> any Driver

  /// Puts a backup in a database's place; gives back where the old one is kept.
  public let restore: @Sendable (_ from: String, _ to: String, _ force: Bool) throws -> String?

  public init(
    open: @escaping @Sendable (String, Bool) throws -> any Driver,
    inMemory: @escaping @Sendable () throws -> any Driver,
    restore: @escaping @Sendable (String, String, Bool) throws -> String?
  ) {
    self.open = open
    self.inMemory = inMemory
    self.restore = restore
  }
}
