/// A value that crossed between Lua and the host: copied, so it cannot change later.
public indirect enum LuaValue: Hashable, Sendable {
  case `nil`
  case boolean(Bool)
  case integer(Int64)
  case number(Double)
  case string(String)

  /// An exact number: units divided by ten to the power of places (at most nine).
  case decimal(units: Int64, places: Int)

  /// A table with the keys 1…n only; an empty table too.
  case list([LuaValue])

  /// A table with string keys only; an empty one where the host or `json.decode` made it.
  case record([String: LuaValue])

  /// A table with both.
  case mixed(list: [LuaValue], fields: [String: LuaValue])

  /// A Lua function; it can be called by the interpreter it came from.
  case function(LuaFunction)

  /// A Swift value that scripts hold and pass around.
  case object(HostObject)
}

/// The name of a Lua function within its interpreter.
public struct LuaFunction: Hashable, Sendable {
  let interpreter: Int
  let number: Int64
}

/// A Swift value held by scripts, under the name of its kind.
public struct HostObject: Hashable, Sendable {
  /// The name of its `HostType`.
  public let type: String
  public let value: any Sendable

  /// About how many bytes the host holds for it.
  let bytes: Int
  private let identity: Identity

  private final class Identity: Sendable {}

  /// Of an object that holds next to nothing: its place, its type, its identity.
  public static let leastBytes = 200

  public init(type: String, _ value: any Sendable, bytes: Int = leastBytes) {
    self.type = type
    self.value = value
    self.bytes = bytes
    identity = Identity()
  }

  public init(_ value: some LuaObject) {
    self.init(type: Swift.type(of: value).luaType, value, bytes: value.bytes)
  }

  public static func == (left: HostObject, right: HostObject) -> Bool {
    left.identity === right.identity
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(identity))
  }
}

extension LuaValue {
  public var isNil: Bool { self == .nil }

  public var text: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// The integer, also from a number without a fraction, as Lua takes it.
  public var int64: Int64? {
    switch self {
    case .integer(let value): value
    case .number(let value): Int64(exactly: value)
    default: nil
    }
  }

  public var int: Int? { int64.flatMap { Int(exactly: $0) } }

  public var double: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }

  public var bool: Bool? {
    if case .boolean(let value) = self { value } else { nil }
  }

  /// The items of a table; nil for what is not one or has no list part. An empty table has none.
  public var items: [LuaValue]? {
    switch self {
    case .list(let items), .mixed(let items, _): items
    case .record(let fields): fields.isEmpty ? [] : nil
    default: nil
    }
  }

  /// The named fields of a table; an empty table has none.
  public var fields: [String: LuaValue]? {
    switch self {
    case .record(let fields), .mixed(_, let fields): fields
    case .list(let items): items.isEmpty ? [:] : nil
    default: nil
    }
  }

  public var function: LuaFunction? {
    if case .function(let function) = self { function } else { nil }
  }

  /// The Swift value of an object of this type.
  public func object<Value: LuaObject>(as type: Value.Type) -> Value? {
    if case .object(let object) = self { object.value as? Value } else { nil }
  }

  public subscript(name: String) -> LuaValue { fields?[name] ?? .nil }

  /// What Lua calls this type of value.
  public var typeName: String {
    switch self {
    case .nil: "nil"
    case .boolean: "boolean"
    case .integer, .number: "number"
    case .string: "string"
    case .decimal: "decimal"
    case .list, .record, .mixed: "table"
    case .function: "function"
    case .object(let object): object.type
    }
  }
}

extension LuaValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByStringLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  public init(nilLiteral: ()) { self = .nil }
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
  public init(integerLiteral value: Int64) { self = .integer(value) }
  public init(floatLiteral value: Double) { self = .number(value) }
  public init(stringLiteral value: String) { self = .string(value) }
  public init(arrayLiteral elements: LuaValue...) { self = .list(elements) }

  public init(dictionaryLiteral elements: (String, LuaValue)...) {
    self = .record(Dictionary(elements) { _, last in last })
  }
}
