/// What a unit is called in files and on the command line: `sll-02`.
public struct UnitID: RawRepresentable, Hashable, Comparable, Sendable,
  ExpressibleByStringLiteral, CustomStringConvertible
{
  public let rawValue: String

  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  public init(_ text: String) {
    self.init(rawValue: text)
  }

  public init(stringLiteral text: String) {
    self.init(rawValue: text)
  }

  /// Whether a unit may be called so: letters and digits of any script, hyphens and underscores.
  ///
  /// An id is a folder, part of records' codes and of packages' names, and stands in actors
  /// (`worker@sll-02`): nothing in it may divide those, or be another spelling of the same.
  public var isWellFormed: Bool {
    guard let first = rawValue.unicodeScalars.first, Self.isLetterOrDigit(first),
      rawValue.utf8.count <= 64
    else { return false }
    return rawValue.unicodeScalars.allSatisfy { Self.isLetterOrDigit($0) || $0 == "-" || $0 == "_" }
  }

  /// Marks are none: what they stand on is then spelled in one way only.
  private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .otherLetter, .decimalNumber: true
    default: false
    }
  }

  public static func < (left: UnitID, right: UnitID) -> Bool {
    left.rawValue < right.rawValue
  }

  public var description: String { rawValue }
}
