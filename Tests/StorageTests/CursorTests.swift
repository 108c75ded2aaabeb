import CLuaShim
import Foundation
import Governance
import SQLiteStorage
import Storage
import Synchronization
import Testing

struct Cursors {
  private func filled(_ count: Int = 3) throws -> Store {
    let store = try emptyStore()
    try store.write(office) { writing throws in
      _ = try writing.insert("courtyard", (1...count).map { courtyard("院\($0)") })
    }
    return store
  }

  private func names(_ source: RowSource) -> [String] {
    var names: [String] = []
    while source.step(source.context) == 1 {
      var length = 0
      let start = source.text(source.context, 0, &length)
      let bytes = UnsafeRawBufferPointer(start: start, count: length)
      names.append(String(decoding: bytes, as: UTF8.self))
    }
    return names
  }

  @Test func `C steps the rows and reads the columns`() throws {
    let store = try filled()
    try store.read { reading throws in
      let query = Query(kind: "courtyard", order: [Query.Order("name", ascending: false)])
      let cursor = try reading.cursor(query, ["name", "id"], in: .all)
      #expect(cursor.columns.map(\.field) == ["name", "id"])
      #expect(cursor.columns.map(\.state) == [nil, nil])
      let source = cursor.source
      #expect(source.step(source.context) == 1)
      #expect(source.type(source.context, 0) == 3)
      #expect(source.type(source.context, 1) == 1)
      #expect(source.integer(source.context, 1) == 3)
      #expect(names(source) == ["院2", "院1"])
      source.finalize(source.context)
    }
  }

  @Test func `The same query may be open twice, one loop in the other`() throws {
    let store = try filled()
    try store.read { reading throws in
      var pairs = 0
      let outer = try reading.cursor(Query(kind: "courtyard"), ["name"], in: .all).source
      while outer.step(outer.context) == 1 {
        let inner = try reading.cursor(Query(kind: "courtyard"), ["name"], in: .all).source
        pairs += names(inner).count
        inner.finalize(inner.context)
      }
      outer.finalize(outer.context)
      #expect(pairs == 9)
    }
  }

  @Test func `State columns are there when a record has a state of its own`() throws {
    let store = try filled()
    try store.write(office) { writing throws in
      var draft = courtyard("待定")
      draft.values = [:]
      draft.states = ["name": .pending]
      try writing.create(draft)
    }
    try store.read { reading throws in
      let cursor = try reading.cursor(Query(kind: "courtyard"), ["name"], in: .all)
      #expect(cursor.columns[0].state == 1)
      let source = cursor.source
      var states: [String] = []
      while source.step(source.context) == 1 {
        states.append(source.text(source.context, 1, nil).map { String(cString: $0) } ?? "")
      }
      source.finalize(source.context)
      #expect(states == ["present", "present", "present", "pending"])
    }
  }

  @Test func `A cursor that outlives its transaction gives nothing and does no harm`() throws {
    let store = try filled()
    let source = try store.read { reading throws in
      let source = try reading.cursor(Query(kind: "courtyard"), ["name"], in: .all).source
      #expect(source.step(source.context) == 1)
      return source
    }
    #expect(source.step(source.context) == -1)
    #expect(source.type(source.context, 0) == 5)
    #expect(source.text(source.context, 0, nil) == nil)
    source.finalize(source.context)
    try store.write(office) { try $0.create(courtyard("还能写")) }
  }

  /// `decisions.md` 14: a swallowed interrupt must not commit what came before it.
  @Test func `An interrupted write keeps nothing, even when the body swallows the error`() throws {
    let store = try filled()
    let commits = try store.commits()
    #expect(throws: Interrupted.self) {
      try store.write(office) { writing throws in
        try writing.create(courtyard("不该留下"))
        let source = try writing.cursor(Query(kind: "courtyard"), ["name"], in: .all).source
        defer { source.finalize(source.context) }
        #expect(source.step(source.context) == 1)
        writing.interruption()
        #expect(source.step(source.context) == -1)
        // What a script's pcall does: go on as if nothing had happened.
        _ = try? writing.count(Query(kind: "courtyard"), in: .all)
        try? writing.beginSavepoint()
      }
    }
    #expect(try store.read { try $0.count(Query(kind: "courtyard"), in: .all) } == 3)
    #expect(try store.commits() == commits)
  }

  @Test func `An interrupted step alone is enough to lose the write`() throws {
    let store = try filled()
    #expect(throws: Interrupted.self) {
      try store.write(office) { writing throws in
        try writing.create(courtyard("不该留下"))
        let source = try writing.cursor(Query(kind: "courtyard"), ["name"], in: .all).source
        _ = source.step(source.context)
        writing.interruption()
        _ = source.step(source.context)
        source.finalize(source.context)
      }
    }
    #expect(try store.read { try $0.count(Query(kind: "courtyard"), in: .all) } == 3)
  }

  @Test func `Another thread stops a statement that never ends`() throws {
    let driver = try SQLiteDriver.inMemory()
    #expect(throws: Interrupted.self) {
      try driver.read { connection in
        let interruption = connection.interruption
        let hasEnded = Atomic(false)
        // Again and again: an interruption before the statement's first step does nothing.
        let thread = DispatchQueue(label: "interrupter")
        thread.async { while !hasEnded.load(ordering: .relaxed) { interruption(); usleep(1000) } }
        defer {
          hasEnded.store(true, ordering: .relaxed)
          thread.sync {}
        }
        let endless =
          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
        try connection.forEachRow(endless, []) { _ in true }
      }
    }
  }

  /// `decisions.md` 13: the deadline's signal is armed on the thread that called.
  @Test func `Reads and writes run on the calling thread`() throws {
    let folder = Folder()
    let stores = [try filled(), try storeOnDisk(folder.file())]
    for store in stores {
      final class Box: @unchecked Sendable { var same: [Bool] = [] }
      let box = Box()
      let done = DispatchSemaphore(value: 0)
      // A plain thread, as a run has.
      let thread = Thread {
        let caller = pthread_self()
        let read = try? store.read { _ in pthread_self() == caller }
        let written = try? store.write(office) { _ in pthread_self() == caller }
        box.same = [read ?? false, written ?? false]
        done.signal()
      }
      thread.stackSize = 64 << 20
      thread.start()
      done.wait()
      #expect(box.same == [true, true])
    }
  }
}
