extension Decimal: Comparable {
  public static func < (left: Decimal, right: Decimal) -> Bool {
    let (left, right, _) = aligned(left, right)
    return left < right
  }
}

/// Sums, differences and products are exact or fail; there is no quotient here,
/// because a quotient is a `Rational`.
extension Decimal {
  public init(_ whole: Int64) {
    self.init(units: whole, places: 0)
  }

  /// Rounds a fraction; the same as `Rational.rounded(places:_:)`.
  public init(_ fraction: Rational, places: Int, _ rounding: Rounding) throws(Problem) {
    self = try fraction.rounded(places: places, rounding)
  }

  /// Has the places of the side with more; throws when it does not fit 64 bits.
  public static func + (left: Decimal, right: Decimal) throws(Problem) -> Decimal {
    let (left, right, places) = aligned(left, right)
    return try Decimal(wide: left + right, places: places)
  }

  /// Has the places of the side with more; throws when it does not fit 64 bits.
  public static func - (left: Decimal, right: Decimal) throws(Problem) -> Decimal {
    let (left, right, places) = aligned(left, right)
    return try Decimal(wide: left - right, places: places)
  }

  /// Has the places of both together, or as few as it needs where those are more
  /// than nine; throws when even that is impossible.
  public static func * (left: Decimal, right: Decimal) throws(Problem) -> Decimal {
    var units = Int128(left.units) * Int128(right.units)
    var places = left.places + right.places
    while places > maximumPlaces, units % 10 == 0 {
      units /= 10
      places -= 1
    }
    guard places <= maximumPlaces else { throw .tooManyPlaces(places) }
    return try Decimal(wide: units, places: places)
  }

  /// The same number with another count of places; throws when digits would be lost.
  public func rescaled(to places: Int) throws(Problem) -> Decimal {
    guard (0...Self.maximumPlaces).contains(places) else { throw .tooManyPlaces(places) }
    if places >= self.places {
      let factor = Int128(Self.power(places - self.places))
      return try Decimal(wide: Int128(units) * factor, places: places)
    }
    let divisor = Self.power(self.places - places)
    guard units % divisor == 0 else { throw .inexact(self, places: places) }
    return Decimal(units: units / divisor, places: places)
  }

  /// The same number with fewer places, rounded.
  public func rounded(places: Int, _ rounding: Rounding) throws(Problem) -> Decimal {
    try Rational(self).rounded(places: places, rounding)
  }

  private init(wide units: Int128, places: Int) throws(Problem) {
    guard let narrow = Int64(exactly: units) else { throw .numberTooLarge(places: places) }
    self.init(units: narrow, places: places)
  }

  /// Ten to the power of a count of places.
  static func power(_ places: Int) -> Int64 {
    (0..<places).reduce(1) { power, _ in power * 10 }
  }

  private static func aligned(_ left: Decimal, _ right: Decimal) -> (Int128, Int128, Int) {
    let places = max(left.places, right.places)
    return (
      Int128(left.units) * Int128(power(places - left.places)),
      Int128(right.units) * Int128(power(places - right.places)), places
    )
  }
}
