internal import Governance

/// From when to when the demo street keeps records (`domain.md` §9, "Time line").
enum TimeLine {
  /// The day the demo workspace is looked at.
  static let today = date(2026, 5, 12)

  /// Nothing is recorded after this moment.
  static let now = Instant(today, hour: 17)

  /// The day whose totals are those of the table.
  static let counted = date(2026, 4, 30)

  static let months: [Month] = [
    Month("2026-03", date(2026, 3, 1)...date(2026, 3, 31)),
    Month("2026-04", date(2026, 4, 1)...date(2026, 4, 30)),
    Month("2026-05", date(2026, 5, 1)...today),
  ]
}

/// A month as far as it is recorded.
struct Month {
  /// How the period is spelled.
  let period: String
  let days: ClosedRange<Day>

  init(_ period: String, _ days: ClosedRange<Day>) {
    self.period = period
    self.days = days
  }

  var length: Int { days.upperBound - days.lowerBound + 1 }

  /// Whether the month lies wholly before today.
  var isOver: Bool { days.upperBound < TimeLine.today }
}
