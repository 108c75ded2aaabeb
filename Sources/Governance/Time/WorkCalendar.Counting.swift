extension WorkCalendar {
  /// How far anything is counted: some forty years of working days.
  public static let mostDays = 10_000

  /// The last of so many working days.
  ///
  /// By Civil Code 201 the starting day is not counted; where the rules of a
  /// community say so (204), it is the first, if it is a working day at all. A
  /// negative count goes back. Zero stays where it is, or, off a working day,
  /// moves to the next one (203).
  public func addWorkdays(
    from start: Day, count: Int, countingFirstDay: Bool = false
  ) throws(Problem) -> Deadline {
    guard count.magnitude <= Self.mostDays else { throw .countTooLarge(count) }
    let step = count < 0 ? -1 : 1
    var left = Int(count.magnitude)
    var day = start
    var isProvisional = false
    // Day by day; the starting day takes part when it counts, or when there is nothing to count.
    if !countingFirstDay && left > 0 { day = day + step }
    while true {
      let status = status(of: day)
      isProvisional = isProvisional || status.isProvisional
      if status.isWorkday {
        left -= 1
        if left <= 0 { break }
      }
      day = day + step
    }
    return Deadline(
      start: start, count: count, unit: .workdays, countsFirstDay: countingFirstDay, due: day,
      calendarVersion: version, isProvisional: isProvisional)
  }

  /// The last of so many calendar days, moved on to a working day where it is none
  /// (Civil Code 201, 203, 204); a negative count goes back and is not moved.
  public func addDays(
    from start: Day, count: Int, countingFirstDay: Bool = false
  ) throws(Problem) -> Deadline {
    guard count.magnitude <= Self.mostDays else { throw .countTooLarge(count) }
    let included = countingFirstDay && count != 0 ? count.signum() : 0
    var due = start + count - included
    var isProvisional = false
    while count >= 0 {
      let status = status(of: due)
      isProvisional = isProvisional || status.isProvisional
      if status.isWorkday { break }
      due = due + 1
    }
    return Deadline(
      start: start, count: count, unit: .days, countsFirstDay: countingFirstDay, due: due,
      calendarVersion: version, isProvisional: isProvisional)
  }

  /// The working days of a period.
  public struct Workdays: Hashable, Sendable {
    public let days: [Day]

    /// Whether a day of the period is not settled by a notice yet.
    public let isProvisional: Bool

    public var count: Int { days.count }
  }

  /// The working days of a period of at most `mostDays` days, in order.
  public func workdays(in period: Period) throws(Problem) -> Workdays {
    guard period.length <= Self.mostDays else { throw .countTooLarge(period.length) }
    var days: [Day] = []
    var isProvisional = false
    for day in period.days {
      let status = status(of: day)
      isProvisional = isProvisional || status.isProvisional
      if status.isWorkday { days.append(day) }
    }
    return Workdays(days: days, isProvisional: isProvisional)
  }

  /// The first, second … working day of a period, or with -1 the last, -2 the last but one …
  ///
  /// - Throws: `input.invalid` when the period has no such working day.
  public func workday(_ number: Int, of period: Period) throws(Problem) -> Deadline {
    let start = number < 0 ? period.last : period.first
    let found = try addWorkdays(from: start, count: number, countingFirstDay: true)
    guard number != 0, period.contains(found.due) else {
      throw .noSuchWorkday(number, period, has: try workdays(in: period).count)
    }
    return found
  }

  /// How many working days lie after one day up to and including another; negative when it is
  /// earlier. Three working days late is `workdays(after: due, through: today) >= 3`.
  public func workdays(after start: Day, through end: Day) throws(Problem) -> Int {
    guard start != end else { return 0 }
    let (earlier, later) = start < end ? (start, end) : (end, start)
    let count = try workdays(in: Period(from: earlier + 1, to: later)).count
    return start < end ? count : -count
  }
}
