import Governance
import SQLiteStorage
import Storage
import Testing

@Test func `A case that is stored is read back`() throws {
  let store = try Store.open(try SQLiteDriver.inMemory())
  let signature = Signature(actor: "office", reason: "test", today: Day("2026-05-12")!)
  let id = try store.write(signature) { writing in
    try writing.create(Draft("courtyard", unit: "sll-02", ["name": .text("东院")])).id
  }
  #expect(try store.read { try $0.record("courtyard", id: id, in: .all)?.code } == "sll-02-Y-2026-0001")
}
