internal import CLuaShim

/// A Swift type that an argument of a host function can have.
public protocol LuaReadable {
  /// What a script's author calls it: `integer`, `string`, `query`.
  static var luaName: String { get }

  /// Whether it takes every argument from its place on.
  static var isRest: Bool { get }

  /// Whether the argument may be left out.
  static var isOptional: Bool { get }

  /// The argument at `index` (from 0), or nil when it is something else.
  static func read(_ arguments: borrowing Arguments, at index: Int) throws -> Self?
}

extension LuaReadable {
  public static var isRest: Bool { false }
  public static var isOptional: Bool { false }
}

/// A Swift type that a host function can return.
public protocol LuaWritable {
  static var luaResult: String { get }

  /// Emits the results, in order, and gives how many they are.
  func write(to results: borrowing Results) throws -> Int
}

/// A Swift value that scripts hold as an object of a `HostType`.
public protocol LuaObject: Sendable, LuaReadable, LuaWritable {
  /// The name of its `HostType`.
  static var luaType: String { get }
}

/// The arguments of one call of a host function, valid during it.
public struct Arguments: ~Copyable {
  let values: UnsafePointer<ShimValue>
  public let count: Int

  /// Not counted: the core outlives every call.
  unowned(unsafe) let core: Core

  @inline(__always)
  func kind(at index: Int) -> Int32 {
    index < count ? values[index].kind : 0
  }

  @inline(__always)
  func integer(at index: Int) -> Int64? {
    switch kind(at: index) {
    case ShimKind.integer: values[index].integer
    case ShimKind.number: Int64(exactly: values[index].number)
    default: nil
    }
  }

  /// The language that argument errors are worded in.
  public var language: LuaLanguage { core.language }

  /// The whole argument as a value, tables copied.
  public func value(at index: Int) throws -> LuaValue {
    guard index < count else { return .nil }
    return try core.value(of: values[index], argument: index)
  }

  /// What Lua calls the argument that is there.
  public func typeName(at index: Int) -> String {
    guard index < count else { return "nil" }
    switch kind(at: index) {
    case ShimKind.nil: return "nil"
    case ShimKind.boolean: return "boolean"
    case ShimKind.integer, ShimKind.number: return "number"
    case ShimKind.string: return "string"
    case ShimKind.decimal: return "decimal"
    case ShimKind.table: return "table"
    case ShimKind.function: return "function"
    case ShimKind.object: return core.objects[Int(values[index].integer)]?.type ?? "object"
    default: return "row or coroutine"
    }
  }
}

/// Where a host function's results go.
public struct Results: ~Copyable {
  unowned(unsafe) let core: Core
  let shim: OpaquePointer

  public func emit(_ value: LuaValue) throws { try core.emit(value) }
}

/// The kinds of the shim as plain constants.
enum ShimKind {
  static var `nil`: Int32 { Int32(SHIM_NIL) }
  static var boolean: Int32 { Int32(SHIM_BOOLEAN) }
  static var integer: Int32 { Int32(SHIM_INTEGER) }
  static var number: Int32 { Int32(SHIM_NUMBER) }
  static var string: Int32 { Int32(SHIM_STRING) }
  static var decimal: Int32 { Int32(SHIM_DECIMAL) }
  static var table: Int32 { Int32(SHIM_TABLE) }
  static var function: Int32 { Int32(SHIM_FUNCTION) }
  static var object: Int32 { Int32(SHIM_OBJECT) }
  static var hostFunction: Int32 { Int32(SHIM_HOST_FUNCTION) }
}

extension Int64: LuaReadable, LuaWritable {
  public static var luaName: String { "integer" }
  public static var luaResult: String { "integer" }

  public static func read(_ arguments: borrowing Arguments, at index: Int) -> Int64? {
    arguments.integer(at: index)
  }

  public func write(to results: borrowing Results) -> Int {
    shim_emit_integer(results.shim, self)
    return 1
  }
}

extension Int: LuaReadable, LuaWritable {
  public static var luaName: String { "integer" }
  public static var luaResult: String { "integer" }

  public static func read(_ arguments: borrowing Arguments, at index: Int) -> Int? {
    guard let value = arguments.integer(at: index) else { return nil }
    return Int(value)
  }

  public func write(to results: borrowing Results) -> Int {
    shim_emit_integer(results.shim, Int64(self))
    return 1
  }
}

extension Double: LuaReadable, LuaWritable {
  public static var luaName: String { "number" }
  public static var luaResult: String { "number" }

  public static func read(_ arguments: borrowing Arguments, at index: Int) -> Double? {
    switch arguments.kind(at: index) {
    case ShimKind.integer: Double(arguments.values[index].integer)
    case ShimKind.number: arguments.values[index].number
    default: nil
    }
  }

  public func write(to results: borrowing Results) throws -> Int {
    try results.emit(.number(self))
    return 1
  }
}

extension Bool: LuaReadable, LuaWritable {
  public static var luaName: String { "boolean" }
  public static var luaResult: String { "boolean" }

  public static func read(_ arguments: borrowing Arguments, at index: Int) -> Bool? {
    arguments.kind(at: index) == ShimKind.boolean ? arguments.values[index].integer != 0 : nil
  }

  public func write(to results: borrowing Results) throws -> Int {
    try results.emit(.boolean(self))
    return 1
  }
}

extension String: LuaReadable, LuaWritable {
  public static var luaName: String { "string" }
  public static var luaResult: String { "string" }

  /// - Throws: `LuaFailure` when the text is not UTF-8, with the position of its first bad byte.
  public static func read(_ arguments: borrowing Arguments, at index: Int) throws -> String? {
    guard arguments.kind(at: index) == ShimKind.string else { return nil }
    return try arguments.core.string(arguments.values[index])
  }

  public func write(to results: borrowing Results) throws -> Int {
    results.core.emit(string: self)
    return 1
  }
}

extension LuaValue: LuaReadable, LuaWritable {
  public static var luaName: String { "any" }
  public static var luaResult: String { "any" }
  public static var isOptional: Bool { true }

  public static func read(_ arguments: borrowing Arguments, at index: Int) throws -> LuaValue? {
    try arguments.value(at: index)
  }

  public func write(to results: borrowing Results) throws -> Int {
    try results.emit(self)
    return 1
  }
}

extension LuaFunction: LuaReadable, LuaWritable {
  public static var luaName: String { "function" }
  public static var luaResult: String { "function" }

  public static func read(_ arguments: borrowing Arguments, at index: Int) throws -> LuaFunction? {
    guard arguments.kind(at: index) == ShimKind.function else { return nil }
    return try arguments.value(at: index).function
  }

  public func write(to results: borrowing Results) throws -> Int {
    try results.emit(.function(self))
    return 1
  }
}

extension Optional: LuaReadable where Wrapped: LuaReadable {
  public static var luaName: String { Wrapped.luaName }
  public static var isOptional: Bool { true }

  public static func read(_ arguments: borrowing Arguments, at index: Int) throws -> Wrapped?? {
    if arguments.kind(at: index) == ShimKind.nil { return .some(nil) }
    guard let value = try Wrapped.read(arguments, at: index) else { return nil }
    return .some(value)
  }
}

extension Optional: LuaWritable where Wrapped: LuaWritable {
  public static var luaResult: String { "\(Wrapped.luaResult)?" }

  public func write(to results: borrowing Results) throws -> Int {
    if let value = self { return try value.write(to: results) }
    try results.emit(.nil)
    return 1
  }
}

/// A list of strings or of any values as an argument.
extension Array: LuaReadable where Element == LuaValue {
  public static var luaName: String { "table" }

  public static func read(_ arguments: borrowing Arguments, at index: Int) throws -> [LuaValue]? {
    guard arguments.kind(at: index) == ShimKind.table else { return nil }
    return try arguments.value(at: index).items
  }
}

extension Array: LuaWritable where Element == LuaValue {
  public static var luaResult: String { "table" }

  public func write(to results: borrowing Results) throws -> Int {
    try results.emit(.list(self))
    return 1
  }
}

extension Dictionary: LuaReadable, LuaWritable where Key == String, Value == LuaValue {
  public static var luaName: String { "table" }
  public static var luaResult: String { "table" }

  public static func read(
    _ arguments: borrowing Arguments, at index: Int
  ) throws -> [String: LuaValue]? {
    guard arguments.kind(at: index) == ShimKind.table else { return nil }
    return try arguments.value(at: index).fields
  }

  public func write(to results: borrowing Results) throws -> Int {
    try results.emit(.record(self))
    return 1
  }
}

extension LuaObject {
  public static var luaName: String { luaType }
  public static var luaResult: String { luaType }

  public static func read(_ arguments: borrowing Arguments, at index: Int) throws -> Self? {
    guard arguments.kind(at: index) == ShimKind.object else { return nil }
    return arguments.core.objects[Int(arguments.values[index].integer)]?.value as? Self
  }

  public func write(to results: borrowing Results) throws -> Int {
    try results.emit(.object(HostObject(self)))
    return 1
  }
}

/// Every argument from here on.
public struct Rest<Element: LuaReadable>: LuaReadable {
  public let values: [Element]

  public static var luaName: String { Element.luaName }
  public static var isRest: Bool { true }
  public static var isOptional: Bool { true }

  public static func read(_ arguments: borrowing Arguments, at index: Int) throws -> Rest? {
    var values: [Element] = []
    for place in index..<max(index, arguments.count) {
      guard let value = try Element.read(arguments, at: place) else { return nil }
      values.append(value)
    }
    return Rest(values: values)
  }
}

/// Several results, or none.
public struct LuaResults: LuaWritable {
  public let values: [LuaValue]
  public static var luaResult: String { "..." }

  public init(_ values: [LuaValue]) { self.values = values }

  public func write(to results: borrowing Results) throws -> Int {
    for value in values { try results.emit(value) }
    return values.count
  }
}
