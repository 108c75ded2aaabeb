internal import Governance

/// Working days of the months that the demo street lives in, counted once and looked up after.
struct Workdays: Sendable {
  private static let first = date(2025, 12, 1)
  private static let length = 300

  /// How many working days lie from `first` up to and including a day.
  private let counted: [Int]

  /// The working days in order.
  private let days: [Day]

  init(isWorkday: (Day) -> Bool) {
    var counted: [Int] = []
    var days: [Day] = []
    for offset in 0..<Self.length {
      let day = Self.first + offset
      if isWorkday(day) { days.append(day) }
      counted.append(days.count)
    }
    self.counted = counted
    self.days = days
  }

  /// The `count`-th working day after a day, which is not counted itself (Civil Code 201).
  func adding(_ count: Int, to day: Day) -> Day {
    days[counted[day - Self.first] + count - 1]
  }

  /// The `count`-th working day before a day.
  func subtracting(_ count: Int, from day: Day) -> Day {
    days[counted[day - 1 - Self.first] - count]
  }

  func within(_ range: ClosedRange<Day>) -> [Day] {
    days.filter(range.contains)
  }

  func last(in range: ClosedRange<Day>) -> Day {
    days[counted[range.upperBound - Self.first] - 1]
  }
}

/// A date that is known to exist.
func date(_ year: Int, _ month: Int, _ day: Int) -> Day {
  Day(year: year, month: month, day: day)!
}
