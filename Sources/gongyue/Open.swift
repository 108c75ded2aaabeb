internal import Core
internal import Governance
internal import SQLiteStorage
internal import Storage

/// The composition root: the only place that names a driver.
enum Open {
  static func host(_ opening: Opening) throws -> Host {
    try Host.open(opening, driver: driver)
  }

  /// A driver for the database in a file.
  static let driver: @Sendable (String) throws -> any Driver = { try SQLiteDriver(path: $0) }
}
