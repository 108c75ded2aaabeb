extension Day: Strideable {
  public func distance(to other: Day) -> Int {
    other.ordinal - ordinal
  }

  public func advanced(by count: Int) -> Day {
    self + count
  }
}

extension Day {
  public static func - (day: Day, count: Int) -> Day {
    Day(ordinal: day.ordinal - bounded(count))
  }

  public var year: Int { civil.year }
  public var month: Int { civil.month }
  public var dayOfMonth: Int { civil.day }

  /// The first and the last date that can be written with four digits of year.
  public static let earliest = Day(unchecked: 1, 1, 1)
  public static let latest = Day(unchecked: 9999, 12, 31)

  /// Whether the date can be written at all.
  public var isWritable: Bool {
    self >= Self.earliest && self <= Self.latest
  }

  /// The same day of the month some months later or earlier, and the month's
  /// last day where it has none such: 31 January plus one month is 28 February.
  public func adding(months count: Int) -> Day {
    let (year, month, day) = civil
    let index = year * 12 + month - 1 + Self.bounded(count)
    let (newYear, newMonth) = Self.yearAndMonth(index)
    let length = Self.length(ofMonth: newMonth, year: newYear)
    return Day(unchecked: newYear, newMonth, min(day, length))
  }

  /// The same date some years later or earlier; 29 February becomes 28 where need be.
  public func adding(years count: Int) -> Day {
    adding(months: Self.bounded(count) * 12)
  }

  /// A year and month from a count of months since year 0.
  static func yearAndMonth(_ index: Int) -> (year: Int, month: Int) {
    let year = index >= 0 ? index / 12 : (index - 11) / 12
    return (year, index - year * 12 + 1)
  }

  /// A date known to exist; also for years that cannot be written.
  init(unchecked year: Int, _ month: Int, _ day: Int) {
    // Days from civil: years begin in March, so the leap day is the last one.
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    self.init(ordinal: era * 146_097 + dayOfEra - 719_468)
  }
}
