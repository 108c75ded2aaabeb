import DemoStreet
import Governance
import Testing

@testable import StreetEvaluator

/// "Planted edge case" and "Planted situations" of `domain.md` §9, as far as a kind can hold them.
struct PlantedTests {
  let table = StreetRecords.shipped
  let april = Day("2026-04-30")!

  private func sessions(_ unit: UnitID, month: Int) -> [NewRecord] {
    table("session", unit).filter { $0.day("held")!.month == month }
  }

  private func votes(_ session: NewRecord) -> [Int?] {
    ["votes_for", "votes_against", "abstained"].map(session.number)
  }

  private func present(_ session: NewRecord) -> Int {
    table("attendance").count {
      $0.number("session")! == session.id && $0.isTrue("present")
    }
  }

  @Test func `a head resigned who sat on the council, which leaves ten of eleven`() {
    let posts = table("post", "sll-02")
    let left = posts.filter { $0.day("to") != nil }
    #expect(left.map { $0.text("role") } == ["head", "council"])
    #expect(Set(left.map { $0.number("person") }).count == 1)
    #expect(left.allSatisfy { $0.day("to")! < april })
    let members = table.inForce("post", "sll-02", on: april).filter { $0.text("role") == "council" }
    #expect(members.count == 10)
    #expect(sessions("sll-02", month: 4).map { $0.number("seats_filled") } == [10])
  }

  @Test func `a head moved away and no council met in April`() {
    let left = table("post", "sll-07").filter { $0.day("to") != nil }
    #expect(left.map { $0.text("ended_because") } == ["迁出本社区"])
    #expect(left[0].day("to")! < april)
    #expect(sessions("sll-07", month: 4).isEmpty)
    #expect(table("excuse", "sll-07").isEmpty)
  }

  @Test func `a meeting of seven of eleven is no meeting and is followed by one in April`() {
    let held = sessions("sll-05", month: 4)
    #expect(held.map { $0.isTrue("quorate") } == [false, true])
    #expect(held.map(present) == [7, 8])
    #expect(held.map { $0.number("seats_filled") } == [11, 11])
    let elsewhere = table("session").filter { !$0.isTrue("quorate") && $0.unit != "sll-05" }
    #expect(elsewhere.isEmpty)
  }

  @Test func `votes sum to those present`() {
    for session in table("session") where session.isTrue("quorate") {
      #expect(votes(session).compactMap { $0 }.reduce(0, +) == present(session))
    }
  }

  @Test func `a tie and abstentions that sink a majority happened in April`() {
    #expect(sessions("sll-03", month: 4).map(votes) == [[5, 5, 0]])
    #expect(sessions("sll-01", month: 4).map(votes) == [[5, 4, 2]])
  }

  @Test func `conventions were returned, blocked beside another in force, and left unreviewed`() {
    func states(_ unit: UnitID) -> [String?] { table("convention", unit).map { $0.text("state") } }
    #expect(states("sll-06").contains("returned"))
    #expect(states("sll-04") == ["blocked", "in_force"])
    let overdue = table("convention").filter {
      ($0.day("review_due") ?? april + 1) <= april && $0.day("reviewed") == nil
    }
    #expect(overdue.map(\.unit) == ["sll-07"])
  }

  /// Party members 50 and 51, a council of 8 heads, 2 others and the secretary.
  @Test func `a community of eight buildings fills its council from representatives`() {
    let sorts = table("council_seat", "sll-08").map { $0.text("sort")! }
    #expect(
      sorts == Array(repeating: "elected", count: 8) + ["supplementary", "supplementary", "cadre"])
    for unit in StreetRecords.communities.dropLast() {
      #expect(table("council_seat", unit).count { $0.text("sort") == "elected" } == 10)
    }
  }

  @Test func `an item hung for twelve of fifteen days`() {
    let short = table("obligation").filter {
      guard let removed = $0.day("removed"), let posted = $0.day("posted") else { return false }
      return removed - posted < 15
    }
    #expect(short.map { $0.day("removed")! - $0.day("posted")! } == [12])
    #expect(short.map(\.unit) == ["sll-03"])
  }

  /// Posted on 30 April, five working days end on Monday 11 May; the fourth is Saturday 9 May.
  @Test
  func `a posted list met a named objection on the fourth day and an anonymous one elsewhere`() {
    let posted = table("obligation").filter { $0.text("title")!.contains("候选名单公示") }
    #expect(posted.allSatisfy { $0.day("posted") == april })
    #expect(posted.map(\.unit) == ["sll-02", "sll-06", "sll-07"])
    let objections = table("question").filter {
      $0.text("subject")!.contains("名") && $0.text("subject")!.contains("候选")
    }
    #expect(objections.map(\.unit) == ["sll-06", "sll-07"])
    #expect(objections[0].day("asked") == Day("2026-05-09")!)
  }

  @Test func `a message in a virtual room has waited for three days`() {
    let waiting = table("question", "sll-03").filter {
      $0.day("answered") == nil && $0.text("channel") == "virtual"
    }
    #expect(waiting.contains { Day("2026-05-12")! - $0.day("asked")! == 3 })
  }

  @Test func `a residents' ledger is off by two`() {
    let count = table("ledger_count", "sll-07").first {
      $0.text("ledger") == "residents" && $0.text("month") == "2026-04"
    }!
    let moved = table("ledger_movement", "sll-07").filter {
      $0.text("ledger") == "residents" && $0.day("day")!.month == 4
    }.reduce(0) { $0 + $1.number("quantity")! }
    #expect(count.number("counted")! - count.number("opening")! - moved == 2)
  }

  @Test func `one person is listed in two communities`() {
    let twice = table("person").filter { $0.text("also_listed") != nil }
    #expect(twice.map(\.unit) == ["sll-05", "sll-08"])
    #expect(Set(twice.map { $0.values["name"] }).count == 1)
    #expect(Set(twice.map { $0.values["birth_year"] }).count == 1)
  }

  @Test func `reports of pregnancy and illness name nobody and some lack consent`() {
    let sensitive = table("case").filter {
      ["new_pregnancy", "serious_illness"].contains($0.text("kind")!)
    }
    #expect(sensitive.allSatisfy { ($0.text("place") ?? $0.text("reporter")) == nil })
    let pregnancies = sensitive.filter { $0.text("kind") == "new_pregnancy" }
    #expect(pregnancies.contains { $0.values["consent"] == .boolean(false) })
    #expect(pregnancies.contains { $0.isTrue("consent") })
  }

  @Test func `a worker moved from one community to another on the first of April`() {
    let moved = Day("2026-04-01")!
    let left = table("post", "sll-05").first {
      $0.text("role") == "worker" && $0.day("to") == moved
    }
    let came = table("post", "sll-06").first {
      $0.text("role") == "worker" && $0.day("from") == moved
    }
    #expect(left?.text("name") == came?.text("name") && left != nil)
    let duty = table("duty_day").filter { $0.number("worker")! == left!.id }
    #expect(duty.allSatisfy { $0.day("day")! < moved } && !duty.isEmpty)
  }

  @Test func `three red cards fell in one community in April`() {
    let red = table("case").filter {
      $0.day("red_on")?.month == 4 && $0.text("state") != "excluded"
    }
    #expect(red.count { $0.unit == "sll-05" } == 3)
  }

  @Test func `a case was extended twice and others once, beforehand`() {
    let extended = table("case").filter { $0.number("extended")! > 0 }
    let twice = extended.filter { $0.number("extended") == 2 }
    #expect(twice.map(\.unit) == ["sll-07"])
    #expect(twice.allSatisfy { $0.day("red_on") != nil })
    #expect(extended.count >= 9)
  }

  @Test func `the same matter came through the building head and the hotline`() {
    let byID = Dictionary(uniqueKeysWithValues: table("case").map { ($0.id, $0) })
    let twins = table("case").compactMap { later in
      later.number("duplicate_of").map { (byID[Int64($0)]!, later) }
    }
    #expect(twins.count >= 8)
    for (first, second) in twins {
      #expect([first.text("channel"), second.text("channel")] == ["head", "hotline"])
      #expect(first.values["kind"] == second.values["kind"] && first.unit == second.unit)
      #expect(first.values["place"] == second.values["place"])
    }
  }

  @Test func `cases of an estate belong to its caretaker`() {
    let cases = table("case").filter { $0.text("estate") != nil }
    let owners = Dictionary(grouping: cases) { $0.text("estate")! }.mapValues {
      Set($0.map(\.unit))
    }
    #expect(owners == ["sll-a": ["sll-04"], "sll-b": ["sll-06"]])
  }

  @Test func `a group formed only in May is missing in April`() {
    let late = table("building_group").filter { $0.day("formed")! > april }
    #expect(late.map(\.unit) == ["sll-05"])
  }
}
