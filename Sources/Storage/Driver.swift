public import Governance

/// A way to reach a database.
///
/// `body` runs in one transaction and on the calling thread, from beginning to
/// end: a script queries in the middle of a formula, and the deadline is armed
/// on the thread that called. Nothing here suspends. When `body` throws, or when
/// any statement in it was interrupted, nothing it wrote remains.
public protocol Driver: Sendable {
  var dialect: Dialect { get }

  /// The database's file, for messages; nil when it lives in memory.
  var path: String? { get }

  /// Reads a state of the database that does not change meanwhile.
  ///
  /// Not reentrant: `body` must not ask the same driver again.
  func read<Value>(_ body: (any Connection) throws -> Value) throws -> Value

  /// Reads and writes, alone among writers; all of it is kept or none.
  ///
  /// - Parameters:
  ///   - checkingReferences: whether a reference must name a stored record; off only
  ///     while a table is rebuilt or a snapshot is replayed.
  ///   - locking: from when on others are kept from writing.
  /// - Throws: what `body` throws; `Overtaken`, whatever `body` made of it.
  func write<Value>(
    checkingReferences: Bool, locking: Locking, _ body: (any Connection) throws -> Value
  ) throws -> Value

  /// What the mark beside the database says was committed; nil when there is no mark.
  func mark() throws -> CommitMark?

  /// Writes the mark; called inside the write transaction before it commits,
  /// and again after it did. Durable when it returns.
  func setMark(_ mark: CommitMark) throws

  /// A consistent copy at another path, while others read and write.
  ///
  /// - Parameter check: looks at the finished copy; what it throws leaves no file behind.
  func copy(to path: String, checking check: (any Driver) throws -> Void) throws

  /// Brings what was committed from the log into the database itself.
  ///
  /// Nothing is lost where that fails, but the disk is not to be trusted.
  func settle() throws

  /// Remembers beside the database that it was found damaged, so that nobody writes into it.
  func condemn(because reason: Words)

  /// What `doctor` asks a database about itself.
  func selfCheck() throws -> [SelfCheck]
}

/// From when on a write keeps others from writing.
public enum Locking: Hashable, Sendable {
  /// Waits for its turn at the beginning.
  case atOnce

  /// Reads beside other writers until it writes itself: a long run that only reads blocks
  /// nobody. Whoever wrote in between has overtaken it.
  case atFirstWrite
}

/// Another program wrote, or was writing, when a write that had begun by reading wanted to:
/// what it read no longer holds. Nothing was written.
public struct Overtaken: Error, Hashable, Sendable {
  public init() {}
}

extension Driver {
  public func write<Value>(
    checkingReferences: Bool, _ body: (any Connection) throws -> Value
  ) throws -> Value {
    try write(checkingReferences: checkingReferences, locking: .atOnce, body)
  }

  /// Where a problem with the database is.
  var place: Place? { path.map { Place(file: $0) } }
}

/// One question that a database answers about itself: is it as it should be?
public struct SelfCheck: Hashable, Sendable {
  public let question: Words
  public let problem: Words?

  /// What to do about it.
  public let hint: Words?

  public let code: ErrorCode

  public init(
    _ question: Words, problem: Words? = nil, hint: Words? = nil,
    code: ErrorCode = .storageDamaged
  ) {
    self.question = question
    self.problem = problem
    self.hint = hint
    self.code = code
  }
}

/// How far the database's commits go, as written beside it.
///
/// The mark is announced before a commit and confirmed after it, so it may be
/// one ahead of the database after a crash, and never behind: when the
/// database is more than that behind its mark, its newest data is missing.
public struct CommitMark: Hashable, Sendable {
  public let commit: Int64
  public let isConfirmed: Bool

  public init(commit: Int64, isConfirmed: Bool) {
    self.commit = commit
    self.isConfirmed = isConfirmed
  }

  /// The commits that someone was told are safe.
  public var acknowledged: Int64 { isConfirmed ? commit : commit - 1 }
}

/// One transaction in progress.
public protocol Connection: AnyObject {
  var dialect: Dialect { get }

  /// Runs a statement and says how many rows it changed.
  @discardableResult
  func execute(_ text: String, _ bindings: [Stored]) throws -> Int

  /// Hands every row of a statement to `body`, until it says false.
  func forEachRow(
    _ text: String, _ bindings: [Stored], _ body: ([Stored]) throws -> Bool
  ) throws

  /// A cursor that C can step; it ends with the enclosing transaction at the latest.
  func cursor(_ text: String, _ bindings: [Stored]) throws -> any Cursor

  /// The id of the row inserted last.
  var lastInsertedID: Int64 { get }

  /// What a signal handler may call to stop the statement that is running.
  var interruption: Interruption { get }
}

/// A function and its argument: calling one with the other stops the running statement.
///
/// Both stay valid as long as the transaction they came from.
public struct Interruption: @unchecked Sendable {
  // Immutable; the function is documented to be callable from any thread.
  public let function: @convention(c) (OpaquePointer?) -> Void
  public let context: OpaquePointer?

  public init(function: @escaping @convention(c) (OpaquePointer?) -> Void, context: OpaquePointer?)
  {
    self.function = function
    self.context = context
  }

  public func callAsFunction() {
    function(context)
  }
}

/// A statement was stopped by its connection's `interruption`.
///
/// The transaction it was in is lost, whoever catches this.
public struct Interrupted: Error, Hashable, Sendable {
  public init() {}
}

extension Connection {
  @discardableResult
  func execute(_ sql: SQL) throws -> Int {
    let (text, bindings) = sql.rendered(for: dialect)
    return try execute(text, bindings)
  }

  func forEachRow(_ sql: SQL, _ body: ([Stored]) throws -> Void) throws {
    let (text, bindings) = sql.rendered(for: dialect)
    try forEachRow(text, bindings) { row in
      try body(row)
      return true
    }
  }

  func rows(_ sql: SQL) throws -> [[Stored]] {
    var rows: [[Stored]] = []
    try forEachRow(sql) { rows.append($0) }
    return rows
  }

  func row(_ sql: SQL) throws -> [Stored]? {
    let (text, bindings) = sql.rendered(for: dialect)
    var found: [Stored]?
    try forEachRow(text, bindings) { row in
      found = row
      return false
    }
    return found
  }

  func value(_ sql: SQL) throws -> Stored? {
    try row(sql)?.first
  }
}
