import DemoStreet
import Governance

/// The records of one run, by kind, with the few questions the tests ask of them.
struct StreetRecords {
  let byKind: [String: [NewRecord]]
  let all: [NewRecord]

  /// By kind and unit, because the tests ask for it again and again.
  private let byUnit: [String: [UnitID: [NewRecord]]]

  init(_ street: DemoStreet) {
    self.init(street.flatMap { $0 })
  }

  private init(_ records: [NewRecord]) {
    all = records
    byKind = Dictionary(grouping: records, by: \.kind)
    byUnit = byKind.mapValues { Dictionary(grouping: $0, by: \.unit) }
  }

  /// The same street without the records of some kinds.
  func without(_ kinds: [String]) -> StreetRecords {
    StreetRecords(all.filter { !kinds.contains($0.kind) })
  }

  /// 2026: the exceptions of the notice; plain weekends and weekdays otherwise.
  static func isWorkday(_ day: Day) -> Bool {
    let off = [
      "2026-01-01", "2026-01-02", "2026-01-03", "2026-02-15", "2026-02-16", "2026-02-17",
      "2026-02-18", "2026-02-19", "2026-02-20", "2026-02-21", "2026-02-22", "2026-02-23",
      "2026-04-04", "2026-04-05", "2026-04-06", "2026-05-01", "2026-05-02", "2026-05-03",
      "2026-05-04", "2026-05-05", "2026-06-19", "2026-06-20", "2026-06-21", "2026-09-25",
      "2026-09-26", "2026-09-27",
    ]
    let on = ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20"]
    if off.contains(day.description) { return false }
    return on.contains(day.description) || !day.weekday.isWeekend
  }

  /// The street with the seed that is shipped, made once for all tests.
  static let shipped = StreetRecords(DemoStreet(isWorkday: isWorkday))

  static let communities = (1...8).map { UnitID("sll-0\($0)") }

  func callAsFunction(_ kind: String, _ unit: UnitID? = nil) -> [NewRecord] {
    guard let unit else { return byKind[kind] ?? [] }
    return byUnit[kind]?[unit] ?? []
  }

  /// Records in force on a day, by their kind's validity.
  func inForce(_ kind: String, _ unit: UnitID, on day: Day) -> [NewRecord] {
    self(kind, unit).filter { record in
      let validity = BuiltInKinds.kind(kind)!.validity!
      guard let from = record.day(validity.from), from <= day else { return false }
      return record.day(validity.to).map { day < $0 } ?? true
    }
  }
}

extension NewRecord {
  func text(_ field: String) -> String? {
    if case .text(let text)? = values[field] { text } else { nil }
  }

  func day(_ field: String) -> Day? {
    if case .day(let day)? = values[field] { day } else { nil }
  }

  func moment(_ field: String) -> Instant? {
    if case .instant(let moment)? = values[field] { moment } else { nil }
  }

  func number(_ field: String) -> Int? {
    if case .integer(let number)? = values[field] { Int(number) } else { nil }
  }

  func isTrue(_ field: String) -> Bool { values[field] == .boolean(true) }

  /// When it holds, for kinds with a `from` and a `to`.
  var valid: DayInterval { DayInterval(from: day("from"), to: day("to")) }
}
