extension Day {
  /// `2026年5月12日`.
  public var chinese: String {
    let (year, month, day) = civil
    return "\(year)年\(month)月\(day)日"
  }

  /// `2026年5月12日`, `12 May 2026`.
  public var label: Words {
    let (year, month, day) = civil
    return Words(chinese, "\(day) \(Self.monthNames[month - 1]) \(year)")
  }

  /// Reads a date as people write it (`2026-05-12`, `2026年5月12日`, `2026-5-12`), or says what
  /// is wrong with it.
  ///
  /// - Parameter today: gives a date without a year its year: `5月12日`.
  public static func parse(_ text: String, today: Day? = nil) throws(Problem) -> Day {
    if let day = Day(text) { return day }
    guard let period = try? Period.parse(text, today: today), period.kind == .day else {
      throw .noSuchDay(text)
    }
    return period.first
  }

  static let monthNames = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
}

extension Problem {
  /// A text that is no date, or a date that the calendar does not have.
  public static func noSuchDay(_ text: String) -> Problem {
    Problem(
      .inputInvalid, Words("“\(text)”不是一个日期", "'\(text)' is not a date"),
      hint: Words("请写成 2026-05-12 这样，并确认当月有这一天", "write it like 2026-05-12, a day that month has"))
  }
}
