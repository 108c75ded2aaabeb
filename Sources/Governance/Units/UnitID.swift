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

  public static func < (left: UnitID, right: UnitID) -> Bool {
    left.rawValue < right.rawValue
  }

  public var description: String { rawValue }
}
