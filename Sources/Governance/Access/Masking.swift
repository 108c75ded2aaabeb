/// How personal data looks to those who may not see it: `张*`, `3号楼*`, `094****`.
///
/// The rule is here; databases that mask by themselves spell it from the same constants.
public enum Masking {
  /// What a number is written with; one of more than five characters keeps its first three.
  public static let digits = "0123456789-+ "

  /// What the part of an address ends with that is kept, the widest first.
  public static let places = ["巷", "院", "楼"]

  public static let hidden = "*"
  public static let hiddenDigits = "****"

  /// A text with all but its beginning hidden; the length is hidden too.
  ///
  /// A name keeps its first character, a number its first three, an address what stands up to
  /// the first lane, yard or building.
  public static func mask(_ text: String) -> String {
    guard let first = text.unicodeScalars.first else { return text }
    if text.unicodeScalars.allSatisfy(digits.unicodeScalars.contains) {
      return text.count > 5 ? String(text.prefix(3)) + hiddenDigits : hidden
    }
    for place in places {
      guard let end = text.firstIndex(of: Character(place)) else { continue }
      return String(text[...end]) + hidden
    }
    return String(first) + hidden
  }

  /// The value as somebody sees it who may not see it; nil where a mask would say nothing.
  public static func mask(_ value: Value) -> Value? {
    if case .text(let text) = value { return .text(mask(text)) }
    return nil
  }
}
