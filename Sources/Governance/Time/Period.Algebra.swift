extension Period {
  /// The period just before.
  public var previous: Period {
    get throws(Problem) { try offset(by: -1) }
  }

  /// The period just after.
  public var next: Period {
    get throws(Problem) { try offset(by: 1) }
  }

  /// As many periods later as `count` says, or earlier where it is negative; a
  /// custom period moves by its own length in days.
  ///
  /// - Throws: `period.invalid` when that lies outside the years 1 to 9999.
  public func offset(by count: Int) throws(Problem) -> Period {
    // No period is shorter than a day, so more of any than this leaves the calendar.
    let most = Day.latest - Day.earliest
    guard count.magnitude <= most.magnitude else { throw .outsideCalendar(self) }
    guard let kind else {
      let distance = length * count
      guard abs(distance) <= most else { throw .outsideCalendar(self) }
      return try Period(from: first + distance, to: last + distance).written(from: self)
    }
    return try Period(kind, at: Self.index(of: first, kind) + count).written(from: self)
  }

  /// The same stretch a year earlier.
  ///
  /// Week 53 becomes week 52 where the year before has no week 53; a custom
  /// period moves both its days, 29 February to 28.
  public var samePeriodLastYear: Period {
    get throws(Problem) {
      switch kind {
      case nil:
        return try Period(from: first.adding(years: -1), to: last.adding(years: -1))
          .written(from: self)
      case .day:
        return try Period.containing(first.adding(years: -1), .day).written(from: self)
      case .week:
        let (year, week) = first.isoWeek
        let number = min(week, Day.weeks(inYear: year - 1))
        let monday = Day(unchecked: year - 1, 1, 4).monday + (number - 1) * 7
        return try Period.containing(monday, .week).written(from: self)
      case .tenDays: return try offset(by: -36)
      case .month: return try offset(by: -12)
      case .quarter: return try offset(by: -4)
      case .halfYear: return try offset(by: -2)
      case .year: return try offset(by: -1)
      }
    }
  }

  /// From 1 January of the year of its last day to that last day.
  public var yearToDate: Period {
    let newYear = Day(unchecked: last.year, 1, 1)
    guard let period = try? Period(from: newYear, to: last) else { return self }
    return period
  }

  /// The `count` periods that end with this one, the oldest first; none for 0.
  public func trailing(_ count: Int) throws(Problem) -> [Period] {
    try run(count, endingWith: 0)
  }

  /// The `count` periods before this one, the oldest first; none for 0.
  public func preceding(_ count: Int) throws(Problem) -> [Period] {
    try run(count, endingWith: -1)
  }

  /// The periods of another kind that belong to this one, in order.
  ///
  /// Those that lie wholly inside; a week belongs where its Thursday lies, as
  /// in ISO 8601, so every week is in exactly one month.
  ///
  /// - Throws: `period.invalid` when there would be more than `mostAtOnce`.
  public func subperiods(_ kind: PeriodKind) throws(Problem) -> [Period] {
    let range = Self.index(of: first, kind)...Self.index(of: last, kind)
    guard range.count <= Self.mostAtOnce else { throw .tooManyPeriods(self) }
    return range.map { Period(kind, at: $0) }.filter { part in
      kind == .week ? contains(part.first + 3) : contains(part)
    }
  }

  /// How many periods are listed at once: some 27 years of days.
  public static let mostAtOnce = 10_000

  private func run(_ count: Int, endingWith end: Int) throws(Problem) -> [Period] {
    guard count > 0 else { return [] }
    guard count <= Self.mostAtOnce else { throw .tooManyPeriods(self) }
    // The oldest first: a count without end is refused before it is begun.
    var periods = [try offset(by: end + 1 - count)]
    while periods.count < count {
      periods.append(try periods[periods.count - 1].next)
    }
    return periods
  }

  /// Itself when its dates can be written with four digits of year.
  private func written(from origin: Period) throws(Problem) -> Period {
    guard first.isWritable, last.isWritable else { throw .outsideCalendar(origin) }
    return self
  }
}

extension Problem {
  static func tooManyPeriods(_ period: Period) -> Problem {
    Problem(
      .periodInvalid,
      Words(
        "从“\(period)”一次最多列出\(Period.mostAtOnce)个期间",
        "at most \(Period.mostAtOnce) periods can be listed from '\(period)' at once"))
  }

  static func outsideCalendar(_ period: Period) -> Problem {
    .periodInvalid(
      period.description,
      because: Words("推算后超出了1年至9999年", "moving from it leaves the years 1 to 9999"))
  }
}
