import DemoStreet
import Governance
import Testing

@testable import StreetEvaluator

/// Ten weeks of life: numbers, mix, clocks (`domain.md` §9 "Time line", §1.E, `decisions.md` "Clocks").
struct LifeTests {
  static let cases = StreetRecords.shipped("case")

  static func month(_ record: NewRecord) -> Int { record.moment("reported")!.day.month }

  @Test func `about four hundred cases are reported in a month`() {
    for month in [3, 4] {
      #expect((385...415).contains(Self.cases.count { Self.month($0) == month }))
    }
    let reported = Self.cases.map { $0.moment("reported")!.day }
    #expect(reported.min()! >= Day("2026-03-01")! && reported.max()! <= Day("2026-05-12")!)
  }

  /// E1 24 %, E2 21 %, E3 4 %, E4 10 %, E5 6 %, E6 11 %, E7 17 %, E8 7 %.
  @Test func `reports come in the stated mix`() {
    let shares = [24, 21, 4, 10, 6, 11, 17, 7]
    for (choice, share) in zip(BuiltInKinds.reportKinds, shares) {
      let count = Self.cases.count { $0.text("kind") == choice.code }
      let exact = Double(Self.cases.count) * Double(share) / 100
      #expect(abs(Double(count) - exact) <= 9, "\(choice.code): \(count), \(exact)")
    }
  }

  /// 82 % closed, 9 % open, 5 % overdue, 2 % duplicate, 2 % withdrawn.
  @Test func `today's states are in the stated shares`() {
    let now = Instant(Day("2026-05-12")!, hour: 17)
    func share(_ matches: (NewRecord) -> Bool) -> Double {
      100 * Double(Self.cases.count(where: matches)) / Double(Self.cases.count)
    }
    let closed = share { $0.text("state") == "closed" }
    let overdue = share { Self.isOverdue($0, at: now) }
    let open = share {
      $0.moment("resolved") == nil && $0.text("state") != "excluded" && !Self.isOverdue($0, at: now)
    }
    #expect((81...83).contains(closed) && (8...10).contains(open) && (4.5...5.5).contains(overdue))
    #expect((1.5...2.5).contains(share { $0.text("exclusion") == "duplicate" }))
    #expect((1.5...2.5).contains(share { $0.text("exclusion") == "withdrawn" }))
  }

  static func isOverdue(_ record: NewRecord, at now: Instant) -> Bool {
    record.text("state") != "excluded" && record.moment("resolved") == nil
      && record.moment("resolve_due")! < now
  }

  @Test(arguments: StreetRecords.communities)
  func `every community has three yellow and two red cases today`(unit: UnitID) {
    let late = StreetRecords.shipped("case", unit).filter {
      Self.isOverdue($0, at: Instant(Day("2026-05-12")!, hour: 17))
    }
    #expect(late.count { $0.day("red_on") == nil } >= 3)
    #expect(late.count { $0.day("red_on") != nil } >= 2)
    for record in late {
      let due = record.moment("resolve_due")!.day
      let days = (1...30).map { due + $0 }.filter { $0 <= Day("2026-05-12")! }
      let worked = days.count(where: StreetRecords.isWorkday)
      #expect((worked >= 3) == (record.day("red_on") != nil))
    }
  }

  /// §1.E with the working days of 2026: the clocks of plain cases, recounted one day at a time.
  @Test func `clocks follow from the report and the calendar`() {
    let days = [
      "facility_damage": 7, "back_alley_unclean": 2, "new_pregnancy": 3, "inbound_residents": 3,
      "serious_illness": 3, "rental_started": 5, "safety_hazard": 7, "instability_factor": 15,
    ]
    func after(_ start: Day, _ count: Int) -> Day {
      var day = start
      var left = count
      while left > 0 {
        day = day + 1
        if StreetRecords.isWorkday(day) { left -= 1 }
      }
      return day
    }
    for record in Self.cases where record.number("extended") == 0 {
      let reported = record.moment("reported")!
      let kind = record.text("kind")!
      let isDanger = record.isTrue("danger")
      let resolve = record.moment("resolve_due")!
      if isDanger {
        #expect(resolve.milliseconds - reported.milliseconds == 24 * 3_600_000)
      } else {
        #expect(resolve == Instant(after(reported.day, days[kind]!), hour: 18))
      }
      let accept = record.moment("accept_due")!
      switch kind {
      case "safety_hazard":
        #expect(
          accept.milliseconds - reported.milliseconds == (isDanger ? 2 : 24) * 3_600_000)
      case "instability_factor":
        #expect(accept.milliseconds - reported.milliseconds == 24 * 3_600_000)
      default: #expect(accept == Instant(after(reported.day, 1), hour: 18))
      }
    }
  }

  @Test func `events of a case follow each other and none lies ahead of today`() {
    let now = Instant(Day("2026-05-12")!, hour: 17)
    for record in Self.cases {
      let moments = ["reported", "accepted", "resolved", "fed_back"].compactMap(record.moment)
      #expect(moments == moments.sorted() && moments.last! <= now, "\(record)")
      if let resolved = record.moment("resolved") {
        #expect(record.moment("accepted") != nil)
        let ends = record.day("watch_ends")
        #expect(ends == nil || ends == resolved.day + 30)
      }
    }
    for kind in BuiltInKinds.all {
      guard let field = kind.happened, kind.id != "case" else { continue }
      let days = StreetRecords.shipped(kind.id).compactMap { $0.day(field) }
      #expect(days.allSatisfy { $0 <= Day("2026-05-12")! }, "\(kind.id)")
    }
  }

  /// 十字街 answers in three working days by its own decision, the others in the street's five.
  @Test func `questions fall due as their community decided`() {
    for record in StreetRecords.shipped("question") {
      let asked = record.day("asked")!
      let due = record.day("due")!
      let worked = (1...(due - asked)).count { StreetRecords.isWorkday(asked + $0) }
      #expect(worked == (record.unit == "sll-02" ? 3 : 5))
      #expect(record.day("answered").map { $0 >= asked } ?? true)
    }
  }

  /// P7: 四龙路 plans 287 household visits a month plus its 64 units.
  @Test func `visit plans follow the street's policy`() {
    func plans(_ unit: UnitID, _ sort: String) -> Int {
      StreetRecords.shipped("visit_plan", unit).count {
        $0.text("sort") == sort && $0.text("month") == "2026-04"
      }
    }
    #expect(plans("sll-03", "household") == 287)
    #expect(plans("sll-03", "unit") == 64)
    for unit in StreetRecords.communities {
      #expect(
        abs(6 * plans(unit, "household") - StreetRecords.shipped("dwelling", unit).count) <= 6)
    }
  }

  /// P11: 5,198 + 37 − 21 + 4 − 6 + 2 = 5,214.
  @Test func `ledgers run on from month to month and end at the rows that are there`() {
    func count(_ unit: UnitID, _ month: String) -> NewRecord {
      StreetRecords.shipped("ledger_count", unit).first {
        $0.text("ledger") == "residents" && $0.text("month") == month
      }!
    }
    for unit in StreetRecords.communities {
      #expect(count(unit, "2026-03").number("counted") == count(unit, "2026-04").number("opening"))
      #expect(
        count(unit, "2026-04").number("counted") == StreetRecords.shipped("person", unit).count)
      #expect(count(unit, "2026-05").number("counted") == nil)
    }
    #expect(count("sll-02", "2026-04").number("opening") == 5198)
    let moved = StreetRecords.shipped("ledger_movement", "sll-02").filter {
      $0.text("ledger") == "residents" && $0.day("day")!.month == 4
    }
    let byCause = Dictionary(grouping: moved) { $0.text("cause")! }
    #expect(
      byCause.mapValues { $0.reduce(0) { $0 + $1.number("quantity")! } }
        == ["in": 37, "out": -21, "birth": 4, "death": -6, "correction": 2])
    #expect(byCause["correction"]!.allSatisfy { $0.text("reason") != nil })
  }

  @Test func `call-backs record their seed and never touch sensitive cases`() {
    let sensitive = Set(
      Self.cases.filter {
        ["new_pregnancy", "serious_illness", "instability_factor"].contains($0.text("kind")!)
      }.map { Int($0.id) })
    for call in StreetRecords.shipped("callback") {
      #expect(!sensitive.contains(call.number("case")!))
      #expect(call.isTrue("answered") == (call.values["satisfied"] != nil))
    }
  }
}
