/// What may be seen of a personal field by those who may not see it: `张*`, `3号楼*`, `094****`.
///
/// Declared with the field, never guessed from its values: whoever writes an illness into an
/// address must not have it shown because a 楼 follows.
///
/// Databases that mask by themselves spell it from the same constants.
public enum Mask: String, CaseIterable, Hashable, Sendable {
  /// 张*: the first character.
  case name

  /// 094****: the first three digits of a number of more than five.
  case telephone

  /// 3号楼*: a building's number at the beginning.
  case address

  /// ****: nothing of it.
  case identityNumber

  /// *: nothing of it, for whatever people write in their own words.
  case text

  /// Nothing of it, not even whether there is a value: a year, a reference, a number.
  case hidden

  /// What a number is written with; the asterisk, so that what is masked stays as it is.
  public static let digits = "0123456789-+ *"

  /// How many digits a building's number has at most.
  public static let buildingDigits = 4

  /// What follows a building's number and is kept with it, the longest first.
  public static let buildings = ["号楼", "号院", "号", "栋", "幢", "-"]

  public static let nothing = "*"
  public static let noDigits = "****"

  /// A text with all but its beginning hidden; the length is hidden too. Nil where a mask would
  /// say nothing.
  public func masked(_ text: String) -> String? {
    if self == .hidden { return nil }
    guard let first = text.unicodeScalars.first else { return text }
    switch self {
    case .name: return String(first) + Self.nothing
    case .telephone: return Self.number(text.unicodeScalars)
    case .address: return Self.building(text.unicodeScalars)
    case .identityNumber: return Self.noDigits
    case .text, .hidden: return Self.nothing
    }
  }

  /// The value as somebody sees it who may not see it.
  public func masked(_ value: Value) -> Value? {
    if case .text(let text) = value { return masked(text).map { .text($0) } }
    return nil
  }

  private static func number(_ text: String.UnicodeScalarView) -> String {
    guard text.count > 5, text.allSatisfy(digits.unicodeScalars.contains) else { return nothing }
    return String(text.prefix(3)) + noDigits
  }

  private static func building(_ text: String.UnicodeScalarView) -> String {
    let number = text.prefix { ("0"..."9").contains($0) }
    let rest = text[number.endIndex...]
    let ending = buildings.first { rest.starts(with: $0.unicodeScalars) }
    guard let ending, (1...buildingDigits).contains(number.count) else { return nothing }
    return String(number) + ending + nothing
  }
}
