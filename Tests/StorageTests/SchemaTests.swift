import Governance
import SQLiteStorage
import Storage
import Testing

struct Schemas {
  private let folder = Folder()

  private func kind(_ fields: [Field]) -> Kind {
    Kind("lamp", collection: "lamps", "路灯", "lamp", code: "LP", fields: fields)
  }

  private let height = Field("height", "高", "height", .integer)
  private let colour = Field("colour", "色", "colour", .choice([Choice("red", "红", "red")]))

  private func open(_ fields: [Field]) throws -> Store {
    try Store.open(try SQLiteDriver.open(folder.file(), creating: true), kinds: [kind(fields)])
  }

  private func lamp(_ values: [String: Value]) -> Draft { Draft("lamp", unit: "sll-02", values) }

  @Test func `A field that is added starts without values`() throws {
    let id = try open([height]).write(office) { try $0.create(lamp(["height": .integer(4)])).id }
    let store = try open([height, colour])
    let record = try #require(try store.read { try $0.record("lamp", id: id, in: .all) })
    #expect(record.values == ["height": .integer(4)])
    try store.write(office) { try $0.update("lamp", id: id, ["colour": .text("red")]) }
    #expect(try store.examine().allSatisfy { $0.problem == nil })
  }

  @Test func `A choice that is added is accepted, and others still are not`() throws {
    _ = try open([colour])
    let more = Field(
      "colour", "色", "colour", .choice([Choice("red", "红", "red"), Choice("blue", "蓝", "blue")]))
    let store = try open([more])
    try store.write(office) { try $0.create(lamp(["colour": .text("blue")])) }
    let refusal = problem { try meddle(store, "UPDATE lamps SET colour = 'black'") }
    #expect(refusal?.code == .inputInvalid)
  }

  /// `decisions.md` 2: columns are retired, never dropped or reused.
  @Test func `A field that goes keeps its column, and coming back finds its values`() throws {
    let id = try open([height, colour]).write(office) {
      try $0.create(lamp(["height": .integer(4), "colour": .text("red")])).id
    }
    let without = try open([colour])
    #expect(
      try without.read { try $0.record("lamp", id: id, in: .all)?.values } == [
        "colour": .text("red")
      ])
    let back = try open([height, colour])
    #expect(
      try back.read { try $0.record("lamp", id: id, in: .all)?.values["height"] } == .integer(4))
  }

  @Test func `A retired name cannot come back as something else`() throws {
    _ = try open([height, colour])
    _ = try open([colour])
    let refusal = problem { try open([Field("height", "高", "height", .text), colour]) }
    #expect(refusal?.message.chinese == "“路灯”以前有过另一种内容的“height”，同名字段不能改作他用")
    _ = try open([height, colour])
  }

  @Test func `Opening again with the same kinds changes nothing`() throws {
    let first = try open([height])
    let commits = try first.commits()
    #expect(try open([height]).commits() == commits)
    #expect(try open([height, colour]).commits() == commits + 1)
  }

  /// The database itself refuses what no field may hold, whoever writes it.
  @Test(arguments: [
    "UPDATE cases SET kind = 'flood'", "UPDATE cases SET danger = 2",
    "UPDATE cases SET closed = '2026-02-30'", "UPDATE cases SET closed = '12.5.2026'",
    "UPDATE cases SET extended = 'many'", "UPDATE cases SET code = NULL",
  ])
  func `Checks stand in the tables`(statement: String) throws {
    let store = try emptyStore()
    try store.write(office) { try $0.create(facilityCase()) }
    #expect(problem { try meddle(store, SQL(trusted: statement)) } != nil)
  }

  @Test func `Every built-in kind has a table that takes an empty query`() throws {
    let store = try emptyStore()
    try store.read { reading throws in
      for kind in BuiltInKinds.all {
        #expect(try reading.records(Query(kind: kind.id), in: .all).isEmpty)
        #expect(
          try reading.records(
            Query(kind: kind.id), in: Scope(units: .only(["a"]), grants: .all(disclosing: []))
          ).isEmpty)
      }
    }
  }
}

struct Texts {
  @Test func `An interpolation is a binding, a piece of SQL is embedded`() {
    let recent: SQL = "year > \(2020)"
    let query: SQL = "SELECT * FROM \(name: "a\"b") WHERE form = \("x' OR 1=1") AND \(recent)"
    let (text, bindings) = query.rendered(for: .sqlite)
    #expect(text == "SELECT * FROM \"a\"\"b\" WHERE form = ?1 AND year > ?2")
    #expect(bindings == [.text("x' OR 1=1"), .integer(2020)])
  }
}
