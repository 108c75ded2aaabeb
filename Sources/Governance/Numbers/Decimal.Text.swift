extension Decimal: CustomStringConvertible {
  /// Exactly as many digits after the point as there are places: `89.10`, `-0.05`, `12`.
  public var description: String {
    let digits = String(units.magnitude)
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    let sign = units < 0 ? "-" : ""
    guard places > 0 else { return sign + padded }
    return sign + padded.dropLast(places) + "." + padded.suffix(places)
  }

  /// Reads `12`, `-0.50`; the places are the digits after the point. Nil when it
  /// is anything else, has more than nine places or does not fit 64 bits.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let unsigned = text.hasPrefix("-") ? parts[0].dropFirst() : parts[0][...]
    guard parts.count <= 2, !unsigned.isEmpty, unsigned.utf8.allSatisfy(isDigit),
      parts.dropFirst().allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(isDigit) })
    else { return nil }
    let places = parts.count == 2 ? parts[1].utf8.count : 0
    guard places <= Self.maximumPlaces, let units = Int64(parts.joined()) else { return nil }
    self.init(units: units, places: places)
  }

  /// Reads a decimal that is stored with `places` places; more digits than that
  /// are refused rather than rounded, unless they are zeros.
  public static func parse(_ text: String, places: Int) throws(Problem) -> Decimal {
    guard let decimal = Decimal(text) else { throw .notADecimal(text, places: places) }
    do {
      return try decimal.rescaled(to: places)
    } catch {
      throw .notADecimal(text, places: places)
    }
  }
}

extension Problem {
  static func notADecimal(_ text: String, places: Int) -> Problem {
    let example = Decimal(units: 125 * Decimal.power(places) / 10, places: places)
    return Problem(
      .inputInvalid,
      Words(
        "“\(text)”不是最多\(places)位小数的数", "'\(text)' is not a number with at most \(places) decimals"),
      hint: Words("请写成 \(example) 这样，不带单位和逗号", "write it like \(example), without unit or commas"))
  }

  static func tooManyPlaces(_ places: Int) -> Problem {
    Problem(
      .inputInvalid,
      Words(
        "小数位数只能是0到\(Decimal.maximumPlaces)，这里是\(places)",
        "decimals can have 0 to \(Decimal.maximumPlaces) places, not \(places)"))
  }

  static func numberTooLarge(places: Int) -> Problem {
    Problem(
      .inputInvalid,
      Words(
        "结果太大，放不进\(places)位小数的数",
        "the result is too large for a number with \(places) decimals"))
  }

  static func inexact(_ decimal: Decimal, places: Int) -> Problem {
    Problem(
      .inputInvalid,
      Words(
        "\(decimal) 用\(places)位小数写不下，不能悄悄舍入",
        "\(decimal) needs more than \(places) decimals and is not rounded silently"),
      hint: Words("请指明舍入方式", "say how to round it"))
  }
}
