import Foundation
import Governance
import SQLiteStorage
import Storage
import Testing

/// Two records in each write, so that half a write would show.
private func writePair(_ store: Store, _ name: String) throws {
  try store.write(office) { writing throws in
    try writing.create(courtyard("\(name)甲"))
    try writing.create(courtyard("\(name)乙"))
  }
}

/// Ends the process as kill -9 does, at a moment of a write.
private final class DyingDriver: Driver {
  enum Moment: String, CaseIterable, Codable {
    case beforeAnnouncing, afterAnnouncing, beforeConfirming, afterConfirming
  }

  let inner: SQLiteDriver
  let moment: Moment

  init(_ inner: SQLiteDriver, _ moment: Moment) {
    self.inner = inner
    self.moment = moment
  }

  var dialect: Dialect { inner.dialect }
  var path: String? { inner.path }
  func mark() throws -> CommitMark? { try inner.mark() }
  func copy(to path: String, checking check: (any Driver) throws -> Void) throws {
    try inner.copy(to: path, checking: check)
  }
  func settle() throws { try inner.settle() }
  func condemn(because reason: Words) { inner.condemn(because: reason) }
  func selfCheck() throws -> [SelfCheck] { try inner.selfCheck() }

  func read<Value>(_ body: (any Connection) throws -> Value) throws -> Value {
    try inner.read(body)
  }

  func write<Value>(
    checkingReferences: Bool, locking: Locking, _ body: (any Connection) throws -> Value
  ) throws -> Value {
    try inner.write(checkingReferences: checkingReferences, locking: locking, body)
  }

  func setMark(_ mark: CommitMark) throws {
    die(at: mark.isConfirmed ? .beforeConfirming : .beforeAnnouncing)
    try inner.setMark(mark)
    die(at: mark.isConfirmed ? .afterConfirming : .afterAnnouncing)
  }

  private func die(at moment: Moment) {
    if moment == self.moment { kill(getpid(), SIGKILL) }
  }
}

@Suite(.serialized) struct Crashes {
  private let folder = Folder()

  private func expectSound(_ path: String) throws -> Store {
    let store = try Store.open(try SQLiteDriver.open(path))
    let problems = try store.examine().compactMap(\.problem)
    #expect(problems == [])
    return store
  }

  private func pairs(_ store: Store) throws -> Int {
    let count = try store.read { try $0.count(Query(kind: "courtyard"), in: .all) }
    #expect(count % 2 == 0, "half a write is there")
    return count / 2
  }

  /// Issue 2: killing the process at any moment leaves a database that opens and passes doctor.
  @Test func `Killed forty times at random moments, it opens and nothing acknowledged is lost`()
    async throws
  {
    let path = folder.file()
    let log = folder.file("acknowledged")
    _ = FileManager.default.createFile(atPath: log, contents: nil)
    _ = try Store.open(try SQLiteDriver.open(path, creating: true))
    var random = Seeded(20_260_512)
    var kills = 0
    for _ in 0..<40 {
      let delay = UInt32.random(in: 100...60_000, using: &random)
      await #expect(processExitsWith: .signal(SIGKILL)) {
        [path = path as String, log = log as String, delay = delay as UInt32] in
        let store = try Store.open(try SQLiteDriver.open(path))
        let descriptor = Foundation.open(log, O_WRONLY | O_APPEND)
        func write() throws {
          try writePair(store, "院")
          Foundation.write(descriptor, "x", 1)
        }
        // One before the killer starts: on a slow machine too, something is written.
        try write()
        Thread.detachNewThread {
          usleep(delay)
          kill(getpid(), SIGKILL)
        }
        while true { try write() }
      }
      kills += 1
      let store = try expectSound(path)
      let acknowledged = try Data(contentsOf: URL(fileURLWithPath: log)).count
      let kept = try pairs(store)
      #expect(kept >= acknowledged)
      #expect(kept <= acknowledged + kills, "at most one more for each kill")
      #expect(try store.commits() == Int64(kept + 1))
    }
    #expect(try pairs(try expectSound(path)) >= 40)
  }

  @Test(arguments: [
    ("beforeAnnouncing", 0), ("afterAnnouncing", 0), ("beforeConfirming", 1),
    ("afterConfirming", 1),
  ])
  func `Killed around a commit, the mark and the database agree`(moment: String, kept: Int)
    async throws
  {
    let path = folder.file()
    _ = try Store.open(try SQLiteDriver.open(path, creating: true))
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [path = path as String, moment = moment as String] in
      let dying = DyingDriver(
        try SQLiteDriver.open(path), DyingDriver.Moment(rawValue: moment)!)
      try writePair(try Store.open(dying), "院")
    }
    let store = try expectSound(path)
    #expect(try pairs(store) == kept)
    try writePair(store, "后")
    #expect(try pairs(try expectSound(path)) == kept + 1)
    #expect(try store.driver.mark()?.acknowledged == Int64(kept + 2))
  }

  @Test func `Killed while the tables are made, the next start makes them`() async throws {
    let path = folder.file()
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let driver = try SQLiteDriver.open(path, creating: true)
      _ = try Store.open(DyingDriver(driver, .beforeAnnouncing))
    }
    _ = try Store.open(try SQLiteDriver.open(path, creating: true))
    try writePair(try expectSound(path), "院")
  }

  @Test func `Two processes write at once and nothing is lost`() async throws {
    let path = folder.file()
    _ = try Store.open(try SQLiteDriver.open(path, creating: true))
    async let one: Void = Self.writeFifty(path)
    async let other: Void = Self.writeFifty(path)
    _ = await (one, other)
    let store = try expectSound(path)
    #expect(try pairs(store) == 100)
    #expect(try store.commits() == 101)
    #expect(try store.driver.mark() == CommitMark(commit: 101, isConfirmed: true))
    let codes = try store.read { try $0.columns(Query(kind: "courtyard"), ["code"], in: .all) }
    #expect(Set(codes).count == 200)
  }

  private static func writeFifty(_ path: String) async {
    await #expect(processExitsWith: .success) { [path = path as String] in
      let store = try Store.open(try SQLiteDriver.open(path, patience: 30))
      for _ in 0..<50 { try writePair(store, "院") }
    }
  }

  @Test func `Two processes make the tables at once`() async throws {
    let path = folder.file()
    async let one: Void = Self.create(path)
    async let other: Void = Self.create(path)
    _ = await (one, other)
    let store = try expectSound(path)
    #expect(try store.commits() == 1)
  }

  private static func create(_ path: String) async {
    await #expect(processExitsWith: .success) { [path = path as String] in
      _ = try Store.open(try SQLiteDriver.open(path, creating: true, patience: 30))
    }
  }
}
