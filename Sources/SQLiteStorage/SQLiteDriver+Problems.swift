internal import GRDB
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
    let reason = error.message ?? error.description
    switch error.resultCode {
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
