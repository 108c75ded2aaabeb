import DemoStreet
import Governance
import Testing

@testable import StreetEvaluator

/// What an inserter relies on, and what must never be in the demo data.
struct ShapeTests {
  @Test func `ids count from one within each kind`() {
    for (kind, records) in StreetRecords.shipped.byKind {
      #expect(records.map(\.id) == Array(1...Int64(records.count)), "\(kind)")
    }
  }

  @Test func `a record comes after the records it refers to`() {
    var seen: [String: Int64] = [:]
    var broken: [String] = []
    for record in StreetRecords.shipped.all {
      for field in BuiltInKinds.kind(record.kind)!.fields {
        guard case .reference(let target) = field.type,
          case .integer(let id)? = record.values[field.key]
        else { continue }
        if id < 1 || id > seen[target, default: 0] { broken.append("\(record.kind).\(field.key)") }
      }
      seen[record.kind] = record.id
    }
    #expect(broken.isEmpty)
  }

  @Test func `every value fits its field and nothing required is missing`() {
    let units = Set(StreetRecords.shipped("unit").map(\.unit.rawValue))
    var wrong: Set<String> = []
    for record in StreetRecords.shipped.all {
      let kind = BuiltInKinds.kind(record.kind)!
      if !units.contains(record.unit.rawValue) { wrong.insert("\(kind.id) of \(record.unit)") }
      for field in kind.fields {
        let value = record.values[field.key]
        if value == nil ? field.isRequired : !Self.fits(value!, field, units) {
          wrong.insert("\(kind.id).\(field.key)")
        }
      }
      for key in record.values.keys where kind.field(key) == nil {
        wrong.insert("\(kind.id).\(key)")
      }
    }
    #expect(wrong.isEmpty)
  }

  static func fits(_ value: Value, _ field: Field, _ units: Set<String>) -> Bool {
    switch (field.type, value) {
    case (.text, .text(let text)): !text.isEmpty
    case (.integer, .integer), (.boolean, .boolean), (.day, .day), (.instant, .instant): true
    case (.reference, .integer): true
    case (.decimal(let places), .decimal(let number)): number.places == places
    case (.choice(let choices), .text(let code)): choices.contains { $0.code == code }
    case (.unit, .text(let id)): units.contains(id)
    case (.period, .text(let text)): (try? Period.parse(text)) != nil
    default: false
    }
  }

  @Test func `every kind that an indicator reads has records in all eight communities`() {
    let kinds = [
      "party_organisation", "building_group", "post", "council_seat", "mandate", "trial_operation",
      "session", "attendance", "advice", "convention", "case", "callback", "visit_plan", "visit",
      "duty_day", "log_entry", "patrol", "ledger_count", "ledger_movement", "obligation",
      "question", "survey_answer", "social_organisation", "activity",
    ]
    for kind in kinds {
      let units = Set(StreetRecords.shipped(kind).map(\.unit))
      #expect(units.isSuperset(of: StreetRecords.communities), "\(kind)")
    }
  }

  /// §9: no ID numbers, phones only `0943-000-01NN`.
  @Test func `texts hold no identity numbers and no real phone`() {
    for record in StreetRecords.shipped.all {
      for case .text(let text) in record.values.values {
        let digits = text.split { !$0.isASCII || !$0.isNumber }
        if digits.contains(where: { $0.count > 5 }) { Issue.record("\(record.kind): \(text)") }
      }
      guard let phone = record.text("phone") else { continue }
      #expect(phone.hasPrefix("0943-000-01") && phone.count == 13)
    }
  }

  /// §8 P7: a log entry has at least twenty characters.
  @Test func `log entries are long enough and differ`() {
    let texts = StreetRecords.shipped("log_entry").map { $0.text("text")! }
    #expect(texts.allSatisfy { $0.count >= 20 })
    #expect(Set(texts).count > texts.count / 4)
  }

  @Test func `one seed gives one street and another seed another with the same totals`() {
    let again = StreetRecords(DemoStreet(isWorkday: StreetRecords.isWorkday))
    #expect(again.all == StreetRecords.shipped.all)
    let other = StreetRecords(DemoStreet(seed: 7, isWorkday: StreetRecords.isWorkday))
    #expect(other.all != StreetRecords.shipped.all)
    for (number, unit) in StreetRecords.communities.enumerated() {
      #expect(TotalsTests.counts(other, unit) == TotalsTests.table[number])
    }
  }

  /// The deadlines follow from the notice as the product reads it.
  @Test func `the product's calendar gives the same street as the rule of these tests`() throws {
    let notice = Notice(
      number: "国办发明电〔2025〕7号", title: "2026年部分节假日安排", issued: "2025-11-04", covers: 2026,
      off: [
        Notice.DaysOff("元旦", "2026-01-01/2026-01-03"),
        Notice.DaysOff("春节", "2026-02-15/2026-02-23"),
        Notice.DaysOff("清明节", "2026-04-04/2026-04-06"),
        Notice.DaysOff("劳动节", "2026-05-01/2026-05-05"),
        Notice.DaysOff("端午节", "2026-06-19/2026-06-21"),
        Notice.DaysOff("中秋节", "2026-09-25/2026-09-27"),
      ],
      worked: ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20"])
    let calendar = try WorkCalendar(notices: [notice], version: "test")
    #expect(StreetRecords(DemoStreet(calendar: calendar)).all == StreetRecords.shipped.all)
    // Without the notice 9 May is a Saturday like any other, and deadlines move.
    let plain = StreetRecords(DemoStreet { !$0.weekday.isWeekend })
    #expect(plain.all != StreetRecords.shipped.all)
  }

  @Test func `two streets lie in one district with eight communities each`() {
    let two = StreetRecords(DemoStreet(scale: 2, isWorkday: StreetRecords.isWorkday))
    let levels = Dictionary(grouping: two("unit")) { $0.text("level")! }.mapValues(\.count)
    #expect(levels == ["district": 1, "street": 2, "community": 16, "estate": 4])
    #expect(Set(two("unit").map(\.unit)).count == 23)
    #expect(TotalsTests.counts(two, "s002-05") == TotalsTests.table[4])
    #expect(two("case").map(\.id) == Array(1...Int64(two("case").count)))
    let names = ["sll-05", "s002-05"].map { two("person", $0).map { $0.text("name") } }
    #expect(names[0] != names[1])
  }

  @Test func `a street comes in batches that fit in memory`() {
    let batches = DemoStreet(isWorkday: StreetRecords.isWorkday).map(\.count)
    #expect(batches.reduce(0, +) > 80_000 && batches.max()! < 15_000)
  }
}
