internal import BigInt

/// An exact fraction of any size, always reduced.
///
/// Formulas calculate with fractions from end to end and round once, with
/// `rounded(places:_:)`; thresholds are compared before rounding, so 243 of 488
/// is never "50 %".
public struct Rational: Hashable, Sendable {
  /// Carries the sign.
  let numerator: BigInt

  /// Positive, without a common divisor with the numerator.
  let denominator: BigInt

  public static let zero = Rational(0)
  public static let one = Rational(1)

  public init(_ number: some BinaryInteger) {
    numerator = BigInt(number)
    denominator = 1
  }

  /// - Precondition: the denominator is not zero; ask first, 0 of 0 has no value.
  public init(_ numerator: some BinaryInteger, over denominator: some BinaryInteger) {
    self.init(reducing: BigInt(numerator), BigInt(denominator))
  }

  public init(_ decimal: Decimal) {
    self.init(reducing: BigInt(decimal.units), BigInt(10).power(decimal.places))
  }

  /// - Precondition: the denominator is not zero.
  init(reducing numerator: BigInt, _ denominator: BigInt) {
    precondition(!denominator.isZero, "a fraction over zero")
    let divisor = numerator.greatestCommonDivisor(with: denominator)
    let sign: BigInt = denominator.signum() < 0 ? -1 : 1
    self.numerator = sign * numerator / divisor
    self.denominator = sign * denominator / divisor
  }

  public var isZero: Bool { numerator.isZero }
  public var isNegative: Bool { numerator.signum() < 0 }
  public var isWhole: Bool { denominator == 1 }

  /// The larger of the bits that numerator and denominator take.
  ///
  /// A script can square a fraction until it fills the memory; its host refuses
  /// what has grown past a limit.
  public var bitWidth: Int {
    max(numerator.magnitude.bitWidth, denominator.magnitude.bitWidth)
  }

  /// The nearest binary number, for charts only: never compare or round it.
  public var approximation: Double {
    let excess = max(0, bitWidth - 1000)
    return Double(numerator >> excess) / Double(denominator >> excess)
  }
}

extension Rational: ExpressibleByIntegerLiteral {
  public init(integerLiteral number: Int) {
    self.init(number)
  }
}

extension Rational: Comparable, AdditiveArithmetic {
  public static func < (left: Rational, right: Rational) -> Bool {
    left.numerator * right.denominator < right.numerator * left.denominator
  }

  public static func + (left: Rational, right: Rational) -> Rational {
    Rational(
      reducing: left.numerator * right.denominator + right.numerator * left.denominator,
      left.denominator * right.denominator)
  }

  public static func - (left: Rational, right: Rational) -> Rational {
    left + -right
  }

  public static prefix func - (number: Rational) -> Rational {
    Rational(reducing: -number.numerator, number.denominator)
  }

  public static func * (left: Rational, right: Rational) -> Rational {
    Rational(
      reducing: left.numerator * right.numerator, left.denominator * right.denominator)
  }

  /// - Precondition: the divisor is not zero; `divided(by:)` asks.
  public static func / (left: Rational, right: Rational) -> Rational {
    Rational(
      reducing: left.numerator * right.denominator, left.denominator * right.numerator)
  }

  /// Nil when the divisor is zero: "does not apply", neither an error nor 0.
  public func divided(by divisor: Rational) -> Rational? {
    divisor.isZero ? nil : self / divisor
  }

  public var magnitude: Rational { isNegative ? -self : self }

  public func clamped(to bounds: ClosedRange<Rational>) -> Rational {
    min(max(self, bounds.lowerBound), bounds.upperBound)
  }
}
