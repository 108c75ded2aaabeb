internal import Foundation
internal import GRDB
internal import GRDBSQLite
internal import Governance
public import Storage

/// The embedded database, over GRDB.
///
/// One writer and several readers in WAL mode, every commit flushed to the disk
/// (`synchronous = FULL`). GRDB's synchronous calls run their closure on the
/// calling thread, which a script's deadline relies on; a test pins it.
public final class SQLiteDriver: Driver {
  public let dialect = Dialect.sqlite
  public let path: String?
  let database: any DatabaseWriter
  private let markFile: MarkFile?

  /// Opens a database file.
  ///
  /// - Parameters:
  ///   - creating: whether a file that is not there is made.
  ///   - patience: seconds to wait for another program's write.
  /// - Throws: `storage.unavailable`, `.not_database`, `.damaged`, `.read_only`, `.locked`.
  public static func open(
    _ path: String, creating: Bool = false, patience: Double = 5
  ) throws -> SQLiteDriver {
    try FileFacts.check(path, creating: creating)
    return try translating(path) {
      let pool = try DatabasePool(path: path, configuration: configuration(patience))
      // GRDB sets NORMAL when it opens WAL, which loses acknowledged commits at a power cut.
      // A large write spills less of itself into the log, and so writes less twice, with 16 MiB.
      try pool.writeWithoutTransaction {
        try $0.execute(sql: "PRAGMA synchronous = FULL; PRAGMA cache_size = -16384")
      }
      return SQLiteDriver(path: path, database: pool, markFile: MarkFile(database: path))
    }
  }

  /// A database that lives as long as this object.
  public static func inMemory() throws -> SQLiteDriver {
    let queue = try DatabaseQueue(configuration: configuration(5))
    return SQLiteDriver(path: nil, database: queue, markFile: nil)
  }

  private init(path: String?, database: any DatabaseWriter, markFile: MarkFile?) {
    self.path = path
    self.database = database
    self.markFile = markFile
  }

  static func configuration(_ patience: Double) -> Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(patience)
    configuration.maximumReaderCount = 4
    return configuration
  }

  public func read<Value>(_ body: (any Storage.Connection) throws -> Value) throws -> Value {
    try Self.translating(path) {
      try database.read { database in
        try SQLiteConnection.with(database, path: path, body)
      }
    }
  }

  public func write<Value>(
    checkingReferences: Bool, _ body: (any Storage.Connection) throws -> Value
  ) throws -> Value {
    try Self.translating(path) {
      try database.writeWithoutTransaction { database in
        if !checkingReferences { try database.execute(sql: "PRAGMA foreign_keys = OFF") }
        defer {
          if !checkingReferences { try? database.execute(sql: "PRAGMA foreign_keys = ON") }
        }
        var value: Value?
        try database.inTransaction(.immediate) {
          value = try SQLiteConnection.with(database, path: path, body)
          return .commit
        }
        return value!
      }
    }
  }

  public func mark() throws -> CommitMark? {
    try markFile?.read()
  }

  public func setMark(_ mark: CommitMark) throws {
    try markFile?.raise(to: mark)
  }
}
