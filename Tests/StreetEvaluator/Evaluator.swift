import DemoStreet
import Governance

/// The community assessment (P8), written straight from `decisions.md` and without any of the
/// product's machinery, so that the demo street's outcome is judged by somebody else.
struct Evaluator {
  let table: StreetRecords
  let unit: UnitID
  let month: String
  let first: Day
  let last: Day

  init(_ table: StreetRecords, _ unit: UnitID, month number: Int) {
    self.table = table
    self.unit = unit
    month = "2026-0\(number)"
    first = Day(year: 2026, month: number, day: 1)!
    last = Day(year: 2026, month: number, day: Day.length(ofMonth: number, year: 2026))!
  }

  struct Block {
    let letter: String
    let score: Double?
    let indicators: [(name: String, weight: Double, score: Double?)]
  }

  /// O, D, C, V, P, H, S.
  static let weights: [String: [Double]] = [
    "old_estate": [15, 15, 20, 15, 10, 20, 5], "unit_compound": [15, 15, 20, 20, 10, 12, 8],
    "commodity": [12, 22, 23, 10, 13, 10, 10], "village_to_city": [18, 13, 22, 20, 10, 12, 5],
    "mixed_commercial": [13, 16, 23, 15, 11, 14, 8],
  ]

  var type: String { table("unit_type", unit)[0].text("type")! }

  var total: Double {
    let pairs = zip(blocks, Self.weights[type]!).compactMap { block, weight in
      block.score.map { ($0, weight) }
    }
    let weight = pairs.reduce(0) { $0 + $1.1 }
    let raw = pairs.reduce(0) { $0 + $1.0 * $1.1 } / weight
    let bonus = min(
      5,
      table("merit", unit).filter { inMonth($0.day("day")) }.reduce(0.0) {
        if case .decimal(let points)? = $1.values["points"] {
          $0 + Double(points.units) / 10
        } else {
          $0
        }
      })
    return ((min(100, max(0, raw + bonus - deductions))) * 100).rounded() / 100
  }

  var deductions: Double {
    let late = rows("obligation").filter { inMonth($0.day("due")) && !inTime($0, "posted", "due") }
    return (hasMet ? 0 : 2) + Double(min(10, reds)) + Double(min(5, late.count))
  }

  var reds: Int { counted.filter { inMonth($0.day("red_on")) }.count }

  func score(_ letter: String) -> Double? { blocks.first { $0.letter == letter }!.score }

  var blocks: [Block] {
    [organisation, deliberation, closedLoop, visits, publicity, environment, satisfaction]
  }

  // MARK: Common

  private func rows(_ kind: String) -> [NewRecord] { table(kind, unit) }

  private func inMonth(_ day: Day?) -> Bool {
    day.map { first <= $0 && $0 <= last } ?? false
  }

  private func inTime(_ row: NewRecord, _ done: String, _ due: String) -> Bool {
    if let done = row.day(done) { return done <= row.day(due)! }
    guard let done = row.moment(done) else { return false }
    return done <= row.moment(due)!
  }

  private func rate(_ part: Int, _ whole: Int, _ full: Double, _ zero: Double) -> Double? {
    guard whole > 0 else { return nil }
    let percent = 100 * Double(part) / Double(whole)
    return min(100, max(0, (percent - zero) / (full - zero) * 100))
  }

  private func block(
    _ letter: String, _ indicators: [(name: String, weight: Double, score: Double?)]
  ) -> Block {
    let known = indicators.compactMap { row in row.score.map { ($0, row.weight) } }
    let weight = known.reduce(0) { $0 + $1.1 }
    let score = weight == 0 ? nil : known.reduce(0) { $0 + $1.0 * $1.1 } / weight
    return Block(letter: letter, score: score, indicators: indicators)
  }

  private func timely(
    _ rows: [NewRecord], _ done: String, _ due: String, _ full: Double, _ zero: Double
  ) -> Double? {
    let owed = rows.filter { inMonth($0.day(due) ?? $0.moment(due)?.day) }
    return rate(owed.filter { inTime($0, done, due) }.count, owed.count, full, zero)
  }

  private var counted: [NewRecord] {
    let kinds = [
      "facility_damage", "back_alley_unclean", "inbound_residents", "rental_started",
      "safety_hazard",
    ]
    return rows("case").filter {
      kinds.contains($0.text("kind")!) && $0.text("state") != "excluded"
    }
  }

  private var hazards: [NewRecord] {
    counted.filter {
      ["facility_damage", "back_alley_unclean", "safety_hazard"].contains($0.text("kind")!)
    }
  }

  // MARK: Blocks

  private var organisation: Block {
    let posts = table.inForce("post", unit, on: last)
    let buildings = Set(rows("building").map(\.id))
    let heads: Set<Int64> = Set(
      posts.filter { $0.text("role") == "head" }.map { Int64($0.number("building")!) })
    let elected = rows("post").filter { $0.text("role") == "head" && $0.day("from")! <= last }
    let ever: Set<Int64> = Set(elected.map { Int64($0.number("building")!) })
    let formed = rows("building_group").filter { $0.day("formed")! <= last }
    let groups: Set<Int64> = Set(formed.map { Int64($0.number("building")!) })
    let seats: Set<Int> = Set(
      posts.filter { $0.text("role") == "council" }.map { $0.number("seat")! })
    let conditions: [Bool] = [
      rows("party_organisation").contains { $0.day("formed")! <= last },
      groups.isSuperset(of: buildings), ever.isSuperset(of: buildings), seats.count >= 8,
      !table.inForce("mandate", unit, on: last).isEmpty,
      !table.inForce("trial_operation", unit, on: last).isEmpty,
    ]
    return block(
      "O",
      [
        ("mechanism", 40, rate(conditions.filter { $0 }.count, 6, 100, 50)),
        ("heads", 40, rate(heads.count, buildings.count, 100, 80)),
        ("seats", 20, rate(seats.count, rows("council_seat").count, 100, 60)),
      ])
  }

  private var quorate: [NewRecord] {
    rows("session").filter { inMonth($0.day("held")) && $0.isTrue("quorate") }
  }

  private var isExcused: Bool {
    rows("excuse").contains { $0.text("month") == month && $0.day("granted")! < first }
  }

  private var hasMet: Bool { !quorate.isEmpty || isExcused }

  private var deliberation: Block {
    let ids = Set(quorate.map { Int($0.id) })
    let present = rows("attendance").filter {
      ids.contains($0.number("session")!) && $0.isTrue("present")
    }
    let filled = quorate.reduce(0) { $0 + $1.number("seats_filled")! }
    let conventions = table("convention", unit).filter {
      $0.text("state") == "in_force" && ($0.day("in_force") ?? last + 1) <= last
    }
    let reviewed = conventions.filter { row in
      row.day("review_due")! > last || row.day("reviewed").map { $0 <= last } ?? false
    }
    let sessionScores: [(name: String, weight: Double, score: Double?)] = [
      ("met", 40, quorate.isEmpty ? (isExcused ? nil : 0) : 100),
      ("attendance", 20, rate(present.count, filled, 90, 50)),
      ("minutes", 15, timely(rows("session"), "minutes_signed", "minutes_due", 100, 50)),
    ]
    if sessionScores.allSatisfy({ $0.score == nil }) { return block("D", []) }
    return block(
      "D",
      sessionScores + [
        ("replies", 10, timely(rows("advice"), "replied", "due", 95, 60)),
        ("conventions", 15, rate(reviewed.count, conventions.count, 100, 50) ?? 0),
      ])
  }

  private var closedLoop: Block {
    let ids = Set(counted.map { Int($0.id) })
    let answered = rows("callback").filter {
      inMonth($0.day("called")) && $0.isTrue("answered") && ids.contains($0.number("case")!)
    }
    let satisfied = answered.filter { $0.isTrue("satisfied") }
    return block(
      "C",
      [
        ("response", 30, timely(counted, "accepted", "accept_due", 95, 60)),
        ("solution", 35, timely(counted, "resolved", "resolve_due", 95, 60)),
        ("satisfaction", 35, rate(satisfied.count, answered.count, 95, 60)),
      ])
  }

  private func visited(_ sort: String) -> Double? {
    let planned = rows("visit_plan").filter { $0.text("sort") == sort && $0.text("month") == month }
    let ids = Set(planned.map { Int($0.id) })
    let made = rows("visit").filter {
      $0.text("outcome") == "made" && inMonth($0.day("day")) && ids.contains($0.number("plan")!)
    }
    return rate(Set(made.map { $0.number("plan")! }).count, planned.count, 95, 50)
  }

  /// Duty days of workers that another kind has a record of.
  private func covered(by kind: String) -> Double? {
    func key(_ row: NewRecord) -> String { "\(row.number("worker")!) \(row.day("day")!)" }
    let duty = rows("duty_day").filter { $0.text("status") == "duty" && inMonth($0.day("day")) }
    let done = Set(rows(kind).filter { inMonth($0.day("day")) }.map(key))
    return rate(duty.filter { done.contains(key($0)) }.count, duty.count, 95, 60)
  }

  private var visits: Block {
    let balanced = ["residents", "units", "organisations"].filter { ledger in
      let count = rows("ledger_count").first {
        $0.text("ledger") == ledger && $0.text("month") == month
      }
      let moved = rows("ledger_movement").filter {
        $0.text("ledger") == ledger && inMonth($0.day("day"))
      }.reduce(0) { $0 + $1.number("quantity")! }
      guard let counted = count?.number("counted") else { return false }
      return counted == count!.number("opening")! + moved
    }
    return block(
      "V",
      [
        ("households", 35, visited("household")), ("units", 15, visited("unit")),
        ("log", 20, covered(by: "log_entry")), ("ledgers", 30, rate(balanced.count, 3, 100, 0)),
      ])
  }

  private var publicity: Block {
    let ended = rows("obligation").filter { inMonth($0.day("keep_until")) }
    let kept = ended.filter { row in row.day("removed").map { $0 >= row.day("keep_until")! } ?? true
    }
    return block(
      "P",
      [
        ("on time", 60, timely(rows("obligation"), "posted", "due", 100, 60)),
        ("kept", 25, rate(kept.count, ended.count, 100, 60)),
        ("questions", 15, timely(rows("question"), "answered", "due", 95, 60)),
      ])
  }

  private var environment: Block {
    let watched = hazards.filter { inMonth($0.day("watch_ends")) }
    let again = Set(hazards.compactMap { $0.number("recurrence_of") })
    let lasting = watched.filter { !again.contains(Int($0.id)) }
    return block(
      "H",
      [
        ("patrol", 30, covered(by: "patrol")),
        ("hazards", 40, timely(hazards, "resolved", "resolve_due", 95, 60)),
        ("recurrence", 30, rate(lasting.count, watched.count, 95, 70)),
      ])
  }

  private var satisfaction: Block {
    let finished = rows("survey_answer").filter { $0.day("completed")! <= last }
    let latest = finished.map { $0.day("completed")! }.max()
    let answered = finished.filter { $0.day("completed") == latest && $0.isTrue("answered") }
    let organisations = rows("social_organisation").filter { $0.day("recorded")! <= last }
    let active = Set(
      rows("activity").filter { inMonth($0.day("day")) }.map { Int64($0.number("organisation")!) })
    return block(
      "S",
      [
        (
          "survey", 60,
          rate(answered.filter { $0.isTrue("satisfied") }.count, answered.count, 95, 60)
        ),
        (
          "organisations", 40,
          rate(organisations.filter { active.contains($0.id) }.count, organisations.count, 80, 20)
        ),
      ])
  }
}
