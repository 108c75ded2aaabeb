internal import Digests
internal import Foundation
public import Governance
internal import Synchronization

/// The records of a workspace: what is stored, read, counted and remembered.
///
/// Everything is synchronous and runs on the calling thread. Reads see one state
/// of the database; a write is kept whole or not at all, and leaves exactly one
/// entry in the audit log.
public final class Store: Sendable {
  public let driver: any Driver
  public let schema: Schema
  let now: @Sendable () -> Instant

  private let written = Mutex(Written())

  /// Whether the file that counts commits was missing: lost newest data could not be noticed.
  public let isUncounted: Bool

  private init(
    driver: any Driver, schema: Schema, now: @escaping @Sendable () -> Instant, isUncounted: Bool
  ) {
    self.driver = driver
    self.schema = schema
    self.now = now
    self.isUncounted = isUncounted
  }

  /// Opens a database and brings its tables up to the kinds that are given.
  ///
  /// - Parameters:
  ///   - kinds: built-in kinds and, later, those of forms.
  ///   - now: the moment written into history and audit log.
  /// - Throws: `storage.not_database`, `storage.newer`, `storage.behind`,
  ///   `storage.damaged`, and what the driver throws.
  public static func open(
    _ driver: any Driver, kinds: [Kind] = BuiltInKinds.all,
    now: @escaping @Sendable () -> Instant = Store.systemTime
  ) throws -> Store {
    let schema = Schema(kinds)
    let mark = try driver.mark()
    let migration = Migration(schema: schema, dialect: driver.dialect)
    let state = try driver.read { try migration.state($0, at: driver.path) }
    let isUncounted = mark == nil && driver.path != nil && state.commits > 0
    let store = Store(driver: driver, schema: schema, now: now, isUncounted: isUncounted)
    try store.check(mark, against: state.commits)
    if state.needsWork { try store.migrate(migration) }
    return store
  }

  /// The time of the machine's clock.
  public static let systemTime: @Sendable () -> Instant = {
    Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
  }

  /// Reads one state of the database.
  ///
  /// Not reentrant: ask the `Reader` at hand instead of the store again.
  public func read<Value>(_ body: (Reader) throws -> Value) throws -> Value {
    try driver.read { connection in
      try body(Reader(connection: connection, schema: schema))
    }
  }

  /// Writes what `body` writes, all or nothing, signed and with one audit entry.
  ///
  /// A body that changes nothing leaves no entry.
  /// - Parameter locking: from when on others are kept from writing.
  /// - Throws: what `body` throws, `Interrupted`, `storage.behind`, `storage.locked`,
  ///   `storage.damaged`; `Overtaken` where the lock is taken at the first write.
  @discardableResult
  public func write<Value>(
    _ signature: Signature, locking: Locking = .atOnce, _ body: (Writer) throws -> Value
  ) throws -> Value {
    try write(signature, checkingReferences: true, locking: locking, body)
  }

  /// Does what `write` would do, and takes it back.
  ///
  /// - Returns: what `body` returned, and the changes it would have made.
  public func rehearse<Value>(
    _ signature: Signature, locking: Locking = .atOnce, _ body: (Writer) throws -> Value
  ) throws -> (value: Value, changes: [Change]) {
    var rehearsed: (value: Value, changes: [Change])?
    do {
      try driver.write(checkingReferences: true, locking: locking) { connection in
        let writing = try Writer.begin(connection, self, signature)
        let value = try body(writing)
        rehearsed = (value, writing.changes)
        throw Rehearsed()
      }
    } catch is Rehearsed {}
    guard let rehearsed else { throw Interrupted() }
    return rehearsed
  }

  private struct Rehearsed: Error {}

  func write<Value>(
    _ signature: Signature, checkingReferences: Bool, locking: Locking = .atOnce,
    _ body: (Writer) throws -> Value
  ) throws -> Value {
    let mark = try driver.mark()
    let (value, sequence) = try condemningDamage {
      try driver.write(checkingReferences: checkingReferences, locking: locking) {
        connection -> (Value, Int64?) in
        let writing = try Writer.begin(connection, self, signature)
        try check(mark, against: writing.sequence - 1)
        let value = try body(writing)
        guard !writing.changes.isEmpty else { return (value, nil) }
        try writing.seal()
        try driver.setMark(CommitMark(commit: writing.sequence, isConfirmed: false))
        return (value, writing.sequence)
      }
    }
    if let sequence { confirm(sequence) }
    return value
  }

  /// The commit stands, whatever comes of the mark: an error would have it done again.
  private func confirm(_ sequence: Int64) {
    do {
      defer { written.withLock { $0.unsettled = true } }
      try driver.setMark(CommitMark(commit: sequence, isConfirmed: true))
    } catch {
      written.withLock { $0.warnings.append(.markNotConfirmed(because: error)) }
    }
  }

  /// A write that meets damage is the last one.
  private func condemningDamage<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let problem as Problem where problem.code == .storageDamaged {
      driver.condemn(because: problem.message)
      throw problem
    }
  }

  /// What a person should know of the writes so far although all of it is stored; said once.
  ///
  /// Brings the log into the database first, which otherwise happens when the program ends
  /// and can no longer say what came of it.
  public func takeWarnings() -> [Words] {
    written.withLock { written in
      if written.unsettled {
        do { try driver.settle() } catch { written.warnings.append(.notSettled(because: error)) }
      }
      defer { written = Written() }
      return written.warnings
    }
  }

  private struct Written {
    var warnings: [Words] = []
    var unsettled = false
  }

  /// The mark must have been read before the database's own count.
  private func check(_ mark: CommitMark?, against commits: Int64) throws(Problem) {
    guard let mark, mark.acknowledged > commits else { return }
    throw .databaseBehind(at: driver.path, has: commits, promised: mark.acknowledged)
  }

  private func migrate(_ migration: Migration) throws {
    let signature = Signature(
      actor: "gongyue", reason: ProgramReason.tables.chinese, today: now().day)
    // Two programs may find the same work to do: who comes second finds it done.
    try driver.write(checkingReferences: false) { try migration.createHostTables($0) }
    try write(signature, checkingReferences: false) { writing in
      try migration.updateKinds(writing)
    }
  }
}

extension Words {
  fileprivate static func markNotConfirmed(because error: any Error) -> Words {
    let reason = (error as? Problem)?.message ?? Words(verbatim: "\(error)")
    return Words(
      "已经全部写入，不要重做；只是提交计数文件没有写成（\(reason.chinese)），请检查磁盘并运行 gongyue doctor",
      "everything is stored, do not repeat it; only the file that counts commits could not be "
        + "written (\(reason.english)): check the disk and run gongyue doctor")
  }

  fileprivate static func notSettled(because error: any Error) -> Words {
    let reason = (error as? Problem)?.message ?? Words(verbatim: "\(error)")
    return Words(
      "已经全部写入预写日志，但没能并入数据库文件（\(reason.chinese)）；磁盘可能有问题，请马上备份并运行 gongyue doctor",
      "everything is stored in the log, but could not be brought into the database "
        + "(\(reason.english)): the disk may be failing, back up now and run gongyue doctor")
  }
}

/// Who writes, why, by which plugin, and what day it is for them.
public struct Signature: Hashable, Sendable {
  public let actor: String
  public let reason: String

  /// Id and version of the plugin that wrote, as `sll-02.stairwell-rota 1.0.0`.
  public let plugin: String?

  /// The day of the workspace (`decisions.md` 6), not of the machine.
  public let today: Day

  public init(actor: String, reason: String, plugin: String? = nil, today: Day) {
    self.actor = actor
    self.reason = reason
    self.plugin = plugin
    self.today = today
  }
}
