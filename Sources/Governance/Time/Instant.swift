/// A moment, as milliseconds since 1970-01-01T00:00Z; shown at +08:00.
public struct Instant: Hashable, Comparable, Sendable {
  public let milliseconds: Int64

  /// Numbers that lie far outside the calendar all mean the same far moment, so that none can
  /// overflow later.
  public init(milliseconds: Int64) {
    self.milliseconds = Self.bounded(milliseconds)
  }

  /// Within some 270,000 years.
  static func bounded(_ milliseconds: Int64) -> Int64 {
    max(-8_640_000_000_000_000, min(8_640_000_000_000_000, milliseconds))
  }

  public static func < (left: Instant, right: Instant) -> Bool {
    left.milliseconds < right.milliseconds
  }

  /// All of China keeps one time, eight hours ahead of UTC.
  static let offset: Int64 = 8 * 3_600_000
  static let dayLength: Int64 = 86_400_000

  /// The moment a day begins at +08:00, plus hours, minutes and seconds.
  public init(_ day: Day, hour: Int = 0, minute: Int = 0, second: Int = 0) {
    let seconds = Int64(hour * 3600 + minute * 60 + second)
    milliseconds = Int64(day.ordinal) * Self.dayLength + seconds * 1000 - Self.offset
  }

  /// The date it is in China at this moment.
  public var day: Day {
    let shifted = milliseconds + Self.offset
    let whole = shifted / Self.dayLength
    return Day(ordinal: Int(shifted % Self.dayLength < 0 ? whole - 1 : whole))
  }
}
