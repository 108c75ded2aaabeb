internal import CLuaShim
internal import GRDB
internal import GRDBSQLite
internal import Storage

/// A statement that C steps.
///
/// The functions reach the statement through a small piece of memory; no Swift
/// object is retained, looked up or called between two rows.
final class SQLiteCursor: Storage.Cursor {
  private let statement: Statement
  private let box: UnsafeMutablePointer<Box>
  private let giveBack: (SQLiteCursor, Statement) -> Void
  private var isFinished = false
  private var result: Int32 = SQLITE_OK

  /// What the functions get: the statement until the cursor ends (SQLite takes none
  /// calmly), and the cursor for the one call that gives it back.
  private struct Box {
    var statement: OpaquePointer?
    let cursor: Unmanaged<SQLiteCursor>
  }

  init(_ statement: Statement, giveBack: @escaping (SQLiteCursor, Statement) -> Void) {
    self.statement = statement
    self.giveBack = giveBack
    box = .allocate(capacity: 1)
    box.initialize(to: Box(statement: statement.sqliteStatement, cursor: .passUnretained(self)))
  }

  deinit {
    box.deinitialize(count: 1)
    box.deallocate()
  }

  /// Keeps the cursor alive until its `finalize` is called, which must happen once.
  var source: RowSource {
    _ = Unmanaged.passRetained(self)
    return RowSource(
      context: UnsafeMutableRawPointer(box),
      step: { context in
        switch sqlite3_step(SQLiteCursor.statement(context)) {
        case SQLITE_ROW: 1
        case SQLITE_DONE: 0
        default: -1
        }
      },
      type: { sqlite3_column_type(SQLiteCursor.statement($0), $1) },
      integer: { sqlite3_column_int64(SQLiteCursor.statement($0), $1) },
      real: { sqlite3_column_double(SQLiteCursor.statement($0), $1) },
      text: { context, column, length in
        let statement = SQLiteCursor.statement(context)
        let text = sqlite3_column_text(statement, column)
        length?.pointee = Int(sqlite3_column_bytes(statement, column))
        return UnsafeRawPointer(text)?.assumingMemoryBound(to: CChar.self)
      },
      finalize: { context in
        context?.assumingMemoryBound(to: Box.self).pointee.cursor.takeRetainedValue().finish()
      },
      message: { context in
        sqlite3_errmsg(sqlite3_db_handle(SQLiteCursor.statement(context)))
      })
  }

  func finish() {
    guard !isFinished else { return }
    giveBack(self, statement)
  }

  /// Resets the statement; gives what its last step came to.
  func end() -> Int32 {
    guard !isFinished else { return result }
    isFinished = true
    box.pointee.statement = nil
    result = sqlite3_reset(statement.sqliteStatement) & 0xff
    return result
  }

  @inline(__always)
  private static func statement(_ context: UnsafeMutableRawPointer?) -> OpaquePointer? {
    context?.assumingMemoryBound(to: Box.self).pointee.statement
  }
}
