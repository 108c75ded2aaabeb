internal import GRDB
internal import GRDBSQLite
internal import Governance
internal import Storage

/// A transaction on one connection of SQLite.
///
/// Statements are prepared once and used again while the transaction lasts; a
/// statement in use is never handed out twice, so loops may nest.
final class SQLiteConnection: Storage.Connection {
  let dialect = Dialect.sqlite
  private let database: Database
  private let handle: OpaquePointer
  private let path: String?
  private var idle: [String: [Statement]] = [:]
  private var cursors: [SQLiteCursor] = []
  private var wasInterrupted = false
  private let locking: Locking
  private var wasOvertaken = false

  /// What SQLite said of the file's damage, however it was met.
  private var damage: String?

  private init(
    _ database: Database, _ handle: OpaquePointer, path: String?, _ locking: Locking
  ) {
    self.database = database
    self.handle = handle
    self.path = path
    self.locking = locking
  }

  /// Runs `body` and ends every statement it left open.
  ///
  /// - Throws: what `body` throws; `Interrupted` when a statement was stopped and
  ///   `Overtaken` when another wrote first, or that the file is damaged, even if `body`
  ///   swallowed it: what was written before must not be committed.
  static func with<Value>(
    _ database: Database, path: String?, locking: Locking = .atOnce,
    _ body: (any Storage.Connection) throws -> Value
  ) throws -> Value {
    guard let handle = database.sqliteConnection else { throw Interrupted() }
    let connection = SQLiteConnection(database, handle, path: path, locking)
    let result = Result { try body(connection) }
    connection.finish()
    if connection.wasOvertaken { throw Overtaken() }
    if let damage = connection.damage {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: damage)
    }
    if connection.wasInterrupted {
      if case .failure(let error) = result { throw error }
      throw Interrupted()
    }
    return try result.get()
  }

  private func finish() {
    for cursor in cursors { end(cursor) }
    cursors = []
    idle = [:]
  }

  private func end(_ cursor: SQLiteCursor) {
    switch cursor.end() {
    case SQLITE_INTERRUPT: wasInterrupted = true
    case SQLITE_CORRUPT: damage = String(cString: sqlite3_errstr(SQLITE_CORRUPT))
    default: break
    }
  }

  var lastInsertedID: Int64 { sqlite3_last_insert_rowid(handle) }

  var interruption: Interruption {
    Interruption(function: { sqlite3_interrupt($0) }, context: handle)
  }

  func execute(_ text: String, _ bindings: [Stored]) throws -> Int {
    let statement = try statement(text, bindings)
    defer { giveBack(statement, text) }
    while try step(statement.sqliteStatement) {}
    return Int(sqlite3_changes(handle))
  }

  func forEachRow(
    _ text: String, _ bindings: [Stored], _ body: ([Stored]) throws -> Bool
  ) throws {
    let statement = try statement(text, bindings)
    defer { giveBack(statement, text) }
    let pointer = statement.sqliteStatement
    let columns = sqlite3_column_count(pointer)
    while try step(pointer) {
      guard try body((0..<columns).map { Stored(pointer, column: $0) }) else { return }
    }
  }

  func cursor(_ text: String, _ bindings: [Stored]) throws -> any Storage.Cursor {
    let cursor = SQLiteCursor(try statement(text, bindings)) { [unowned self] cursor, statement in
      end(cursor)
      cursors.removeAll { $0 === cursor }
      idle[text, default: []].append(statement)
    }
    cursors.append(cursor)
    return cursor
  }

  private func statement(_ text: String, _ bindings: [Stored]) throws -> Statement {
    if wasInterrupted { throw Interrupted() }
    if wasOvertaken { throw Overtaken() }
    let statement: Statement
    if let known = idle[text]?.popLast() {
      statement = known
    } else {
      statement = try translating { try database.makeStatement(sql: text) }
    }
    let pointer = statement.sqliteStatement
    for (index, value) in bindings.enumerated() {
      let code = value.bind(pointer, at: Int32(index + 1))
      guard code == SQLITE_OK else { throw failure(code) }
    }
    return statement
  }

  private func translating<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as DatabaseError {
      if error.resultCode == .SQLITE_INTERRUPT { wasInterrupted = true }
      throw error
    }
  }

  private func giveBack(_ statement: Statement, _ text: String) {
    sqlite3_reset(statement.sqliteStatement)
    idle[text, default: []].append(statement)
  }

  /// Whether there is another row.
  private func step(_ statement: OpaquePointer) throws -> Bool {
    switch sqlite3_step(statement) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code: throw failure(code)
    }
  }

  private func failure(_ code: Int32) -> any Error {
    let message = String(cString: sqlite3_errmsg(handle))
    if code & 0xff == SQLITE_CORRUPT { damage = message }
    if code & 0xff == SQLITE_INTERRUPT {
      wasInterrupted = true
      return Interrupted()
    }
    // Within a transaction SQLite does not wait: whoever else wrote, wrote after what was read.
    if code & 0xff == SQLITE_BUSY, locking == .atFirstWrite {
      wasOvertaken = true
      return Overtaken()
    }
    if code & 0xff == SQLITE_ERROR, message == "integer overflow" { return IntegerOverflow() }
    return DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
  }
}

extension Stored {
  init(_ statement: OpaquePointer, column: Int32) {
    switch sqlite3_column_type(statement, column) {
    case SQLITE_INTEGER: self = .integer(sqlite3_column_int64(statement, column))
    case SQLITE_TEXT, SQLITE_FLOAT:
      let start = sqlite3_column_text(statement, column)
      let count = Int(sqlite3_column_bytes(statement, column))
      self = .text(String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self))
    case SQLITE_BLOB:
      let start = sqlite3_column_blob(statement, column)
      let count = Int(sqlite3_column_bytes(statement, column))
      self = .bytes(Array(UnsafeRawBufferPointer(start: start, count: count)))
    default: self = .null
    }
  }

  func bind(_ statement: OpaquePointer, at position: Int32) -> Int32 {
    /// SQLite copies what it is given.
    let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    switch self {
    case .null: return sqlite3_bind_null(statement, position)
    case .integer(let number): return sqlite3_bind_int64(statement, position, number)
    case .text(""): return sqlite3_bind_text(statement, position, "", 0, transient)
    case .text(var text):
      return text.withUTF8 { bytes in
        bytes.withMemoryRebound(to: CChar.self) { bytes in
          sqlite3_bind_text(
            statement, position, bytes.baseAddress, Int32(bytes.count), transient)
        }
      }
    case .bytes(let bytes):
      if bytes.isEmpty { return sqlite3_bind_zeroblob(statement, position, 0) }
      return sqlite3_bind_blob(statement, position, bytes, Int32(bytes.count), transient)
    }
  }
}
