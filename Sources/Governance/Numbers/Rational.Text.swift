internal import BigInt

extension Rational: CustomStringConvertible {
  /// Exact: `92`, `-5/3`. Reading it back gives the same fraction.
  public var description: String {
    isWhole ? String(numerator) : "\(numerator)/\(denominator)"
  }

  /// Reads `92`, `-0.125` or `59/64` and nothing else, up to 1,000 characters.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard text.utf8.count <= 1000, parts.count <= 2, let above = Self.plain(parts[0]) else {
      return nil
    }
    guard parts.count == 2 else {
      self = above
      return
    }
    guard above.isWhole, parts[1].utf8.allSatisfy(isDigit), let below = Self.plain(parts[1]),
      !below.isZero
    else { return nil }
    self = above / below
  }

  /// The number as a person would write it: 0.35 is 35/100 here, whatever its
  /// nearest binary number is; nil when it is not finite.
  public init?(_ number: Double) {
    guard number.isFinite else { return nil }
    let parts = number.description.split(separator: "e")
    guard let digits = Self.plain(parts[0]) else { return nil }
    let exponent = parts.count == 2 ? Int(parts[1])! : 0
    let power = BigInt(10).power(abs(exponent))
    self = digits * Rational(reducing: exponent < 0 ? 1 : power, exponent < 0 ? power : 1)
  }

  /// The same number as a decimal, where it ends within the places a decimal may have.
  public var decimal: Decimal? {
    for places in 0...Decimal.maximumPlaces {
      let scaled = numerator * BigInt(10).power(places)
      guard scaled % denominator == 0 else { continue }
      return Int64(exactly: scaled / denominator).map { Decimal(units: $0, places: places) }
    }
    return nil
  }

  /// A whole number or a decimal number of any length.
  private static func plain(_ text: some StringProtocol) -> Rational? {
    let unsigned = text.hasPrefix("-") ? text.dropFirst() : text[...]
    let parts = unsigned.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2,
      parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(isDigit) }),
      let digits = BigInt(parts.joined())
    else { return nil }
    let places = parts.count == 2 ? parts[1].utf8.count : 0
    return Rational(reducing: text.hasPrefix("-") ? -digits : digits, BigInt(10).power(places))
  }
}

/// Whether a byte is one of `0` to `9`.
func isDigit(_ byte: UInt8) -> Bool {
  (48...57).contains(byte)
}
