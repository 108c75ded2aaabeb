internal import Core
internal import Governance
internal import SQLiteStorage
internal import Storage

/// The composition root: the only place that names a driver.
enum Open {
  static func host(_ opening: Opening) throws -> Host {
    try Host.open(opening, driver: driver)
  }

  /// Opens the database in a file, or makes it.
  static let driver: @Sendable (String, Bool) throws -> any Driver = { path, isNew in
    try SQLiteDriver.open(path, creating: isNew)
  }
}
