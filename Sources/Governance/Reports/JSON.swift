/// A JSON text as a value; members keep their order.
///
/// Exact decimals are written as strings (`decisions.md` 21), so `number` is
/// for measurements only.
public enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  /// Written in the shortest form that reads back the same; not a number and infinity as null.
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([Member])

  /// One name and its value.
  public struct Member: Hashable, Sendable {
    public let name: String
    public let value: JSONValue

    public init(_ name: String, _ value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// A decimal as a string with its places: `"89.10"`.
  public static func decimal(_ decimal: Decimal) -> JSONValue {
    .string("\(decimal)")
  }

  /// A day as `"2026-05-12"`.
  public static func day(_ day: Day) -> JSONValue {
    .string(day.description)
  }

  /// The value, or null when there is none.
  public static func optional<Wrapped>(
    _ value: Wrapped?, _ make: (Wrapped) -> JSONValue
  ) -> JSONValue {
    value.map(make) ?? .null
  }

  /// Members sorted by the bytes of their names.
  public static func object(_ members: [String: JSONValue]) -> JSONValue {
    .object(
      members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        .map { Member($0.key, $0.value) })
  }

  /// What a command prints with `--json`: `{"format": "gongyue.<command>/1", "data": …}`.
  public static func envelope(_ command: String, _ data: JSONValue) -> JSONValue {
    ["format": .string("gongyue.\(command)/1"), "data": data]
  }
}

extension JSONValue {
  /// The member of an object, or nil.
  public subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  public var text: String? {
    if case .string(let text) = self { text } else { nil }
  }

  public var integer: Int64? {
    if case .integer(let integer) = self { integer } else { nil }
  }

  public var boolean: Bool? {
    if case .bool(let bool) = self { bool } else { nil }
  }

  public var elements: [JSONValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  /// The members by name.
  public var fields: [String: JSONValue]? {
    members.map { Dictionary($0.map { ($0.name, $0.value) }) { first, _ in first } }
  }

  public var members: [Member]? {
    if case .object(let members) = self { members } else { nil }
  }
}

extension JSONValue: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral,
  ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByNilLiteral
{
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { Member($0.0, $0.1) })
  }

  public init(arrayLiteral elements: JSONValue...) {
    self = .array(elements)
  }

  public init(stringLiteral value: String) {
    self = .string(value)
  }

  public init(integerLiteral value: Int64) {
    self = .integer(value)
  }

  public init(booleanLiteral value: Bool) {
    self = .bool(value)
  }

  public init(nilLiteral: ()) {
    self = .null
  }
}
