/// How many of the dwellings handed over are lived in (B2, B3; `domain.md` §3.4).
///
/// Shops are not dwellings. Thresholds are compared as integers, never as
/// rounded percentages.
public struct Occupancy: Hashable, Sendable {
  public let occupied: Int
  public let handedOver: Int

  public init(occupied: Int, handedOver: Int) {
    self.occupied = occupied
    self.handedOver = handedOver
  }

  /// Nil when no dwelling has been handed over: undefined, not 0 %.
  public var rate: Rational? {
    handedOver > 0 ? Rational(occupied, over: handedOver) : nil
  }

  /// Whether a committee must be applied for: half or more, as 达到 includes 50 %.
  public var reachesHalf: Bool? {
    handedOver > 0 ? occupied >= handedOver - occupied : nil
  }
}
