internal import Core
internal import Governance
internal import SQLiteStorage

/// The composition root: the only place that names a driver.
enum Open {
  static func host(_ opening: Opening) throws -> Host {
    let host = try Host.open(opening, drivers: drivers)
    for warning in host.warnings { StandardError.warn(warning) }
    return host
  }

  static let drivers = Drivers(
    open: { path, isNew in try SQLiteDriver.open(path, creating: isNew) },
    inMemory: { try SQLiteDriver.inMemory() },
    restore: { backup, database, force in
      try SQLiteDriver.restore(from: backup, to: database, force: force)
    })
}
