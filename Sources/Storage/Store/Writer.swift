internal import Digests
public import Governance

/// A write in progress: it reads too, and sees what it has written.
///
/// Valid only inside the closure it was handed to, and only on its thread.
public final class Writer: Reader {
  public let signature: Signature

  /// The number of this commit, and of its entry in the audit log.
  public let sequence: Int64

  /// What was done so far, without what was rolled back.
  public private(set) var changes: [Change] = []

  let at: Instant
  private let previous: String
  private var savepoints: [Int] = []

  private init(
    _ connection: any Connection, _ store: Store, _ signature: Signature, sequence: Int64,
    previous: String
  ) {
    self.signature = signature
    self.sequence = sequence
    self.previous = previous
    at = store.now()
    super.init(connection: connection, schema: store.schema)
  }

  static func begin(
    _ connection: any Connection, _ store: Store, _ signature: Signature
  ) throws -> Writer {
    let row = try connection.row("SELECT commits, head FROM gongyue_state")
    guard let commits = row?[0].integer, let head = row?[1].text else {
      throw Problem.databaseDamaged(
        at: store.driver.path, detail: Words("没有状态行", "the state row is missing"))
    }
    return Writer(connection, store, signature, sequence: commits + 1, previous: head)
  }

  /// Writes the audit entry and counts the commit; the last thing in the transaction.
  func seal() throws {
    let entry = AuditEntry.sealing(self, previous: previous)
    try entry.insert(connection)
    try connection.execute(
      "UPDATE gongyue_state SET commits = \(sequence), head = \(entry.digest.description)")
  }

  func record(_ change: Change) {
    changes.append(change)
  }

  /// Remembers in the audit log something that is no record: a plugin enabled,
  /// sensitive fields read for a purpose.
  public func note(_ action: String, _ detail: [String: JSONValue] = [:]) {
    record(Change(action: action, detail: detail))
  }
}

// MARK: - Savepoints

extension Writer {
  /// What `body` writes is taken back when it throws; the rest of the write goes on.
  @discardableResult
  public func savepoint<Value>(_ body: () throws -> Value) throws -> Value {
    try beginSavepoint()
    do {
      let value = try body()
      try releaseSavepoint()
      return value
    } catch {
      try? rollBackSavepoint()
      throw error
    }
  }

  /// Begins a part that can be taken back; parts nest.
  public func beginSavepoint() throws {
    try connection.execute(SQL(trusted: "SAVEPOINT part_\(savepoints.count)"))
    savepoints.append(changes.count)
  }

  /// Keeps the innermost part.
  ///
  /// - Precondition: a part was begun.
  public func releaseSavepoint() throws {
    try connection.execute(SQL(trusted: "RELEASE part_\(savepoints.count - 1)"))
    savepoints.removeLast()
  }

  /// Takes the innermost part back.
  ///
  /// - Precondition: a part was begun.
  public func rollBackSavepoint() throws {
    let name = "part_\(savepoints.count - 1)"
    let kept = savepoints.removeLast()
    changes.removeSubrange(kept...)
    try connection.execute(SQL(trusted: "ROLLBACK TO \(name)"))
    try connection.execute(SQL(trusted: "RELEASE \(name)"))
  }
}
