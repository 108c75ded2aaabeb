internal import Foundation
internal import GRDB
public import Governance
internal import Storage

extension SQLiteDriver {
  /// Opens a database that cannot be written: this user may not, or the disk is full.
  ///
  /// Readers of a log share memory in a file beside the database. Where that is there it is
  /// used; where it cannot be made, the database is read alone if its log is empty. Others
  /// may then write unnoticed, so it is looked afterwards whether they did.
  static func forReading(
    _ path: String, _ patience: Double, because obstacle: Problem
  ) throws -> SQLiteDriver {
    if access(path + "-shm", R_OK) == 0,
      let shared = try? queue(path, patience, { $0.readonly = true })
    {
      return SQLiteDriver(
        path: path, database: shared, markFile: MarkFile(database: path), obstacle: obstacle)
    }
    let look = FileFacts.Look(path)
    if look.log == 0 {
      let alone = try translating(path) { try queue(uri(path), patience) { $0.readonly = true } }
      return SQLiteDriver(
        path: path, database: alone, markFile: MarkFile(database: path), obstacle: obstacle,
        unguarded: look)
    }
    guard obstacle.isDiskFull else { throw Problem.logUnreadable(at: path) }
    // What readers would share is kept in memory; other programs wait meanwhile.
    let exclusive = try translating(path) {
      try queue(path, patience) { configuration in
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA locking_mode = EXCLUSIVE") }
      }
    }
    return SQLiteDriver(
      path: path, database: exclusive, markFile: MarkFile(database: path), obstacle: obstacle)
  }

  private static func queue(
    _ path: String, _ patience: Double, _ change: (inout Configuration) -> Void
  ) throws -> DatabaseQueue {
    var configuration = configuration(patience)
    change(&configuration)
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    // A database in WAL mode shows only when it is read whether it can be.
    try queue.read { _ = try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_schema") }
    return queue
  }

  private static func uri(_ path: String) -> String {
    let plain = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "/-._~"))
    return "file:" + (path.addingPercentEncoding(withAllowedCharacters: plain) ?? path)
      + "?immutable=1"
  }
}

// MARK: - Found damaged

extension SQLiteDriver {
  /// Beside the database once a write has met damage; whoever is sure that all is well again
  /// removes it.
  static let condemned = ".damaged"

  public func condemn(because reason: Words) {
    guard let path, condemnation == nil else { return }
    // A disk that does not even take this takes no other write either.
    try? OutputFile.write(reason.chinese + "\n" + reason.english + "\n", to: path + Self.condemned)
  }

  /// Why nothing may be written into a damaged database.
  var condemnation: Problem? {
    guard let path, access(path + Self.condemned, F_OK) == 0 else { return nil }
    return .databaseCondemned(at: path, by: path + Self.condemned)
  }
}

extension Problem {
  static func databaseCondemned(at path: String, by file: String) -> Problem {
    Problem(
      .storageDamaged,
      Words(
        "写入时发现数据库已损坏，已停止一切写入；这次没有写入任何内容",
        "a write met damage in the database, so all writing has stopped; nothing was written"),
      at: Place(file: path),
      hint: Words(
        "先另存一份现有文件，再用 gongyue restore 恢复最近的备份；gongyue doctor 查不出问题时，删除 \(file) 就能继续写",
        "keep a copy of the file as it is, then bring back the last backup with gongyue restore; "
          + "if gongyue doctor finds nothing, delete \(file) to write again"))
  }

  static func changedWhileRead(at path: String) -> Problem {
    Problem(
      .storageLocked,
      Words(
        "读取期间数据库被改动，读到的可能不一致", "the database changed while it was read"),
      at: Place(file: path),
      hint: Words("再试一次", "try again"))
  }

  static func logUnreadable(at path: String) -> Problem {
    Problem(
      .storageReadOnly,
      Words(
        "数据库还有没并入的写入（\(path)-wal），没有写权限就读不全",
        "the database has writes in its log (\(path)-wal) that cannot be read without writing"),
      at: Place(file: path),
      hint: Words(
        "请有写权限的人先运行一次 gongyue doctor，或请管理员开通写权限",
        "somebody who may write should run gongyue doctor once, or ask the administrator"))
  }
}
