/// The regular periods that follow each other without gap.
public enum PeriodKind: String, CaseIterable, Sendable {
  case day
  case week
  /// 旬: from the 1st, the 11th, the 21st.
  case tenDays = "ten_days"
  case month
  case quarter
  case halfYear = "half_year"
  case year

  /// `每月` without 每: 月, month.
  public var label: Words {
    switch self {
    case .day: Words("日", "day")
    case .week: Words("周", "week")
    case .tenDays: Words("旬", "ten days")
    case .month: Words("月", "month")
    case .quarter: Words("季度", "quarter")
    case .halfYear: Words("半年", "half-year")
    case .year: Words("年", "year")
    }
  }
}

/// A stretch of days that something is counted over: a month, a week, from one day to another.
///
/// Spelled as decisions 21 has it: `2026-05-12`, `2026-W20`, `2026-05-X2`,
/// `2026-05`, `2026-Q2`, `2026-H1`, `2026`, or `2026-04-01/2026-04-20` with both
/// ends included. Weeks are those of ISO 8601.
public struct Period: Hashable, Sendable {
  /// Nil for a custom period, from one day to another.
  public let kind: PeriodKind?
  public let first: Day
  public let last: Day

  private init(kind: PeriodKind?, first: Day, last: Day) {
    self.kind = kind
    self.first = first
    self.last = last
  }

  /// A custom period, both days included.
  ///
  /// - Throws: `period.invalid` when the last day lies before the first.
  public init(from first: Day, to last: Day) throws(Problem) {
    guard first <= last else {
      throw .periodInvalid(
        "\(first)/\(last)", because: .endsBeforeItBegins)
    }
    self.init(kind: nil, first: first, last: last)
  }

  /// The period of a kind that a day lies in.
  public static func containing(_ day: Day, _ kind: PeriodKind) -> Period {
    Period(kind, at: index(of: day, kind))
  }

  public var days: ClosedRange<Day> { first...last }

  /// How many days there are.
  public var length: Int { last - first + 1 }

  public func contains(_ day: Day) -> Bool {
    days.contains(day)
  }

  public func contains(_ other: Period) -> Bool {
    first <= other.first && other.last <= last
  }

  public func overlaps(_ other: Period) -> Bool {
    days.overlaps(other.days)
  }

  /// Whether its last day is over; until then a result is provisional and cannot be closed.
  public func hasEnded(by today: Day) -> Bool {
    last < today
  }
}

extension Period: Comparable {
  /// By first day, then by last day, then custom ones last.
  public static func < (left: Period, right: Period) -> Bool {
    if left.first != right.first { return left.first < right.first }
    if left.last != right.last { return left.last < right.last }
    return left.kind != nil && right.kind == nil
  }
}

/// Regular periods are numbered without gap, so moving among them is adding.
extension Period {
  /// The period of a kind with a number.
  init(_ kind: PeriodKind, at index: Int) {
    let first = Self.start(of: kind, at: index)
    let last = Self.start(of: kind, at: index + 1) - 1
    self.init(kind: kind, first: first, last: last)
  }

  /// The number of the period of a kind that a day lies in.
  static func index(of day: Day, _ kind: PeriodKind) -> Int {
    let (year, month, dayOfMonth) = day.civil
    let months = year * 12 + month - 1
    switch kind {
    case .day: return day.ordinal
    // Day -3 is Monday 29 December 1969.
    case .week: return (day.monday.ordinal + 3) / 7
    case .tenDays: return months * 3 + min((dayOfMonth - 1) / 10, 2)
    case .month: return months
    case .quarter: return months / 3
    case .halfYear: return months / 6
    case .year: return year
    }
  }

  private static func start(of kind: PeriodKind, at index: Int) -> Day {
    switch kind {
    case .day: return Day(ordinal: index)
    case .week: return Day(ordinal: index * 7 - 3)
    case .tenDays:
      let months = index >= 0 ? index / 3 : (index - 2) / 3
      return start(ofMonth: months) + (index - months * 3) * 10
    case .month: return start(ofMonth: index)
    case .quarter: return start(ofMonth: index * 3)
    case .halfYear: return start(ofMonth: index * 6)
    case .year: return start(ofMonth: index * 12)
    }
  }

  private static func start(ofMonth index: Int) -> Day {
    let (year, month) = Day.yearAndMonth(index)
    return Day(unchecked: year, month, 1)
  }
}
