/// A decision of a building's owners on their common parts (Civil Code 278; `domain.md` §6.4).
public struct OwnersVote: Hashable, Sendable {
  /// Exclusive area and number of owners.
  public struct Weight: Hashable, Sendable {
    public let area: Rational
    public let heads: Int

    public init(area: Rational, heads: Int) {
      self.area = area
      self.heads = heads
    }
  }

  public enum Matter: String, CaseIterable, Sendable {
    /// More than half of those taking part.
    case ordinary
    /// Raising funds, rebuilding, changing the use of common parts or earning from
    /// them: three quarters of those taking part.
    case special
  }

  public let all: Weight
  public let takingPart: Weight
  public let approving: Weight

  public init(all: Weight, takingPart: Weight, approving: Weight) {
    self.all = all
    self.takingPart = takingPart
    self.approving = approving
  }

  /// Two thirds of the area and two thirds of the owners (三分之二以上 includes them).
  public var isQuorate: Bool {
    all.heads > 0 && takingPart.area * 3 >= all.area * 2
      && Rational(takingPart.heads) * 3 >= Rational(all.heads) * 2
  }

  /// Both by area and by head.
  public func isPassed(_ matter: Matter) -> Bool {
    guard isQuorate else { return false }
    switch matter {
    case .ordinary:
      return isShare(of: takingPart) { $0 * 2 > $1 }
    case .special:
      return isShare(of: takingPart) { $0 * 4 >= $1 * 3 }
    }
  }

  private func isShare(of base: Weight, _ holds: (Rational, Rational) -> Bool) -> Bool {
    holds(approving.area, base.area) && holds(Rational(approving.heads), Rational(base.heads))
  }
}
