/// A calendar date without a zone, as a count of days since 1970-01-01.
public struct Day: Hashable, Comparable, Sendable {
  public let ordinal: Int

  /// Numbers that lie far outside the calendar all mean the same far day, so that no count
  /// from a script can overflow; such days cannot be written (`isWritable`).
  public init(ordinal: Int) {
    self.ordinal = Self.bounded(ordinal)
  }

  /// Within some 270,000 years.
  static func bounded(_ count: Int) -> Int {
    max(-100_000_000, min(100_000_000, count))
  }

  /// Nil when there is no such date in the Gregorian calendar.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month),
      (1...Self.length(ofMonth: month, year: year)).contains(day)
    else { return nil }
    self.init(unchecked: year, month, day)
  }

  /// Reads `2026-05-12` and nothing else.
  public init?(_ text: some StringProtocol) {
    // Byte by byte: this is read for every date of every record.
    var (numbers, part, count) = ((0, 0, 0), 0, 0)
    for byte in text.utf8 {
      defer { count += 1 }
      if count == 4 || count == 7 {
        guard byte == UInt8(ascii: "-") else { return nil }
        part += 1
        continue
      }
      guard (48...57).contains(byte), count < 10 else { return nil }
      let digit = Int(byte) - 48
      switch part {
      case 0: numbers.0 = numbers.0 * 10 + digit
      case 1: numbers.1 = numbers.1 * 10 + digit
      default: numbers.2 = numbers.2 * 10 + digit
      }
    }
    guard count == 10 else { return nil }
    self.init(year: numbers.0, month: numbers.1, day: numbers.2)
  }

  public static func < (left: Day, right: Day) -> Bool {
    left.ordinal < right.ordinal
  }

  public static func + (day: Day, count: Int) -> Day {
    Day(ordinal: day.ordinal + bounded(count))
  }

  public static func - (left: Day, right: Day) -> Int {
    left.ordinal - right.ordinal
  }

  /// How many days a month has.
  public static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  public static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  /// The date's three numbers.
  public var civil: (year: Int, month: Int, day: Int) {
    let shifted = ordinal + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, day)
  }
}

extension Day: CustomStringConvertible {
  /// `2026-05-12`.
  public var description: String {
    let (year, month, day) = civil
    return Self.digits(year, 4) + "-" + Self.digits(month, 2) + "-" + Self.digits(day, 2)
  }

  private static func digits(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }
}
