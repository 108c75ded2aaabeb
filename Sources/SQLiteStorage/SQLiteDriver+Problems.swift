internal import GRDB
internal import GRDBSQLite
internal import Governance
internal import Storage

extension SQLiteDriver {
  /// What SQLite says, as what a person can do about it.
  static func translating<Value>(_ path: String?, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw translation(of: error, path)
    } catch let problem as Problem where problem.code.isStorage {
      guard let path else { throw problem }
      throw problem.at(Place(file: path))
    }
  }

  private static func translation(of error: DatabaseError, _ path: String?) -> any Error {
    // SQLite has no words for what it was not asked to do itself.
    let told = error.message.flatMap { $0 == "not an error" ? nil : $0 }
    let reason = told ?? String(cString: sqlite3_errstr(error.resultCode.rawValue))
    switch error.resultCode {
    case .SQLITE_FULL: return Problem.diskFull(at: path)
    case .SQLITE_IOERR, .SQLITE_CANTOPEN:
      if let path, FileFacts.isFull(at: path) { return Problem.diskFull(at: path) }
      return Problem.databaseUnavailable(at: path, because: reason)
    case .SQLITE_BUSY, .SQLITE_LOCKED: return Problem.databaseLocked(at: path)
    case .SQLITE_READONLY, .SQLITE_PERM: return Problem.databaseReadOnly(at: path)
    case .SQLITE_NOTADB: return Problem.notDatabase(at: path)
    case .SQLITE_CORRUPT:
      return Problem.databaseDamaged(at: path, detail: Words(verbatim: reason))
    case .SQLITE_INTERRUPT: return Interrupted()
    case .SQLITE_CONSTRAINT
    where error.extendedResultCode == .SQLITE_CONSTRAINT_FOREIGNKEY:
      return Problem.referenceBroken(at: path)
    case .SQLITE_CONSTRAINT, .SQLITE_MISMATCH: return Problem.constraint(reason, at: path)
    case .SQLITE_ERROR, .SQLITE_MISUSE, .SQLITE_RANGE: return Problem.statement(reason, at: path)
    default: return Problem.databaseUnavailable(at: path, because: reason)
    }
  }
}

extension ErrorCode {
  var isStorage: Bool { rawValue.hasPrefix("storage.") }
}

extension Problem {
  static func diskFull(at path: String?) -> Problem {
    Problem(
      .storageUnavailable,
      Words("磁盘已满，没有写入任何内容", "the disk is full; nothing was written"),
      at: path.map { Place(file: $0) },
      hint: Words(
        "腾出空间后再试；查看不受影响", "make room and try again; reading goes on meanwhile"))
  }

  var isDiskFull: Bool { message == Problem.diskFull(at: nil).message }

  static func referenceBroken(at path: String?) -> Problem {
    Problem(
      .inputInvalid,
      Words("有一条记录指向了不存在的记录", "a record names another one that does not exist"),
      at: path.map { Place(file: $0) })
  }

  static func constraint(_ reason: String, at path: String?) -> Problem {
    Problem(
      .inputInvalid,
      Words("数据库拒绝了这些内容：\(reason)", "the database refused the data: \(reason)"),
      at: path.map { Place(file: $0) })
  }

  static func statement(_ reason: String, at path: String?) -> Problem {
    Problem(
      .internal,
      Words("程序写错了数据库语句：\(reason)", "the program's statement is wrong: \(reason)"),
      at: path.map { Place(file: $0) })
  }
}
