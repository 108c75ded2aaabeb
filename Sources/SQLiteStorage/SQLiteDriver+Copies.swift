internal import Foundation
internal import GRDB
public import Governance
public import Storage

extension SQLiteDriver {
  /// A consistent copy, made while others read and write, that passes a check.
  ///
  /// - Throws: `file.unavailable` when something is at the path already or there is no room.
  public func copy(to named: String, checking check: (any Driver) throws -> Void) throws {
    guard access(named, F_OK) != 0 else { throw Problem.fileExists(named) }
    let path = try OutputFile.followed(named)
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    guard access(folder, F_OK) == 0 else { throw Problem.noFolder(folder, for: path) }
    let unfinished = path + ".unfinished"
    Self.remove(unfinished)
    // Also where it fails: what takes up a full disk is of no use.
    defer { Self.remove(unfinished) }
    let commits = try Self.translating(path) { () -> Int64? in
      let copy = try DatabaseQueue(path: unfinished)
      try database.backup(to: copy)
      let commits = try copy.read {
        try Int64.fetchOne($0, sql: "SELECT commits FROM gongyue_state")
      }
      try copy.close()
      return commits
    }
    let mark = commits.map { CommitMark(commit: $0, isConfirmed: true) }
    if let mark { try MarkFile(database: unfinished).replace(with: mark) }
    try Self.accept(unfinished, check)
    if let mark { try MarkFile(database: path).replace(with: mark) }
    guard rename(unfinished, path) == 0 else { throw Problem.cannotWrite(path, because: errno) }
    MarkFile.flushFolder(of: path)
  }

  /// Looks at a copy through the same door as at every database, and leaves it as one file.
  private static func accept(
    _ candidate: String, _ check: (any Driver) throws -> Void
  ) throws {
    let driver = try open(candidate)
    try check(driver)
    try driver.database.close()
    // One file: nothing of it may stay in a log beside it.
    try translating(candidate) {
      let copy = try DatabaseQueue(path: candidate)
      try copy.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
      try copy.close()
    }
    try flush(candidate)
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
    from source: String, to named: String, force: Bool, kinds: [Kind] = BuiltInKinds.all
  ) throws -> String? {
    let path = try OutputFile.followed(named)
    let isThere = access(path, F_OK) == 0
    guard force || !isThere else { throw Problem.restoreOverwrites(path) }
    let candidate = path + ".restoring"
    remove(candidate)
    defer { remove(candidate) }
    var commits: Int64 = 0
    try open(source).copy(to: candidate) { driver in
      commits = try Store.requireSound(driver, kinds: kinds, of: source)
    }
    if isThere { try keepMode(of: path, on: candidate) }
    let kept = isThere ? try setAside(path) : nil
    guard rename(candidate, path) == 0 else { throw Problem.cannotWrite(path, because: errno) }
    unlink(path + condemned)
    try MarkFile(database: path).replace(with: CommitMark(commit: commits, isConfirmed: true))
    MarkFile.flushFolder(of: path)
    return kept
  }

  /// Keeps the old database under another name, and frees its own.
  private static func setAside(_ path: String) throws -> String {
    try settle(path)
    var number = 1
    while access("\(path).before-\(number)", F_OK) == 0 { number += 1 }
    let kept = "\(path).before-\(number)"
    // The log goes first: it must never be taken for the new database's.
    for suffix in ["-wal", "-shm", ".commits", condemned]
    where access(path + suffix, F_OK) == 0 {
      guard rename(path + suffix, kept + suffix) == 0 else {
        throw Problem.cannotWrite(kept, because: errno)
      }
    }
    // The name is freed only by the new file taking it.
    guard link(path, kept) == 0 else { throw Problem.cannotWrite(kept, because: errno) }
    return kept
  }

  /// Whoever could use the old database can use the new one.
  private static func keepMode(of path: String, on candidate: String) throws {
    var facts = stat()
    guard stat(path, &facts) == 0, chmod(candidate, facts.st_mode & 0o7777) == 0 else {
      throw Problem.cannotWrite(path, because: errno)
    }
    // Whoever may not give a file away keeps it as their own.
    _ = chown(candidate, facts.st_uid, facts.st_gid)
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
    for suffix in ["", "-wal", "-shm", "-journal", ".commits", condemned] { unlink(path + suffix) }
  }

  private static func flush(_ path: String) throws {
    let descriptor = Foundation.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Problem.cannotWrite(path, because: errno) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw Problem.cannotWrite(path, because: errno) }
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
