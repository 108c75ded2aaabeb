extension Period {
  /// A day or period as people write it, in its one spelling: `2026年4月3日`, `4月3日`, `2026-4`,
  /// `2026.4.3`, `2026年第二季度`, `mid May 2026`; nil when it is like none.
  ///
  /// - Parameter known: the year and month that go without saying.
  static func respelled(
    _ text: String, known: (year: Int?, month: Int?) = (nil, nil)
  ) -> String? {
    let text = text.plainSpelling.uppercased()
    let tight = text.filter { !$0.isWhitespace }
    return numeric(tight) ?? chinese(tight, known) ?? chinesePart(tight, known) ?? english(text)
  }

  /// From one day or period to another: `4月1日至15日`, `2026-03/2026-04`; nil when it is like none.
  static func respelledRange(_ text: String, year: Int?) -> String? {
    let text = text.plainSpelling.uppercased()
    for mark in ["/", "至", "到", "~", "—", "–", " TO ", "-"] {
      let sides = text.split(separator: mark, omittingEmptySubsequences: false)
      guard sides.count == 2, let first = respelled(String(sides[0]), known: (year, nil)) else {
        continue
      }
      // 2026年3月至4月: what the end leaves out, the beginning said.
      let said = first.split(separator: "-").prefix(2).map { Int($0) }
      let known = (year: said.first ?? nil, month: said.count == 2 ? said[1] : nil)
      if let last = respelled(String(sides[1]), known: known) { return first + "/" + last }
    }
    return nil
  }

  private static func numeric(_ text: String) -> String? {
    if let match = text.wholeMatch(of: /([0-9]{4})([-.\/])([0-9]{1,2})(?:\2([0-9]{1,2}))?/) {
      return joined(match.1, two(match.3), match.4.map(two))
    }
    if let match = text.wholeMatch(of: /([0-9]{4})-?([WQH])([0-9]{1,2})/) {
      return joined(match.1, "\(match.2)\(match.2 == "W" ? two(match.3) : String(match.3))")
    }
    if let match = text.wholeMatch(of: /([0-9]{4})-([0-9]{1,2})-X([0-9])/) {
      return joined(match.1, two(match.2), "X\(match.3)")
    }
    return text.wholeMatch(of: /[0-9]{4}/).map { String($0.output) }
  }

  /// Months and days: `2026年4月3日`, `4月`, `5月中旬`.
  private static func chinese(_ text: String, _ known: (year: Int?, month: Int?)) -> String? {
    let spelling = /(?:([0-9]{4})年)?(?:([0-9]{1,2})月份?)?(?:([0-9]{1,2})[日号]|([上中下])旬)?/
    guard !text.isEmpty, let match = text.wholeMatch(of: spelling) else { return nil }
    guard let year = match.1.map(String.init) ?? known.year.map(four) else { return nil }
    let tail = match.3.map(two) ?? match.4.map { ["上": "X1", "中": "X2"][$0] ?? "X3" }
    // The month goes without saying only beside one that was said, in the same year.
    let month = match.2.map(two) ?? (match.1 == nil ? known.month.map { two("\($0)") } : nil)
    guard let month else { return tail == nil ? year : nil }
    return joined(year, month, tail)
  }

  /// Weeks, quarters, halves: `2026年第20周`, `第二季度`, `上半年`.
  private static func chinesePart(_ text: String, _ known: (year: Int?, month: Int?)) -> String? {
    let spelling = /(?:([0-9]{4})年)?(?:第?([0-9]{1,2})周|第?([一二三四0-9])季度?|([上下])半年)/
    guard let match = text.wholeMatch(of: spelling) else { return nil }
    guard let year = match.1.map(String.init) ?? known.year.map(four) else { return nil }
    if let week = match.2 { return joined(year, "W\(two(week))") }
    if let quarter = match.3 {
      let number = ["一": "1", "二": "2", "三": "3", "四": "4"][quarter] ?? quarter
      return joined(year, "Q\(number)")
    }
    return joined(year, match.4 == "上" ? "H1" : "H2")
  }

  /// As the program prints them in English.
  private static func english(_ text: String) -> String? {
    if let match = text.wholeMatch(of: /(?:([0-9]{1,2}|EARLY|MID|LATE) )?([A-Z]{3,9}) ([0-9]{4})/) {
      guard let month = month(match.2) else { return nil }
      let third = match.1.map { ["EARLY": "X1", "MID": "X2", "LATE": "X3"][$0] ?? two($0) }
      return joined(match.3, month, third)
    }
    if let match = text.wholeMatch(of: /WEEK ([0-9]{1,2}) OF ([0-9]{4})/) {
      return joined(match.2, "W\(two(match.1))")
    }
    guard let match = text.wholeMatch(of: /([A-Z]+) (QUARTER|HALF) OF ([0-9]{4})/),
      let number = ["FIRST", "SECOND", "THIRD", "FOURTH"].firstIndex(of: match.1)
    else { return nil }
    return joined(match.3, "\(match.2.prefix(1))\(number + 1)")
  }

  /// `04` of April, or of its first letters.
  private static func month(_ name: Substring) -> String? {
    Day.monthNames.firstIndex { $0.uppercased().hasPrefix(name) }.map { two("\($0 + 1)") }
  }

  private static func joined(_ parts: (any StringProtocol)?...) -> String {
    parts.compactMap { $0.map { "\($0)" } }.joined(separator: "-")
  }

  private static func two(_ digits: some StringProtocol) -> String {
    digits.count == 1 ? "0\(digits)" : String(digits)
  }

  private static func four(_ year: Int) -> String {
    let digits = String(year)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
