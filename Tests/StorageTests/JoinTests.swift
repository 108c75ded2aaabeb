import GRDBSQLite
import Governance
import SQLiteStorage
import Storage
import Testing

/// What matching one query's records with another's costs.
struct Joins {
  private static let plan = Kind(
    "plan", collection: "plans", "计划", "plan", code: "PL",
    fields: [
      Field("worker", "人", "worker", .integer), Field("day", "日", "day", .day),
      Field("month", "月", "month", .period),
    ])

  private static let visit = Kind(
    "visit", collection: "visits", "走访", "visit", code: "VI", happened: "day",
    fields: [
      Field("plan", "计划", "plan", .reference(to: "plan")),
      Field("worker", "人", "worker", .integer), Field("day", "日", "day", .day),
    ])

  private static let april = Day("2026-04-01")!...Day("2026-04-30")!

  /// Many plans of one month in one unit, all but one of them followed by a visit; every
  /// worker has a plan and a visit on every second day.
  private func filled(_ count: Int) throws -> Store {
    let store = try emptyStore(kinds: [Self.plan, Self.visit])
    func values(_ number: Int) -> [String: Value] {
      ["worker": .integer(Int64(number / 15)), "day": .day(Self.april.lowerBound + number % 15)]
    }
    try store.write(office) { writing throws in
      _ = try writing.insert(
        "plan",
        (0..<count).map { number in
          Draft(
            "plan", unit: "sll-02", values(number).merging(["month": .text("2026-04")]) { $1 })
        })
      _ = try writing.insert(
        "visit",
        (1..<count).map { number in
          Draft(
            "visit", unit: "sll-02",
            values(number).merging(["plan": .integer(Int64(number))]) { $1 })
        })
    }
    return store
  }

  /// How many thousands of its virtual machine's steps SQLite takes for `body`.
  private func thousandsOfSteps(
    on handle: OpaquePointer?, _ body: () throws(any Error) -> Void
  ) rethrows -> Int {
    let steps = Steps()
    sqlite3_progress_handler(
      handle, 1000,
      { context in
        Unmanaged<Steps>.fromOpaque(context!).takeUnretainedValue().count += 1
        return 0
      }, Unmanaged.passUnretained(steps).toOpaque())
    defer { sqlite3_progress_handler(handle, 0, nil, nil) }
    try body()
    return steps.count
  }

  private final class Steps { var count = 0 }

  // Each beside each, 6,000 and 6,000 would take some hundred million steps.
  @Test(arguments: [
    ([Condition.FieldPair(outer: "id", inner: "plan")], 5_999),
    (
      [Condition.FieldPair(outer: "worker", inner: "worker"), .init(outer: "day", inner: "day")],
      5_999
    ),
    ([Condition.FieldPair(outer: "worker", inner: "worker")], 6_000),
  ])
  func `Matching costs what both sides cost, not each record beside each`(
    pairs: [Condition.FieldPair], matched: Int
  ) throws {
    let store = try filled(6_000)
    let visits = Query(kind: "visit", where: .during(field: "day", Self.april))
    let having = Condition.matched(visits, on: pairs)
    let month = Condition.compare(field: "month", .equal, .value(.text("2026-04")))
    try store.read { reading throws in
      let steps = try thousandsOfSteps(on: reading.interruption.context) { () throws in
        for (condition, count) in [(having, matched), (.not(having), 6_000 - matched)] {
          let plans = Query(kind: "plan", where: .all([month, condition]))
          #expect(try reading.count(plans, in: .only("sll-02")) == count)
        }
      }
      #expect((100...2_000).contains(steps), "\(steps) thousand steps for 12,000 records twice")
    }
  }

  // Decision 7: a comparison with a missing value is false, in a match as anywhere.
  @Test func `A missing value matches nothing, on either side and in either number of fields`()
    throws
  {
    let store = try emptyStore(kinds: [Self.plan, Self.visit])
    let day = Value.day(Self.april.lowerBound)
    try store.write(office) { writing throws in
      _ = try writing.create(Draft("plan", unit: "sll-02", ["worker": .integer(1), "day": day]))
      _ = try writing.create(Draft("plan", unit: "sll-02", ["worker": .integer(2)]))
      _ = try writing.create(Draft("plan", unit: "sll-02", [:]))
      _ = try writing.create(Draft("visit", unit: "sll-02", ["worker": .integer(1), "day": day]))
      _ = try writing.create(Draft("visit", unit: "sll-02", ["worker": .integer(2)]))
      _ = try writing.create(Draft("visit", unit: "sll-02", [:]))
    }
    let one = [Condition.FieldPair(outer: "worker", inner: "worker")]
    let two = one + [Condition.FieldPair(outer: "day", inner: "day")]
    try store.read { reading throws in
      for (pairs, matched) in [(one, [1, 2]), (two, [1])] as [([Condition.FieldPair], [Int64])] {
        let having = Condition.matched(Query(kind: "visit"), on: pairs)
        let with = try reading.records(Query(kind: "plan", where: having), in: .all)
        #expect(with.map(\.id) == matched)
        let without = try reading.records(Query(kind: "plan", where: .not(having)), in: .all)
        #expect(without.map(\.id) == [1, 2, 3].filter { !matched.contains($0) })
      }
    }
  }
}
