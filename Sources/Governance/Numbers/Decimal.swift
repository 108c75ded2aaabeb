/// An exact decimal number: `units` divided by ten to the power of `places`.
///
/// Money has two places, scores as many as their formula declares. Two decimals
/// are equal when their numbers are, whatever their places.
public struct Decimal: Sendable {
  public let units: Int64
  public let places: Int

  /// How many places a decimal may have.
  public static let maximumPlaces = 9

  /// - Precondition: `places` is between 0 and `maximumPlaces`.
  public init(units: Int64, places: Int) {
    precondition((0...Self.maximumPlaces).contains(places), "\(places) decimal places")
    self.units = units
    self.places = places
  }
}

extension Decimal: Hashable {
  public static func == (left: Decimal, right: Decimal) -> Bool {
    left.reduced == right.reduced
  }

  public func hash(into hasher: inout Hasher) {
    let (units, places) = reduced
    hasher.combine(units)
    hasher.combine(places)
  }

  /// The same number with as few places as possible.
  private var reduced: (Int64, Int) {
    var units = units
    var places = places
    while places > 0, units % 10 == 0 {
      units /= 10
      places -= 1
    }
    return (units, places)
  }
}
