internal import BigInt

extension Rational {
  /// The one place where a number is rounded.
  ///
  /// Throws when there may not be that many places, or when the result does not
  /// fit the 64 bits of a decimal.
  public func rounded(places: Int, _ rounding: Rounding) throws(Problem) -> Decimal {
    guard (0...Decimal.maximumPlaces).contains(places) else { throw .tooManyPlaces(places) }
    let scaled = numerator * BigInt(10).power(places)
    let (whole, rest) = scaled.magnitude.quotientAndRemainder(dividingBy: denominator.magnitude)
    let doubled = rest * 2
    let up: Bool
    if doubled == denominator.magnitude {
      up = rounding == .halfAway || whole % 2 == 1
    } else {
      up = doubled > denominator.magnitude
    }
    let units = BigInt(sign: scaled.sign, magnitude: up ? whole + 1 : whole)
    guard let units = Int64(exactly: units) else { throw .numberTooLarge(places: places) }
    return Decimal(units: units, places: places)
  }
}
