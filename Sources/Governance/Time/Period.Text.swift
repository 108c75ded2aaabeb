extension Period: CustomStringConvertible {
  /// Spelled so that `parse` reads it back: `2026-05-X2`.
  public var description: String {
    let text = first.description
    let (year, month, day) = first.civil
    switch kind {
    case nil: return "\(first)/\(last)"
    case .day: return text
    case .week:
      let (weekYear, week) = first.isoWeek
      return "\(fourDigits(weekYear))-W\(twoDigits(week))"
    case .tenDays: return "\(text.prefix(7))-X\(day / 10 + 1)"
    case .month: return String(text.prefix(7))
    case .quarter: return "\(fourDigits(year))-Q\((month + 2) / 3)"
    case .halfYear: return "\(fourDigits(year))-H\((month + 5) / 6)"
    case .year: return fourDigits(year)
    }
  }

  /// For people: `2026年4月`, `2026年第20周`, `2026年5月中旬`; `April 2026`.
  public var label: Words {
    let (year, month, day) = first.civil
    let name = Day.monthNames[month - 1]
    switch kind {
    case nil:
      return Words(
        "\(first.chinese)至\(last.chinese)", "\(first.label.english) to \(last.label.english)")
    case .day: return first.label
    case .week:
      let (weekYear, week) = first.isoWeek
      return Words("\(weekYear)年第\(week)周", "week \(week) of \(weekYear)")
    case .tenDays:
      let (chinese, english) = [("上旬", "early"), ("中旬", "mid"), ("下旬", "late")][day / 10]
      return Words("\(year)年\(month)月\(chinese)", "\(english) \(name) \(year)")
    case .month: return Words("\(year)年\(month)月", "\(name) \(year)")
    case .quarter:
      let number = (month - 1) / 3
      let (chinese, english) = (["一", "二", "三", "四"], ["first", "second", "third", "fourth"])
      return Words(
        "\(year)年第\(chinese[number])季度", "\(english[number]) quarter of \(year)")
    case .halfYear:
      return month == 1
        ? Words("\(year)年上半年", "first half of \(year)")
        : Words("\(year)年下半年", "second half of \(year)")
    case .year: return Words("\(year)年", String(year))
    }
  }
}

private func fourDigits(_ number: Int) -> String {
  let text = String(number)
  return String(repeating: "0", count: max(0, 4 - text.count)) + text
}

private func twoDigits(_ number: Int) -> String {
  number < 10 ? "0\(number)" : String(number)
}
