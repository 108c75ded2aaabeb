import Digests
import Foundation
import Governance
import SQLiteStorage
import Storage
import Testing

struct KeptThings {
  @Test func `Contents are kept once under their digest, and can be erased with a reason`() throws {
    let store = try emptyStore()
    let bytes = Array("return {}".utf8)
    let digest = try store.write(office) { writing throws in
      let first = try writing.keep(content: bytes)
      #expect(try writing.keep(content: bytes) == first)
      return first
    }
    #expect(digest == Digest(of: bytes))
    #expect(try store.read { try $0.content(digest) } == .bytes(bytes))
    try store.write(office) { try $0.erase(content: digest, because: "保存期满") }
    #expect(try store.read { try $0.content(digest) } == .erased(on: today, because: "保存期满"))
    let gone = problem { try store.read { try $0.bytes(digest) } }
    #expect(gone?.code == .replayUnavailable)
    #expect(gone?.message.chinese == "留存内容 \(digest.short) 已于 2026-05-12 清除：保存期满")
    #expect(try store.verifyAudit() == [])
  }

  @Test func `Empty content is content`() throws {
    let store = try emptyStore()
    let digest = try store.write(office) { try $0.keep(content: []) }
    #expect(try store.read { try $0.content(digest) } == .bytes([]))
  }

  @Test func `Content that was altered is not given out`() throws {
    let store = try emptyStore()
    let digest = try store.write(office) { try $0.keep(content: [1, 2, 3]) }
    try meddle(store, "UPDATE gongyue_contents SET content = x'010204'")
    #expect(problem { try store.read { try $0.content(digest) } }?.code == .storageDamaged)
  }

  /// `decisions.md` 16: a new `set` ends its predecessor.
  @Test func `A new definition ends the one before it`() throws {
    let store = try emptyStore()
    func set(_ value: String?, from: String, _ target: Storage.SettingDefinition.Target) throws {
      try store.write(office) {
        try $0.set(
          Storage.SettingDefinition(
            key: "notice.workdays", target: target, strength: "set", value: value,
            from: Day(from)!, basis: "居民会议通过"))
      }
    }
    try set("7", from: "2026-01-01", .unit("sll-02"))
    try set("9", from: "2026-03-01", .unit("sll-02"))
    try set("5", from: "2026-02-01", .type("old_estate"))
    try set(nil, from: "2026-03-01", .unit("sll-02"))
    let settings = try store.read { try $0.settings() }
    #expect(settings.map(\.definition.value) == ["7", "9", "5", nil])
    #expect(settings.map(\.definition.to) == [Day("2026-03-01"), Day("2026-03-01"), nil, nil])
    #expect(
      settings.map(\.definition.target) == [
        .unit("sll-02"), .unit("sll-02"), .type("old_estate"), .unit("sll-02"),
      ])
    #expect(settings.map(\.author) == ["office", "office", "office", "office"])
  }

  @Test func `A closed result is numbered and never stored twice`() throws {
    let store = try emptyStore()
    func close(_ correction: Int, _ result: String) throws {
      try store.write(office) {
        try $0.append(
          Assessment(
            id: "a@2026-04#\(correction)", formula: "a", period: "2026-04", correction: correction,
            result: Array(result.utf8), manifest: Array("{}".utf8)))
      }
    }
    try close(0, "[90]")
    try close(1, "[91]")
    #expect(problem { try close(1, "[92]") }?.code == .periodOpen)
    #expect(problem { try close(5, "[92]") }?.code == .periodOpen)
    try store.read { reading throws in
      #expect(try reading.nextCorrection("a", "2026-04") == 2)
      #expect(try reading.assessments(formula: "a").map(\.correction) == [0, 1])
      #expect(try reading.assessments(period: "2026-05").isEmpty)
      let kept = try #require(try reading.assessment("a@2026-04#1"))
      #expect(try reading.bytes(kept.result) == Array("[91]".utf8))
      #expect(kept.author == "office")
    }
  }

  /// `decisions.md` 4: replay reads the records as they were.
  @Test func `A snapshot answers as the records did, after they have changed`() throws {
    let store = try emptyStore()
    let id = try store.write(office) { writing throws in
      for unit in ["sll-01", "sll-02"] {
        _ = try writing.create(facilityCase(UnitID(unit)))
        var draft = facilityCase(UnitID(unit), kind: "safety_hazard")
        draft.states = ["place": .pending]
        _ = try writing.create(draft)
      }
      return try writing.create(facilityCase("sll-02")).id
    }
    let query = Query(kind: "case", order: [Query.Order("reported")])
    let before = try store.read { try $0.records(query, in: .all) }
    let evidence = try store.read { try $0.evidence(query, in: .all, listing: 2) }
    let snapshot = try store.write(office) { try $0.snapshot(["case", "courtyard"], units: .all) }
    #expect(snapshot.parts.map(\.unit) == ["sll-01", "sll-02"])
    #expect(Snapshot(json: snapshot.json) == snapshot)
    let again = try store.write(office) { try $0.snapshot(["case"], units: .only(["sll-01"])) }
    #expect(again.parts == [snapshot.parts[0]])

    try store.write(office) { writing throws in
      try writing.update("case", id: id, ["state": .text("closed")])
      try writing.create(facilityCase("sll-01"))
    }
    let replay = try store.read { try $0.restored(snapshot, into: try SQLiteDriver.inMemory()) }
    #expect(try replay.read { try $0.records(query, in: .all) } == before)
    #expect(try replay.read { try $0.evidence(query, in: .all, listing: 2) } == evidence)
    #expect(try store.read { try $0.evidence(query, in: .all) }.digest != evidence.digest)

    try store.write(office) { try $0.erase(content: snapshot.parts[1].digest, because: "居民要求") }
    let gone = problem {
      try store.read { try $0.restored(snapshot, into: try SQLiteDriver.inMemory()) }
    }
    #expect(gone?.code == .replayUnavailable)
  }

  @Test func `Evidence names the first codes and changes with every version`() throws {
    let store = try emptyStore()
    let ids = try store.write(office) {
      try $0.insert("courtyard", ["甲", "乙", "丙"].map { courtyard($0) })
    }
    let query = Query(kind: "courtyard")
    let first = try store.read { try $0.evidence(query, in: .all, listing: 2) }
    #expect(first.count == 3)
    #expect(first.codes == ["sll-02-Y-2026-0001", "sll-02-Y-2026-0002"])
    let reversed = Query(kind: "courtyard", order: [Query.Order("id", ascending: false)])
    #expect(try store.read { try $0.evidence(reversed, in: .all) }.digest == first.digest)
    try store.write(office) { try $0.update("courtyard", id: ids[0], ["name": .text("改")]) }
    #expect(try store.read { try $0.evidence(query, in: .all) }.digest != first.digest)
  }
}

struct Copies {
  private let folder = Folder()

  @Test func `A backup holds everything and counts its own commits`() throws {
    let store = try storeOnDisk(folder.file(), courtyards: ["甲", "乙"])
    let copy = folder.file("copy.sqlite")
    try store.backup(to: copy)
    let copied = try Store.open(try SQLiteDriver.open(copy))
    #expect(try copied.read { try $0.count(Query(kind: "courtyard"), in: .all) } == 2)
    #expect(try copied.driver.mark() == CommitMark(commit: 3, isConfirmed: true))
    #expect(try copied.examine().allSatisfy { $0.problem == nil })
    #expect(problem { try store.backup(to: copy) }?.code == .fileUnavailable)
  }

  @Test func `A restore needs force, keeps the old database, and can be undone`() throws {
    let store = try storeOnDisk(folder.file(), courtyards: ["甲"])
    let copy = folder.file("copy.sqlite")
    try store.backup(to: copy)
    try store.write(office) { try $0.create(courtyard("乙")) }
    let refusal = problem { try SQLiteDriver.restore(from: copy, to: folder.file(), force: false) }
    #expect(refusal?.code == .workspaceExists)
    #expect(refusal?.message.chinese == "这里已经有一个数据库，没有覆盖它")

    let kept = try #require(try SQLiteDriver.restore(from: copy, to: folder.file(), force: true))
    #expect(kept == folder.file() + ".before-1")
    let restored = try Store.open(try SQLiteDriver.open(folder.file()))
    #expect(try restored.read { try $0.count(Query(kind: "courtyard"), in: .all) } == 1)
    #expect(try restored.examine().allSatisfy { $0.problem == nil })

    let second = try SQLiteDriver.restore(from: kept, to: folder.file(), force: true)
    #expect(second == folder.file() + ".before-2")
    let back = try Store.open(try SQLiteDriver.open(folder.file()))
    #expect(try back.read { try $0.count(Query(kind: "courtyard"), in: .all) } == 2)
  }

  @Test func `A restore into an empty place keeps nothing`() throws {
    let store = try storeOnDisk(folder.file())
    let copy = folder.file("copy.sqlite")
    try store.backup(to: copy)
    #expect(
      try SQLiteDriver.restore(from: copy, to: folder.file("new.sqlite"), force: false) == nil)
    let restored = try Store.open(try SQLiteDriver.open(folder.file("new.sqlite")))
    #expect(try restored.examine().allSatisfy { $0.problem == nil })
  }

  @Test func `A copy that is not sound replaces nothing`() throws {
    let store = try storeOnDisk(folder.file(), courtyards: ["甲", "乙"])
    let copy = folder.file("copy.sqlite")
    try store.backup(to: copy)
    let tampered = try Store.open(try SQLiteDriver.open(copy))
    try meddle(tampered, "UPDATE gongyue_audit SET actor = 'x' WHERE sequence = 2")
    let refusal = problem { try SQLiteDriver.restore(from: copy, to: folder.file(), force: true) }
    #expect(refusal?.code == .storageDamaged)
    #expect(refusal?.message.chinese == "数据库已损坏：第 2 条审计记录被改过")
    #expect(try store.read { try $0.count(Query(kind: "courtyard"), in: .all) } == 2)
    #expect(
      try Store.open(try SQLiteDriver.open(folder.file())).examine().allSatisfy {
        $0.problem == nil
      })
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(!names.contains { $0.contains("before") || $0.contains("restoring") })
  }

  @Test func `A broken database can be replaced, and is kept as it was`() throws {
    let store = try storeOnDisk(folder.file("good.sqlite"))
    let copy = folder.file("copy.sqlite")
    try store.backup(to: copy)
    _ = FileManager.default.createFile(atPath: folder.file(), contents: Data("rubbish".utf8))
    let kept = try #require(try SQLiteDriver.restore(from: copy, to: folder.file(), force: true))
    #expect(try String(contentsOfFile: kept, encoding: .utf8) == "rubbish")
    _ = try Store.open(try SQLiteDriver.open(folder.file()))
  }
}
