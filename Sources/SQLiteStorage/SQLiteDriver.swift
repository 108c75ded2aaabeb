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

  /// Why nothing can be written; nil where it can.
  let obstacle: Problem?

  /// What the file looked like, where nothing keeps others from writing while it is read.
  private let unguarded: FileFacts.Look?

  /// Opens a database file; where it can only be read, for reading.
  ///
  /// - Parameters:
  ///   - creating: whether a file that is not there is made.
  ///   - patience: seconds to wait for another program's write.
  /// - Throws: `storage.unavailable`, `.not_database`, `.damaged`, `.locked`; `.read_only`
  ///   where it cannot even be read without writing.
  public static func open(
    _ named: String, creating: Bool = false, patience: Double = 5
  ) throws -> SQLiteDriver {
    let path = try OutputFile.followed(named)
    guard try FileFacts.check(path, creating: creating) else {
      return try forReading(path, patience, because: .databaseReadOnly(at: path))
    }
    do {
      return try translating(path) { try forWriting(path, patience) }
    } catch let problem as Problem where problem.isDiskFull && !creating {
      return try forReading(path, patience, because: problem)
    }
  }

  private static func forWriting(_ path: String, _ patience: Double) throws -> SQLiteDriver {
    let pool = try DatabasePool(path: path, configuration: configuration(patience))
    // GRDB sets NORMAL when it opens WAL, which loses acknowledged commits at a power cut.
    // A large write spills less of itself into the log, and so writes less twice, with 16 MiB.
    try pool.writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA synchronous = FULL; PRAGMA cache_size = -16384")
    }
    return SQLiteDriver(path: path, database: pool, markFile: MarkFile(database: path))
  }

  /// A database that lives as long as this object.
  public static func inMemory() throws -> SQLiteDriver {
    let queue = try DatabaseQueue(configuration: configuration(5))
    return SQLiteDriver(path: nil, database: queue, markFile: nil)
  }

  init(
    path: String?, database: any DatabaseWriter, markFile: MarkFile?, obstacle: Problem? = nil,
    unguarded: FileFacts.Look? = nil
  ) {
    self.path = path
    self.database = database
    self.markFile = markFile
    self.obstacle = obstacle
    self.unguarded = unguarded
  }

  static func configuration(_ patience: Double) -> Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(patience)
    configuration.maximumReaderCount = 4
    return configuration
  }

  public func read<Value>(_ body: (any Storage.Connection) throws -> Value) throws -> Value {
    let result = Result {
      try Self.translating(path) {
        try database.read { database in
          try SQLiteConnection.with(database, path: path, body)
        }
      }
    }
    // Whatever came of it: it may have been read while it changed.
    if let path, let unguarded, FileFacts.Look(path) != unguarded {
      throw Problem.changedWhileRead(at: path)
    }
    return try result.get()
  }

  public func write<Value>(
    checkingReferences: Bool, locking: Locking, _ body: (any Storage.Connection) throws -> Value
  ) throws -> Value {
    if let reason = locking == .atOnce ? obstacle ?? condemnation : nil { throw reason }
    do {
      return try Self.translating(path) {
        try database.writeWithoutTransaction { database in
          if !checkingReferences { try database.execute(sql: "PRAGMA foreign_keys = OFF") }
          defer {
            if !checkingReferences { try? database.execute(sql: "PRAGMA foreign_keys = ON") }
          }
          var value: Value?
          try database.inTransaction(locking == .atOnce ? .immediate : .deferred) {
            value = try SQLiteConnection.with(database, path: path, locking: locking, body)
            return .commit
          }
          return value!
        }
      }
    } catch let problem as Problem where problem.code == .storageReadOnly {
      throw obstacle ?? problem
    }
  }

  public func mark() throws -> CommitMark? {
    try markFile?.read()
  }

  public func setMark(_ mark: CommitMark) throws {
    // Called before each commit, whenever the lock was taken.
    if !mark.isConfirmed, let condemnation { throw condemnation }
    try markFile?.raise(to: mark)
  }

  public func settle() throws {
    guard path != nil, obstacle == nil else { return }
    try Self.translating(path) {
      try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(PASSIVE)") }
    }
  }
}
