/// A day of the week, numbered as in ISO 8601: Monday is 1.
public enum Weekday: Int, CaseIterable, Comparable, Sendable {
  case monday = 1
  case tuesday, wednesday, thursday, friday, saturday, sunday

  public static func < (left: Weekday, right: Weekday) -> Bool {
    left.rawValue < right.rawValue
  }

  public var isWeekend: Bool { self >= .saturday }

  /// `星期二`, `Tuesday`.
  public var label: Words {
    switch self {
    case .monday: Words("星期一", "Monday")
    case .tuesday: Words("星期二", "Tuesday")
    case .wednesday: Words("星期三", "Wednesday")
    case .thursday: Words("星期四", "Thursday")
    case .friday: Words("星期五", "Friday")
    case .saturday: Words("星期六", "Saturday")
    case .sunday: Words("星期日", "Sunday")
    }
  }
}

extension Day {
  public var weekday: Weekday {
    // 1970-01-01 was a Thursday.
    let fromMonday = (ordinal + 3) % 7
    return Weekday(rawValue: (fromMonday < 0 ? fromMonday + 7 : fromMonday) + 1)!
  }

  /// The Monday on or before this day.
  public var monday: Day {
    self + (1 - weekday.rawValue)
  }

  /// The ISO 8601 week; its year is that of the week's Thursday.
  public var isoWeek: (year: Int, week: Int) {
    let thursday = monday + 3
    let year = thursday.civil.year
    let newYear = Day(unchecked: year, 1, 1)
    return (year, (thursday - newYear) / 7 + 1)
  }

  /// 52 or 53.
  public static func weeks(inYear year: Int) -> Int {
    // 28 December is always in the last week.
    Day(unchecked: year, 12, 28).isoWeek.week
  }
}
