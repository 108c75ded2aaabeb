/// How the parts of a weighted mean go together.
///
/// A part that does not apply drops out and its weight is shared among the
/// others in proportion. Parts of weight 0 never matter, not even missing ones.
public struct Mix: Hashable, Sendable {
  /// One for each part, in order.
  public let weights: [Rational]

  /// Positions of parts of which at least one must have a value; else the whole is not assessed.
  public let needsOneOf: [Int]

  public init(_ weights: [Rational], needsOneOf: [Int] = []) {
    self.weights = weights
    self.needsOneOf = needsOneOf
  }

  public func mean(of parts: [Figure]) -> Figure {
    let counted = zip(parts, weights).filter { !$0.1.isZero && !$0.0.isNotApplicable }
    if let undetermined = counted.lazy.map(\.0).undetermined { return undetermined }
    guard needsOneOf.isEmpty || needsOneOf.contains(where: { parts[$0].number != nil }) else {
      return .notApplicable(.neededPartsGone)
    }
    let remaining = counted.map(\.1).reduce(.zero, +)
    let total = counted.map { ($0.0.number ?? .zero) * $0.1 }.reduce(.zero, +)
    return total.divided(by: remaining).map(Figure.present) ?? .notApplicable(.nothingLeft)
  }

  /// What part of the whole each part makes up once the dropped ones are shared out; sums to 1 or 0.
  public func shares(of parts: [Figure]) -> [Rational] {
    guard mean(of: parts).number != nil else { return weights.map { _ in .zero } }
    let left = zip(parts, weights).map { $0.0.number == nil ? Rational.zero : $0.1 }
    let remaining = left.reduce(.zero, +)
    return left.map { $0.divided(by: remaining) ?? .zero }
  }
}

extension Words {
  static let neededPartsGone = Words(
    "必需的各项均不适用", "none of the needed parts applies")
}
