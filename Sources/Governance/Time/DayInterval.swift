/// The days on which a fact holds: from ≤ day < to; a missing end is open (decisions 6).
public struct DayInterval: Hashable, Sendable {
  public let from: Day?
  public let to: Day?

  public static let always = DayInterval()

  public init(from: Day? = nil, to: Day? = nil) {
    self.from = from
    self.to = to
  }

  public func contains(_ day: Day) -> Bool {
    if let from, day < from { return false }
    if let to, day >= to { return false }
    return true
  }

  public var isEmpty: Bool {
    guard let from, let to else { return false }
    return from >= to
  }

  public func overlaps(_ other: DayInterval) -> Bool {
    let latest = max(from ?? .earliest, other.from ?? .earliest)
    guard let earliest = [to, other.to].compactMap(\.self).min() else { return true }
    return !isEmpty && !other.isEmpty && latest < earliest
  }

  /// `2026年3月1日起`, `2026年3月1日至2026年4月30日`: people read the last day, not the day after.
  public var label: Words {
    let last = to.map { $0 - 1 }
    return switch (from, last) {
    case (nil, nil): Words("一直", "always")
    case (let from?, nil): Words("\(from.chinese)起", "from \(from.label.english)")
    case (nil, let last?): Words("至\(last.chinese)", "until \(last.label.english)")
    case (let from?, let last?):
      Words(
        "\(from.chinese)至\(last.chinese)", "\(from.label.english) to \(last.label.english)")
    }
  }
}
