import Foundation
import Governance
import SQLiteStorage
import Storage
import Testing

/// When a write keeps others from writing, and what comes of a commit that went wrong at its end.
struct LockingTests {
  private let folder = Folder()

  private func two() throws -> (Store, Store) {
    (
      try storeOnDisk(folder.file()),
      try Store.open(try SQLiteDriver.open(folder.file(), patience: 0.05))
    )
  }

  private func courtyards(_ reader: Reader) throws -> Int {
    try reader.count(Query(kind: "courtyard"), in: .all)
  }

  @Test func `A write that only reads keeps nobody from writing`() throws {
    let (store, other) = try two()
    let seen = try store.write(office, locking: .atFirstWrite) { writing in
      let before = try courtyards(writing)
      try other.write(office) { try $0.create(courtyard("西院")) }
      // One state, whatever others do.
      #expect(try courtyards(writing) == before)
      return before
    }
    #expect(seen == 1)
    #expect(try other.read(courtyards) == 2)
    #expect(try store.commits() == 3, "what only reads leaves no entry")
  }

  @Test func `A rehearsal that only reads keeps nobody from writing`() throws {
    let (store, other) = try two()
    let rehearsed = try store.rehearse(office, locking: .atFirstWrite) { writing in
      try other.write(office) { try $0.create(courtyard("西院")) }
      return try courtyards(writing)
    }
    #expect(rehearsed.value == 1 && rehearsed.changes.isEmpty)
  }

  @Test func `Its first write keeps others from writing`() throws {
    let (store, other) = try two()
    let found = try store.write(office, locking: .atFirstWrite) { writing in
      try writing.beginSavepoint()
      try writing.create(courtyard("西院"))
      try writing.releaseSavepoint()
      return problem { try other.write(office) { try $0.create(courtyard("南院")) } }
    }
    #expect(found?.code == .storageLocked)
    #expect(try other.read(courtyards) == 2)
  }

  /// Also when the script catches the error and goes on.
  @Test(arguments: [true, false], [true, false])
  func `Who was overtaken writes nothing`(swallows: Bool, isRunning: Bool) throws {
    let (store, other) = try two()
    func attempt() throws {
      try store.write(office, locking: .atFirstWrite) { writing in
        _ = try courtyards(writing)
        if !isRunning { try other.write(office) { try $0.create(courtyard("西院")) } }
        if swallows {
          _ = try? writing.create(courtyard("南院"))
        } else {
          try writing.create(courtyard("南院"))
        }
      }
    }
    if isRunning {
      try other.write(office) { writing in
        try writing.create(courtyard("西院"))
        #expect(throws: Overtaken.self) { try attempt() }
      }
    } else {
      #expect(throws: Overtaken.self) { try attempt() }
    }
    #expect(try store.read(courtyards) == 2)
    try store.write(office) { try $0.create(courtyard("南院")) }
    #expect(try store.examine().allSatisfy { $0.problem == nil })
  }

  /// What `strace -e inject=fsync,fdatasync:error=EIO` does after the commit.
  @Test(arguments: [FailingDriver.Moment.confirming, .settling])
  func `What is stored is not called an error when the disk fails afterwards`(
    moment: FailingDriver.Moment
  ) throws {
    try storeOnDisk(folder.file())
    let store = try Store.open(
      FailingDriver(try SQLiteDriver.open(folder.file()), moment))
    let record = try store.write(office) { try $0.create(courtyard("西院")) }
    #expect(record.code == "sll-02-Y-2026-0002")
    let told = store.takeWarnings().map(\.chinese)
    #expect(told.count == 1)
    let expected =
      moment == .confirming
      ? "已经全部写入，不要重做；只是提交计数文件没有写成（数据库用不了：磁盘读写出错），请检查磁盘并运行 gongyue doctor"
      : "已经全部写入预写日志，但没能并入数据库文件（数据库用不了：磁盘读写出错）；磁盘可能有问题，请马上备份并运行 gongyue doctor"
    #expect(told == [expected])
    #expect(store.takeWarnings() == [], "said once")
    #expect(try store.read(courtyards) == 2)
  }
}

/// A disk that fails at one moment.
struct FailingDriver: Driver {
  enum Moment: Sendable { case confirming, settling }

  let inner: SQLiteDriver
  let moment: Moment

  init(_ inner: SQLiteDriver, _ moment: Moment) {
    self.inner = inner
    self.moment = moment
  }

  var dialect: Dialect { inner.dialect }
  var path: String? { inner.path }
  func mark() throws -> CommitMark? { try inner.mark() }
  func selfCheck() throws -> [SelfCheck] { try inner.selfCheck() }
  func condemn(because reason: Words) { inner.condemn(because: reason) }
  func copyInMemory() throws -> any Driver { try inner.copyInMemory() }

  func copy(to path: String, checking check: (any Driver) throws -> Void) throws {
    try inner.copy(to: path, checking: check)
  }

  func read<Value>(_ body: (any Connection) throws -> Value) throws -> Value {
    try inner.read(body)
  }

  func write<Value>(
    checkingReferences: Bool, locking: Locking, _ body: (any Connection) throws -> Value
  ) throws -> Value {
    try inner.write(checkingReferences: checkingReferences, locking: locking, body)
  }

  func setMark(_ mark: CommitMark) throws {
    if mark.isConfirmed, moment == .confirming { throw failure }
    try inner.setMark(mark)
  }

  func settle() throws {
    if moment == .settling { throw failure }
    try inner.settle()
  }

  private var failure: Problem {
    .databaseUnavailable(at: path, because: Words(systemError: EIO))
  }
}
