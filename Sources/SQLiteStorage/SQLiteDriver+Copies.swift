internal import Foundation
internal import GRDB
public import Governance
public import Storage

extension SQLiteDriver {
  /// A consistent copy, made while others read and write.
  ///
  /// - Throws: `file.unavailable` when something is at the path already.
  public func copy(to path: String) throws {
    guard access(path, F_OK) != 0 else { throw Problem.fileExists(path) }
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    guard access(folder, F_OK) == 0 else { throw Problem.noFolder(folder, for: path) }
    let unfinished = path + ".unfinished"
    Self.remove(unfinished)
    let commits = try Self.translating(path) { () -> Int64? in
      let copy = try DatabaseQueue(path: unfinished)
      try database.backup(to: copy)
      // One file: nothing of it may stay in a log beside it.
      try copy.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
      let commits = try copy.read {
        try Int64.fetchOne($0, sql: "SELECT commits FROM gongyue_state")
      }
      try copy.close()
      return commits
    }
    try Self.flush(unfinished)
    if let commits {
      let mark = CommitMark(commit: commits, isConfirmed: true)
      try MarkFile(database: path).replace(with: mark)
    }
    guard rename(unfinished, path) == 0 else { throw Problem.cannotWrite(path) }
    MarkFile.flushFolder(of: path)
  }

  public func copyInMemory() throws -> any Driver {
    let copy = try Self.inMemory()
    try Self.translating(path) { try database.backup(to: copy.database) }
    return copy
  }

  /// Puts a copy in a database's place, after it has passed every check.
  ///
  /// The database that was there is kept beside it and named in the result; with
  /// its log and its mark. Nothing is touched when the copy is not sound.
  /// - Parameter force: whether a database that is there may be replaced.
  /// - Throws: `workspace.exists` without `force`, what is wrong with the copy, and
  ///   `storage.locked` when the database is in use.
  /// - Returns: where the old database is now; nil when there was none.
  public static func restore(
    from source: String, to path: String, force: Bool, kinds: [Kind] = BuiltInKinds.all
  ) throws -> String? {
    let isThere = access(path, F_OK) == 0
    guard force || !isThere else { throw Problem.restoreOverwrites(path) }
    let candidate = path + ".restoring"
    remove(candidate)
    defer { remove(candidate) }
    try open(source).copy(to: candidate)
    let commits = try examine(candidate, kinds: kinds)
    try flush(candidate)
    let kept = isThere ? try setAside(path) : nil
    guard rename(candidate, path) == 0 else { throw Problem.cannotWrite(path) }
    try MarkFile(database: path).replace(with: CommitMark(commit: commits, isConfirmed: true))
    MarkFile.flushFolder(of: path)
    return kept
  }

  /// Checks the copy as `doctor` would, and leaves it as one file.
  private static func examine(_ candidate: String, kinds: [Kind]) throws -> Int64 {
    let driver = try open(candidate)
    let store = try Store.open(driver, kinds: kinds)
    let problems = try store.examine().compactMap(\.problem)
    if let first = problems.first {
      throw Problem.databaseDamaged(at: candidate, detail: first)
    }
    let commits = try store.commits()
    try driver.database.writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
      try $0.execute(sql: "PRAGMA journal_mode")
    }
    try driver.database.close()
    return commits
  }

  /// Keeps the old database under another name, and frees its own.
  private static func setAside(_ path: String) throws -> String {
    try settle(path)
    var number = 1
    while access("\(path).before-\(number)", F_OK) == 0 { number += 1 }
    let kept = "\(path).before-\(number)"
    // The log goes first: it must never be taken for the new database's.
    for suffix in ["-wal", "-shm", ".commits"] where access(path + suffix, F_OK) == 0 {
      guard rename(path + suffix, kept + suffix) == 0 else { throw Problem.cannotWrite(kept) }
    }
    // The name is freed only by the new file taking it.
    guard link(path, kept) == 0 else { throw Problem.cannotWrite(kept) }
    return kept
  }

  /// Writes the log into the database where that is possible; a broken one stays as it is.
  private static func settle(_ path: String) throws {
    do {
      let driver = try open(path, patience: 0.5)
      try driver.write(checkingReferences: true) { _ in }
      try driver.database.close()
    } catch let problem as Problem where problem.code == .storageLocked {
      throw problem
    } catch {}
  }

  /// Removes a file of ours and what SQLite and we put beside it.
  private static func remove(_ path: String) {
    for suffix in ["", "-wal", "-shm", "-journal", ".commits"] { unlink(path + suffix) }
  }

  private static func flush(_ path: String) throws {
    let descriptor = Foundation.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Problem.cannotWrite(path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw Problem.cannotWrite(path) }
  }
}

extension Problem {
  static func fileExists(_ path: String) -> Problem {
    Problem(
      .fileUnavailable,
      Words("已经有这个文件了", "there is a file of that name"), at: Place(file: path),
      hint: Words("换一个文件名", "choose another name"))
  }

  static func noFolder(_ folder: String, for path: String) -> Problem {
    Problem(
      .fileUnavailable, Words("没有文件夹 \(folder)", "there is no folder \(folder)"),
      at: Place(file: path),
      hint: Words("先建好这个文件夹，或换一个地方", "make it first, or choose another place"))
  }

  static func cannotWrite(_ path: String) -> Problem {
    let reason = MarkFile.systemMessage
    return Problem(
      .fileUnavailable,
      Words("写不了这个文件：\(reason)", "the file cannot be written: \(reason)"),
      at: Place(file: path))
  }

  static func restoreOverwrites(_ path: String) -> Problem {
    Problem(
      .workspaceExists,
      Words("这里已经有一个数据库，没有覆盖它", "there is a database here, and it was not replaced"),
      at: Place(file: path),
      hint: Words(
        "确实要替换就加 --force；原来的文件会另存在旁边",
        "add --force to replace it; the old file is kept beside it"))
  }
}
