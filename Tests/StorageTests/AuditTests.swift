import Governance
import SQLiteStorage
import Storage
import Testing

struct AuditLog {
  private func filled() throws -> Store {
    let store = try emptyStore()
    for name in ["甲", "乙", "丙", "丁"] {
      try store.write(office) { try $0.create(courtyard(name)) }
    }
    return store
  }

  @Test func `An entry says who, when, why, by which plugin and what`() throws {
    let store = try emptyStore()
    let clerk = Signature(
      actor: "worker@sll-02", reason: "登记院落", plugin: "street.tidy 1.2.0", today: today)
    try store.write(clerk) { try $0.create(courtyard("东院")) }
    let entry = try store.read { try $0.audit(newest: 1)[0] }
    #expect(entry.sequence == 2)
    #expect(entry.at == Instant(today, hour: 9))
    #expect(entry.actor == "worker@sll-02")
    #expect(entry.reason == "登记院落")
    #expect(entry.plugin == "street.tidy 1.2.0")
    #expect(entry.summary == "create courtyard sll-02-Y-2026-0001")
    guard case .changes(_, let changes) = entry.content else {
      Issue.record("no changes")
      return
    }
    #expect(
      changes.canonical == """
        [{"action":"create","code":"sll-02-Y-2026-0001","detail":{"unit":"sll-02",\
        "values":{"name":"东院"}},"id":1,"kind":"courtyard"}]
        """)
    #expect(try store.verifyAudit() == [])
  }

  /// Entry 1 declares the kinds; 2 to 5 are the four courtyards.
  @Test(arguments: [
    (
      "UPDATE gongyue_audit SET actor = 'someone' WHERE sequence = 3", ["audit entry 3 was altered"]
    ),
    ("UPDATE gongyue_audit SET reason = 'other' WHERE sequence = 5", ["audit entry 5 was altered"]),
    (
      "UPDATE gongyue_audit SET summary = 'nothing' WHERE sequence = 1",
      ["audit entry 1 was altered"]
    ),
    ("UPDATE gongyue_audit SET at = at + 1 WHERE sequence = 2", ["audit entry 2 was altered"]),
    (
      "DELETE FROM gongyue_audit WHERE sequence = 3",
      ["audit entry 3 was removed", "audit entry 4 does not follow the one before it"]
    ),
    ("DELETE FROM gongyue_audit WHERE sequence >= 4", ["the audit log lacks entry 4–5 at its end"]),
    (
      "UPDATE gongyue_payloads SET content = '[]' WHERE sequence = 4",
      ["what audit entry 4 says was written was altered"]
    ),
    (
      "DELETE FROM gongyue_payloads WHERE sequence = 2",
      ["what audit entry 2 says was written is gone, without having been erased"]
    ),
    (
      "UPDATE gongyue_state SET head = 'x'", ["audit entry 5 does not follow the one before it"]
    ),
  ])
  func `What was done to the log is found and named`(statement: String, found: [String]) throws {
    let store = try filled()
    #expect(try store.verifyAudit() == [])
    try meddle(store, SQL(trusted: statement))
    let problems = try store.verifyAudit()
    #expect(problems.map(\.message.english) == found)
    #expect(problems.allSatisfy { $0.code == .auditBroken })
  }

  @Test func `Two entries that changed places are found`() throws {
    let store = try filled()
    try meddle(store, "UPDATE gongyue_audit SET sequence = 999 WHERE sequence = 3")
    try meddle(store, "UPDATE gongyue_audit SET sequence = 3 WHERE sequence = 4")
    try meddle(store, "UPDATE gongyue_audit SET sequence = 4 WHERE sequence = 999")
    let found = Set(try store.verifyAudit().map(\.message.english))
    #expect(found.contains("audit entry 3 was altered"))
    #expect(found.contains("audit entry 4 was altered"))
  }

  @Test func `An entry cut off together with its count is missed by the mark`() throws {
    let folder = Folder()
    let store = try storeOnDisk(folder.file(), courtyards: ["甲", "乙"])
    try meddle(store, "DELETE FROM gongyue_audit WHERE sequence = 3")
    try meddle(
      store,
      "UPDATE gongyue_state SET commits = 2, head = (SELECT digest FROM gongyue_audit WHERE sequence = 2)"
    )
    #expect(
      try store.verifyAudit().map(\.message.chinese) == ["审计日志末尾缺第 3 条"])
  }

  /// `decisions.md` 5.
  @Test func `A payload can be erased, and the chain stays whole`() throws {
    let store = try filled()
    try store.write(office) { try $0.eraseAuditPayload(3, because: "居民要求删除个人信息") }
    #expect(try store.verifyAudit() == [])
    let entry = try #require(try store.read { try $0.auditEntry(3) })
    #expect(entry.content == .erased(on: today, because: "居民要求删除个人信息"))
    #expect(entry.summary == "create courtyard sll-02-Y-2026-0002")
    let again = problem {
      try store.write(office) { try $0.eraseAuditPayload(3, because: "再来一次") }
    }
    #expect(again?.message.chinese == "第 3 条审计记录没有可清除的内容")
  }

  @Test func `Equal payloads have different digests`() throws {
    let store = try emptyStore()
    for _ in 0..<2 { try store.write(office) { $0.note("enable", ["plugin": .string("a")]) } }
    let digests = try store.read { try $0.audit(newest: 2).map(\.payload) }
    #expect(digests[0] != digests[1])
  }

  /// Two filed one by one, one of them corrected; three at once, one of them corrected
  /// and one taken back; a setting that ended another.
  private func written() throws -> Store {
    let store = try emptyStore()
    func definition(_ value: String, from: String) -> Storage.SettingDefinition {
      Storage.SettingDefinition(
        key: "notice.days", target: .unit("sll-02"), strength: "set", value: value,
        from: Day(from)!, basis: "会议")
    }
    try store.write(office) { writer in
      try writer.create(courtyard("甲"))
      try writer.create(courtyard("乙"))
      _ = try writer.insert("courtyard", ["丙", "丁", "戊"].map { courtyard($0) })
      try writer.set(definition("7", from: "2026-01-01"))
    }
    try store.write(office) { writer in
      try writer.correct("courtyard", id: 2, ["name": .text("乙院")], reason: "写错了")
      try writer.correct("courtyard", id: 3, ["name": .text("丙院")], reason: "写错了")
      try writer.retract("courtyard", id: 4, reason: "重复")
      try writer.set(definition("9", from: "2026-05-01"))
    }
    return store
  }

  @Test(arguments: [
    (
      "UPDATE courtyards SET name = '假' WHERE id = 1",
      ["the courtyard sll-02-Y-2026-0001 is not as the audit log says"]
    ),
    (
      "UPDATE courtyards SET name = '假' WHERE id = 3",
      ["the courtyard sll-02-Y-2026-0003 is not as the audit log says"]
    ),
    (
      "UPDATE courtyards SET unit = 'sll-01' WHERE id = 5",
      [
        "of the 3 courtyards that audit entry 2 filed at once (sll-02-Y-2026-0003 to "
          + "sll-02-Y-2026-0005), some were changed or removed behind it"
      ]
    ),
    (
      "UPDATE courtyards SET _retracted = 0 WHERE id = 4",
      ["the courtyard sll-02-Y-2026-0004 is not as the audit log says"]
    ),
    ("DELETE FROM courtyards WHERE id = 1", ["the courtyard sll-02-Y-2026-0001 is gone"]),
    (
      """
      INSERT INTO courtyards (code, unit, _version, _sequence, name)
      VALUES ('sll-02-Y-2026-0099', 'sll-02', 1, 2, '己')
      """, ["the courtyard sll-02-Y-2026-0099 was never filed"]
    ),
    (
      "UPDATE gongyue_versions SET content = replace(content, '乙', '假')",
      ["version 1 of the courtyard sll-02-Y-2026-0002 is not as the audit log says"]
    ),
    (
      "UPDATE gongyue_settings SET value = '1' WHERE id = 1",
      ["the setting notice.days (database no. 1) is not as the audit log says"]
    ),
    (
      "UPDATE gongyue_settings SET valid_to = NULL WHERE id = 1",
      ["the setting notice.days (database no. 1) is not as the audit log says"]
    ),
    (
      "DELETE FROM gongyue_settings WHERE id = 2",
      ["the setting notice.days (database no. 2) is gone"]
    ),
  ])
  func `What was done to records and settings behind the log is named`(
    statement: String, found: [String]
  ) throws {
    let store = try written()
    #expect(try store.verifyRecords() == [])
    try meddle(store, SQL(trusted: statement))
    #expect(try store.verifyAudit() == [])
    let problems = try store.verifyRecords()
    #expect(problems.map(\.message.english) == found)
    #expect(problems.allSatisfy { $0.code == .auditBroken })
  }

  @Test func `What an erased payload said is passed over, the rest is not`() throws {
    let store = try written()
    try store.write(office) { try $0.eraseAuditPayload(3, because: "本人要求") }
    #expect(try store.verifyRecords() == [])
    try meddle(store, "UPDATE courtyards SET name = '假' WHERE id = 1")
    #expect(
      try store.verifyRecords().map(\.message.chinese) == ["院落 sll-02-Y-2026-0001 与审计日志不符"])
  }
}
