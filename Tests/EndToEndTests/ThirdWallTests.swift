import Governance
import Plugins
import SQLiteStorage
import Storage
import Testing

@testable import Core

/// Decision 0010: the query compiler refuses what a manifest does not grant, even where the
/// capabilities that come before it had a hole.
@Suite struct ThirdWallTests {
  static func manifest(_ reads: String) throws -> Manifest {
    try Manifest(
      yaml: "id: x\ntitle: 甲\nversion: 1.0.0\napi: 1\nlayer: street\nreads:\n  \(reads)\n",
      file: "plugins/street/x/plugin.yaml", owner: .street)
  }

  static func inWorld(_ manifest: Manifest?, _ body: (World) throws -> Void) throws {
    let today = Day("2026-05-12")!
    let store = try Store.open(try SQLiteDriver.inMemory())
    let units = try UnitTree(units: [
      Unit("sll", name: Words("四龙路街道", "Silonglu Street"), level: .street)
    ])
    let settings = WorkspaceSettings(
      [], files: [], functions: SettingFunctions([]), recorded: [], units: units)
    try store.write(Signature(actor: "office", reason: "登记", today: today)) { writer in
      let world = World(
        writer, settings: settings, units: units, calendar: .withoutNotices, today: today,
        language: .chinese, visible: .all, actor: .office)
      if let manifest { world.restrict(to: manifest) }
      try body(world)
    }
  }

  static let place = Query(
    kind: "case", where: .compare(field: "place", .equal, .value(.text("桥下"))))
  static let ordered = Query(kind: "case", order: [.init("place")], limit: 1)
  static let joined = Query(
    kind: "case",
    where: .matched(Query(kind: "building"), on: [.init(outer: "building", inner: "id")]))
  static let inner = Query(
    kind: "case", where: .not(.any([.matched(place, on: [.init(outer: "id", inner: "id")])])))

  @Test func `What the manifest does not grant cannot be named to the compiler in any way`() throws
  {
    try Self.inWorld(try Self.manifest("cases: [state]")) { world throws in
      for query in [Self.place, Self.ordered, Self.joined, Self.inner, Query(kind: "person")] {
        #expect(throws: Problem.self) { _ = try world.rows(query, fields: ["code"]) }
        #expect(throws: Problem.self) { _ = try world.aggregate(query, .sum("extended")) }
        #expect(throws: Problem.self) { _ = try world.groups(query, by: ["place"], .count) }
      }
      for query in [Self.place, Self.joined, Self.inner, Query(kind: "person")] {
        #expect(throws: Problem.self) { _ = try world.aggregate(query, .count) }
        #expect(throws: Problem.self) { _ = try world.contribution(query) }
      }
      #expect(throws: Problem.self) { _ = try world.rows(Query(kind: "case"), fields: ["place"]) }
      let refusal = #expect(throws: Problem.self) { _ = try world.aggregate(Self.place, .count) }
      #expect(refusal?.code == .denied)
    }
  }

  @Test func `What it grants is read, and by what the host itself must ask`() throws {
    try Self.inWorld(try Self.manifest("cases: [state]")) { world throws in
      let open = Query(
        kind: "case",
        where: .all([
          .compare(field: "state", .equal, .value(.text("accepted"))),
          .not(.oneOf(field: "kind", [.text("new_pregnancy")])),
        ]))
      #expect(try world.aggregate(open, .count).value == .integer(0))
      #expect(try world.contribution(open).0 == 0)
    }
    try Self.inWorld(try Self.manifest("cases: all")) { world throws in
      #expect(try world.aggregate(Self.place, .count).value == .integer(0))
    }
    // A plain file has its actor's rights.
    try Self.inWorld(nil) { world throws in
      #expect(try world.aggregate(Self.joined, .count).value == .integer(0))
    }
  }

  @Test func `Filing and changing check what the package itself may not read`() throws {
    try Self.inWorld(try Self.manifest("merits: [title]")) { world throws in
      let id = try world.create(
        "merit",
        [
          "unit": .text("sll"), "title": .text("获奖"), "day": .day(Day("2026-05-01")!),
          "points": .decimal(Decimal("1.0")!),
        ])
      try world.update("merit", id: id, ["title": .text("得奖")], reason: "更正")
    }
  }
}
