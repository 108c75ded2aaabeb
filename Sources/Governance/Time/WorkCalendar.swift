/// Which days are worked: the State Council's notices, and Monday to Friday where they are silent.
///
/// A day listed by several notices is as the one issued last has it. Late
/// December may stand in the next year's notice (2011-12-31 does), so a day is
/// settled when the notice covering its year is there and, from 29 December on,
/// the next one too. Days that are not settled are provisional, except those off
/// by statute; every result says so (decisions 26, `domain.md` §3.3 and §6.7).
public struct WorkCalendar: Sendable {
  /// What the file calls its content; stored with every deadline computed by it.
  public let version: String

  /// What the notices say of a day, by the notice issued last.
  let listed: [Day: Listing]

  /// The years that a notice arranges as a whole.
  let covered: Set<Int>

  /// Days off by statute, by month and day, and the first day that statute is in force.
  let solar: [MonthDay: String]
  let lunar: [Day: String]
  let statuteFrom: Day?

  struct Listing: Hashable, Sendable {
    let isWorked: Bool
    /// The holiday; nil for a day worked.
    let name: String?
    let notice: String
  }

  struct MonthDay: Hashable, Sendable {
    let month: Int
    let day: Int
  }

  /// The day of December from which the next year's notice may have a say: 29 December
  /// was worked for New Year's sake in 2007 and 2018.
  static let lateDecember = 29

  /// What is known of one day.
  public struct Status: Hashable, Sendable {
    public let isWorkday: Bool

    /// The holiday, in Chinese; nil for days worked and plain weekends.
    public let holiday: String?

    /// The number of the notice that lists the day.
    public let notice: String?

    /// Whether a notice still to come may change it.
    public let isProvisional: Bool
  }

  public func status(of day: Day) -> Status {
    if let listing = listed[day] {
      return Status(
        isWorkday: listing.isWorked, holiday: listing.name, notice: listing.notice,
        isProvisional: false)
    }
    if isSettled(day) {
      return Status(
        isWorkday: !day.weekday.isWeekend, holiday: nil, notice: nil, isProvisional: false)
    }
    if let name = statutoryHoliday(on: day) {
      return Status(isWorkday: false, holiday: name, notice: nil, isProvisional: false)
    }
    return Status(
      isWorkday: !day.weekday.isWeekend, holiday: nil, notice: nil, isProvisional: true)
  }

  public func isWorkday(_ day: Day) -> Bool {
    status(of: day).isWorkday
  }

  /// Whether a notice still to come may change the day.
  public func isProvisional(_ day: Day) -> Bool {
    status(of: day).isProvisional
  }

  /// The last day before the calendar becomes provisional; nil when it covers nothing.
  public var settledThrough: Day? {
    covered.max().map { Day(unchecked: $0, 12, Self.lateDecember) - 1 }
  }

  /// The first day that a notice arranges; nil when none does.
  public var beginning: Day? {
    covered.min().map { Day(unchecked: $0, 1, 1) }
  }

  /// Its version, and the years that notices arrange.
  public var coverage: Words {
    guard let first = covered.min(), let last = covered.max() else {
      return Words(verbatim: version)
    }
    return Words("\(version)：\(first)至\(last)年", "\(version): \(first) to \(last)")
  }

  private func isSettled(_ day: Day) -> Bool {
    let (year, month, dayOfMonth) = day.civil
    guard covered.contains(year) else { return false }
    let isLate = month == 12 && dayOfMonth >= Self.lateDecember
    return !isLate || covered.contains(year + 1)
  }

  private func statutoryHoliday(on day: Day) -> String? {
    guard let statuteFrom, day >= statuteFrom else { return nil }
    let (_, month, dayOfMonth) = day.civil
    return solar[MonthDay(month: month, day: dayOfMonth)] ?? lunar[day]
  }
}
