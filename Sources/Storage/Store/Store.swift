internal import Digests
internal import Foundation
public import Governance

/// The records of a workspace: what is stored, read, counted and remembered.
///
/// Everything is synchronous and runs on the calling thread. Reads see one state
/// of the database; a write is kept whole or not at all, and leaves exactly one
/// entry in the audit log.
public final class Store: Sendable {
  public let driver: any Driver
  public let schema: Schema
  let now: @Sendable () -> Instant

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

  /// A store in memory that begins with what this one holds: its tables need not be made again.
  public func copyInMemory() throws -> Store {
    Store(driver: try driver.copyInMemory(), schema: schema, now: now, isUncounted: false)
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
  /// - Throws: what `body` throws, `Interrupted`, `storage.behind`, `storage.locked`.
  @discardableResult
  public func write<Value>(
    _ signature: Signature, _ body: (Writer) throws -> Value
  ) throws -> Value {
    try write(signature, checkingReferences: true, body)
  }

  /// Does what `write` would do, and takes it back.
  ///
  /// - Returns: what `body` returned, and the changes it would have made.
  public func rehearse<Value>(
    _ signature: Signature, _ body: (Writer) throws -> Value
  ) throws -> (value: Value, changes: [Change]) {
    var rehearsed: (value: Value, changes: [Change])?
    do {
      try driver.write(checkingReferences: true) { connection in
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
    _ signature: Signature, checkingReferences: Bool, _ body: (Writer) throws -> Value
  ) throws -> Value {
    let mark = try driver.mark()
    let (value, sequence) = try driver.write(checkingReferences: checkingReferences) {
      connection -> (Value, Int64?) in
      let writing = try Writer.begin(connection, self, signature)
      try check(mark, against: writing.sequence - 1)
      let value = try body(writing)
      guard !writing.changes.isEmpty else { return (value, nil) }
      try writing.seal()
      try driver.setMark(CommitMark(commit: writing.sequence, isConfirmed: false))
      return (value, writing.sequence)
    }
    if let sequence {
      try driver.setMark(CommitMark(commit: sequence, isConfirmed: true))
    }
    return value
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
