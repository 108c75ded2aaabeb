extension Period {
  /// Reads a period as it is spelled, or as people write it: `2026-04`, `2026年4月`, `2026-4`.
  ///
  /// - Parameter today: gives what is written without a year its year: `4月`.
  /// - Throws: `period.invalid`, saying what was there and either why there is
  ///   no such period (`2026-13`) or what forms there are.
  public static func parse(_ text: String, today: Day? = nil) throws(Problem) -> Period {
    if let period = try? read(text) { return period }
    let year = today?.civil.year
    let spelling = respelled(text, known: (year, nil)) ?? respelledRange(text, year: year) ?? text
    do {
      return try read(spelling)
    } catch {
      switch error {
      case .spelling: throw .notAPeriod(text)
      case .absent(let reason): throw .periodInvalid(text, because: reason)
      }
    }
  }

  /// Why a text is no period.
  fileprivate enum Fault: Error {
    /// It is spelled like none.
    case spelling
    /// It is spelled right, but the calendar does not have it.
    case absent(Words)
  }

  fileprivate static func read(_ text: String) throws(Fault) -> Period {
    if text.contains("/") { return try custom(text) }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard let year = number(parts[0], digits: 4) else { throw .spelling }
    guard year > 0 else { throw .absent(Words("年份从1年开始", "years begin with 1")) }
    switch parts.count {
    case 1: return Period(.year, at: year)
    case 2: return try partOfYear(parts[1], year)
    case 3: return try partOfMonth(parts[1], parts[2], year)
    default: throw .spelling
    }
  }

  private static func custom(_ text: String) throws(Fault) -> Period {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else { throw .spelling }
    let (first, last) = (try part(parts[0]), try part(parts[1]))
    guard let period = try? Period(from: first.first, to: last.last) else {
      throw .absent(.endsBeforeItBegins)
    }
    return period
  }

  /// The day or period that a range begins or ends with.
  private static func part(_ text: Substring) throws(Fault) -> Period {
    guard !text.contains("/"), let part = try? read(String(text)) else {
      throw .absent(Words("“\(text)”不是一个日期", "'\(text)' is not a date"))
    }
    return part
  }

  /// What follows the year: `W20`, `Q2`, `H1` or a month.
  private static func partOfYear(_ part: Substring, _ year: Int) throws(Fault) -> Period {
    switch part.first {
    case "W":
      let weeks = Day.weeks(inYear: year)
      let week = try number(
        part.dropFirst(), digits: 2, in: 1...weeks,
        else: Words("\(year)年只有第1周至第\(weeks)周", "\(year) has weeks 1 to \(weeks)"))
      return containing(Day(unchecked: year, 1, 4) + (week - 1) * 7, .week)
    case "Q":
      let quarter = try number(
        part.dropFirst(), digits: 1, in: 1...4,
        else: Words("一年只有四个季度", "a year has quarters 1 to 4"))
      return Period(.quarter, at: year * 4 + quarter - 1)
    case "H":
      let half = try number(
        part.dropFirst(), digits: 1, in: 1...2,
        else: Words("一年只有上、下两个半年", "a year has halves 1 and 2"))
      return Period(.halfYear, at: year * 2 + half - 1)
    default:
      return Period(.month, at: year * 12 + (try month(part)) - 1)
    }
  }

  /// What follows the month: `X2` or a day.
  private static func partOfMonth(
    _ monthPart: Substring, _ part: Substring, _ year: Int
  ) throws(Fault) -> Period {
    let month = try month(monthPart)
    if part.hasPrefix("X") {
      let tenDays = try number(
        part.dropFirst(), digits: 1, in: 1...3,
        else: Words("一个月只有上、中、下三旬", "a month has ten-day periods 1 to 3"))
      return Period(.tenDays, at: (year * 12 + month - 1) * 3 + tenDays - 1)
    }
    let length = Day.length(ofMonth: month, year: year)
    let day = try number(
      part, digits: 2, in: 1...length,
      else: Words(
        "\(year)年\(month)月只有1日至\(length)日",
        "\(Day.monthNames[month - 1]) \(year) has days 1 to \(length)"))
    return containing(Day(unchecked: year, month, day), .day)
  }

  private static func month(_ part: Substring) throws(Fault) -> Int {
    try number(
      part, digits: 2, in: 1...12, else: Words("一年只有1月至12月", "a year has months 1 to 12"))
  }

  private static func number(
    _ text: Substring, digits: Int, in range: ClosedRange<Int>, else reason: Words
  ) throws(Fault) -> Int {
    guard let number = number(text, digits: digits) else { throw .spelling }
    guard range.contains(number) else { throw .absent(reason) }
    return number
  }

  private static func number(_ text: Substring, digits: Int) -> Int? {
    guard text.utf8.count == digits, text.utf8.allSatisfy(isDigit) else { return nil }
    return Int(text)
  }
}

extension Words {
  static let endsBeforeItBegins = Words("结束日早于开始日", "it ends before it begins")
}

extension Problem {
  /// A period that is spelled right but does not exist.
  public static func periodInvalid(_ text: String, because reason: Words) -> Problem {
    Problem(
      .periodInvalid,
      Words(
        "没有“\(text)”这个期间：\(reason.chinese)", "there is no period '\(text)': \(reason.english)"),
      hint: periodForms)
  }

  /// A text that is spelled like no period; the hint offers the forms.
  static func notAPeriod(_ text: String) -> Problem {
    Problem(
      .periodInvalid, Words("“\(text)”不是一个期间", "'\(text)' is not a period"),
      hint: periodForms)
  }

  private static let periodForms = Words(
    "可写：日 2026-05-12，周 2026-W20，旬 2026-05-X2，月 2026-05，季度 2026-Q2，半年 2026-H1，年 2026，"
      + "起止日 2026-04-01/2026-04-20；也可写 2026年5月、2026年5月12日",
    "forms: day 2026-05-12, week 2026-W20, ten days 2026-05-X2, month 2026-05, quarter 2026-Q2, "
      + "half-year 2026-H1, year 2026, from/to 2026-04-01/2026-04-20")
}
