extension Instant: CustomStringConvertible {
  /// To the minute at +08:00: `2026-05-12 09:30`.
  public var description: String {
    let (hour, minute, _, _) = clock
    return "\(day) \(two(hour)):\(two(minute))"
  }

  /// To the second at +08:00: `2026-05-12 09:30:15`.
  public var toTheSecond: String {
    description + ":" + two(clock.second)
  }

  /// With zone, for JSON: `2026-05-12T09:30:15+08:00`, and milliseconds where there are any.
  public var iso: String {
    let (hour, minute, second, rest) = clock
    let digits = String(rest)
    let fraction = rest == 0 ? "" : "." + String(repeating: "0", count: 3 - digits.count) + digits
    return "\(day)T\(two(hour)):\(two(minute)):\(two(second))\(fraction)+08:00"
  }

  /// `2026年5月12日 09:30`, `12 May 2026 09:30`.
  public var label: Words {
    let time = " \(two(clock.hour)):\(two(clock.minute))"
    return Words(day.label.chinese + time, day.label.english + time)
  }

  /// The time of day at +08:00.
  public var clock: (hour: Int, minute: Int, second: Int, millisecond: Int) {
    let midnight = Instant(day).milliseconds
    let passed = Int(milliseconds - midnight)
    return (passed / 3_600_000, passed / 60_000 % 60, passed / 1000 % 60, passed % 1000)
  }

  public static func + (instant: Instant, milliseconds: Int64) -> Instant {
    Instant(milliseconds: instant.milliseconds + bounded(milliseconds))
  }

  /// The same moment some hours later: the 2 h and 24 h clocks run through nights and holidays.
  public func adding(hours: Int) -> Instant {
    self + Int64(Day.bounded(hours)) * 3_600_000
  }
}

extension Instant {
  /// Reads `2026-05-12 09:30`, with seconds or without, with `T` for the space,
  /// with `+08:00`, `Z` or no zone, which means +08:00.
  public init?(_ text: some StringProtocol) {
    guard let day = Day(text.prefix(10)), let mark = text.dropFirst(10).first,
      mark == " " || mark == "T"
    else { return nil }
    var rest = String(text.dropFirst(11))
    var shift: Int64 = 0
    if rest.hasSuffix("+08:00") {
      rest.removeLast(6)
    } else if rest.hasSuffix("Z") {
      rest.removeLast()
      shift = Self.offset
    }
    guard let passed = Self.timeOfDay(rest) else { return nil }
    self = Instant(day) + (passed + shift)
  }

  /// Reads a moment as people write it (`2026-05-12 09:30`, `5月12日9点30分`), or says what is
  /// wrong with it.
  ///
  /// - Parameter today: gives a date without a year its year.
  public static func parse(_ text: String, today: Day? = nil) throws(Problem) -> Instant {
    if let instant = Instant(text) { return instant }
    let spelling = /(.+?)\s*([0-9]{1,2})(?::([0-9]{2})(:[0-9]{2})?|[点时](?:([0-9]{1,2})分?)?)/
    guard let match = text.plainSpelling.wholeMatch(of: spelling),
      let day = try? Day.parse(String(match.1), today: today)
    else { throw .noSuchInstant(text) }
    let minute = match.3 ?? match.5 ?? "00"
    let time = [match.2, minute].map { $0.count == 1 ? "0\($0)" : String($0) }
    guard let instant = Instant("\(day) " + time.joined(separator: ":") + (match.4 ?? "")) else {
      throw .noSuchInstant(text)
    }
    return instant
  }

  /// Milliseconds since midnight of `09:30`, `09:30:15` or `09:30:15.250`.
  private static func timeOfDay(_ text: String) -> Int64? {
    let halves = text.split(separator: ".", omittingEmptySubsequences: false)
    let parts = halves[0].split(separator: ":", omittingEmptySubsequences: false)
    guard halves.count <= 2, (2...3).contains(parts.count), halves.count == 1 || parts.count == 3,
      parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy(isDigit) }),
      halves.dropFirst().allSatisfy({ $0.utf8.count == 3 && $0.utf8.allSatisfy(isDigit) })
    else { return nil }
    let numbers = parts.compactMap { Int64($0) }
    guard numbers[0] < 24, numbers.dropFirst().allSatisfy({ $0 < 60 }) else { return nil }
    let seconds = numbers[0] * 3600 + numbers[1] * 60 + (numbers.count == 3 ? numbers[2] : 0)
    return seconds * 1000 + (halves.count == 2 ? Int64(halves[1]) ?? 0 : 0)
  }
}

extension Problem {
  /// A text that is no moment.
  public static func noSuchInstant(_ text: String) -> Problem {
    Problem(
      .inputInvalid, Words("“\(text)”不是一个时间", "'\(text)' is not a time"),
      hint: Words("请写成 2026-05-12 09:30 这样", "write it like 2026-05-12 09:30"))
  }
}

private func two(_ number: Int) -> String {
  number < 10 ? "0\(number)" : String(number)
}
