/// What a setting holds; exact, so that the same rule always gives the same result.
///
/// A choice is the text of its code. Members of a map have no order of their
/// own; its type gives them one when they are shown.
public indirect enum SettingValue: Hashable, Sendable {
  case boolean(Bool)
  case integer(Int64)
  case decimal(Decimal)
  case text(String)
  case day(Day)
  case list([SettingValue])
  case map([String: SettingValue])
}

extension SettingValue {
  /// One spelling for each value, for hashing and for files; equal values have equal spellings.
  public var canonical: String {
    switch self {
    case .boolean(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .decimal(let value): value.plainText
    case .text(let text): Self.quoted(text)
    case .day(let day): day.description
    case .list(let items): "[" + items.map(\.canonical).joined(separator: ",") + "]"
    case .map(let members):
      "{"
        + members.sorted { $0.key < $1.key }
        .map { Self.quoted($0.key) + ":" + $0.value.canonical }.joined(separator: ",") + "}"
    }
  }

  /// Text between double quotes, with the characters escaped that would end it or break the line.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        if scalar.value < 0x20 || scalar.value == 0x7F {
          let digits = String(scalar.value, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }

  /// Numbers and dates as one scale, so that they compare exactly; nil for anything else.
  var position: Int128? {
    switch self {
    case .integer(let value): Int128(value) * 1_000_000_000
    case .decimal(let value): value.billionths
    case .day(let day): Int128(day.ordinal) * 1_000_000_000
    default: nil
    }
  }

  /// The numbers and dates inside, of which bounds speak.
  var leaves: [SettingValue] {
    switch self {
    case .list(let items): items.flatMap(\.leaves)
    case .map(let members): members.sorted { $0.key < $1.key }.flatMap(\.value.leaves)
    default: [self]
    }
  }
}

extension Decimal {
  /// The number times 10⁹: every decimal is a whole number of billionths.
  var billionths: Int128 {
    var scaled = Int128(units)
    for _ in places..<9 { scaled *= 10 }
    return scaled
  }

  /// Digits with as few places as the number needs: `7`, `0.25`.
  var plainText: String {
    Self.plainText(billionths: billionths)
  }

  static func plainText(billionths number: Int128) -> String {
    let magnitude = number.magnitude
    let (whole, fraction) = magnitude.quotientAndRemainder(dividingBy: 1_000_000_000)
    var digits = String(fraction)
    digits = String(repeating: "0", count: 9 - digits.count) + digits
    while digits.last == "0" { digits.removeLast() }
    return (number < 0 ? "-" : "") + String(whole) + (digits.isEmpty ? "" : "." + digits)
  }

  /// The same number with other places; nil when digits would be lost or it does not fit.
  func withPlaces(_ wanted: Int) -> Decimal? {
    var step: Int128 = 1
    for _ in wanted..<9 { step *= 10 }
    let (quotient, rest) = billionths.quotientAndRemainder(dividingBy: step)
    guard rest == 0, let units = Int64(exactly: quotient) else { return nil }
    return Decimal(units: units, places: wanted)
  }
}

extension SettingValue {
  /// The value as people read it: labels instead of codes, with its unit of measure.
  public func words(as type: SettingType, measure: Words? = nil) -> Words {
    Words(text(as: type, measure, .chinese), text(as: type, measure, .english))
  }

  private func text(as type: SettingType, _ measure: Words?, _ language: Language) -> String {
    let isChinese = language == .chinese
    switch (self, type) {
    case (.boolean(let value), _):
      return isChinese ? (value ? "是" : "否") : (value ? "yes" : "no")
    case (.text(let code), .choice(let choices)):
      return choices.first { $0.code == code }?.label.text(in: language) ?? code
    case (.list(let items), .list(let element)):
      let texts = items.map { $0.text(as: element, measure, language) }
      guard !texts.isEmpty else { return isChinese ? "（空）" : "(empty)" }
      return texts.joined(separator: isChinese ? "、" : ", ")
    case (.map(let members), _):
      let texts = type.ordered(members).map { code, label, value, element in
        label.text(in: language) + " " + value.text(as: element, measure, language)
      }
      guard !texts.isEmpty else { return isChinese ? "（空）" : "(empty)" }
      return texts.joined(separator: isChinese ? "、" : ", ")
    case (.integer, _), (.decimal, _):
      guard let measure = measure?.text(in: language) else { return canonical }
      if measure.hasPrefix("%") || measure.hasPrefix("％") { return canonical + measure }
      // English measures are declared in the plural: `5 working days`, `1 working day`.
      let isSingular = !isChinese && canonical == "1" && measure.hasSuffix("s")
      return canonical + " " + (isSingular ? String(measure.dropLast()) : measure)
    case (.text(let text), _): return text
    default: return canonical
    }
  }
}
