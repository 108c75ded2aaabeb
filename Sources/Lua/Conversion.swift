public import CLuaShim

/// A Swift type that an argument of a host function can have.
public protocol LuaReadable {
  /// What a script's author calls it: `integer`, `string`, `query`.
  static var luaName: String { get }

  /// Whether it takes every argument from its place on.
  static var isRest: Bool { get }

  /// Whether the argument may be left out.
  static var isOptional: Bool { get }

  /// The named entries of a table of options; none of anything else.
  static var options: [OptionDocumentation] { get }

  /// The argument at `index` (from 0), or nil when it is something else.
  static func read(_ arguments: borrowing Arguments, at index: Int) throws -> Self?
}

extension LuaReadable {
  public static var isRest: Bool { false }
  public static var isOptional: Bool { false }
  public static var options: [OptionDocumentation] { [] }
}

/// What help and reference pages say of one named entry of an argument that is a table.
public struct OptionDocumentation: Hashable, Sendable {
  public let name: String
  public let summary: Bilingual
  public let type: String
  public let isNeeded: Bool

  public init(name: String, summary: Bilingual, type: String, isNeeded: Bool) {
    self.name = name
    self.summary = summary
    self.type = type
    self.isNeeded = isNeeded
  }
}

/// A Swift type that a host function can return.
public protocol LuaWritable {
  static var luaResult: String { get }

  /// Emits the results, in order, and gives how many they are; or gives on what the `write` of
  /// its only result gave.
  func write(to results: borrowing Results) throws -> Int
}

/// A Swift value that scripts hold as an object of a `HostType`.
public protocol LuaObject: Sendable, LuaReadable, LuaWritable {
  /// The name of its `HostType`.
  static var luaType: String { get }

  /// About how many bytes the host holds for one: they count against the script's memory.
  var bytes: Int { get }
}

extension LuaObject {
  public var bytes: Int { HostObject.leastBytes }
}

/// The arguments of one call of a host function, valid during it.
public struct Arguments: ~Copyable {
  @usableFromInline let call: UnsafeMutablePointer<ShimCall>

  init(call: UnsafeMutablePointer<ShimCall>) { self.call = call }

  /// How many there are; those that a function declares and a script left out are nil and count.
  public var count: Int { Int(call.pointee.count) }

  @inlinable
  var values: UnsafePointer<ShimValue> {
    @inline(__always) get { call.pointee.arguments.unsafelyUnwrapped }
  }

  var core: Core { call.pointee.core }

  /// The shim sees to it that every declared argument is there.
  @inlinable
  @inline(__always)
  func kind(at index: Int) -> Int32 { values[index].kind }

  @usableFromInline
  func text(at index: Int) throws -> String {
    try Unmanaged<HostBody>.fromOpaque(call.pointee.body)._withUnsafeGuaranteedRef {
      try $0.string(values[index])
    }
  }

  @inlinable
  @inline(__always)
  func integer(at index: Int) -> Int64? {
    kind(at: index) == ShimKind.integer ? values[index].integer : integral(at: index)
  }

  /// A number without fraction, as Lua converts it.
  @usableFromInline
  @inline(never)
  func integral(at index: Int) -> Int64? {
    kind(at: index) == ShimKind.number ? Int64(exactly: values[index].number) : nil
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
  @usableFromInline let call: UnsafeMutablePointer<ShimCall>

  init(call: UnsafeMutablePointer<ShimCall>) { self.call = call }

  var core: Core { call.pointee.core }

  public func emit(_ value: LuaValue) throws { try core.emit(value) }

  /// The only result, where the shim looks for it first.
  @inlinable
  @inline(__always)
  func one(integer: Int64, kind: Int32 = ShimKind.integer) -> Int {
    call.pointee.result.kind = kind
    call.pointee.result.integer = integer
    return Int(SHIM_ONE)
  }

  @inlinable
  @inline(__always)
  func one(number: Double) -> Int {
    call.pointee.result.kind = ShimKind.number
    call.pointee.result.number = number
    return Int(SHIM_ONE)
  }

  func one(text: String) -> Int {
    var text = text
    return text.withUTF8 { bytes in
      call.pointee.result.kind = ShimKind.string
      call.pointee.result.length = bytes.count
      call.pointee.result.offset = bytes.withMemoryRebound(to: CChar.self) {
        shim_put_text(core.shim, $0.baseAddress, $0.count)
      }
      return Int(SHIM_ONE)
    }
  }
}

extension ShimCall {
  /// Not counted: the core outlives every call.
  fileprivate var core: Core {
    Unmanaged<HostBody>.fromOpaque(body)._withUnsafeGuaranteedRef { $0.core }
  }
}

/// The kinds of the shim as plain constants.
@usableFromInline
enum ShimKind {
  @inlinable static var `nil`: Int32 { Int32(SHIM_NIL) }
  @inlinable static var boolean: Int32 { Int32(SHIM_BOOLEAN) }
  @inlinable static var integer: Int32 { Int32(SHIM_INTEGER) }
  @inlinable static var number: Int32 { Int32(SHIM_NUMBER) }
  @inlinable static var string: Int32 { Int32(SHIM_STRING) }
  @inlinable static var decimal: Int32 { Int32(SHIM_DECIMAL) }
  @inlinable static var table: Int32 { Int32(SHIM_TABLE) }
  @inlinable static var function: Int32 { Int32(SHIM_FUNCTION) }
  @inlinable static var object: Int32 { Int32(SHIM_OBJECT) }
  @inlinable static var hostFunction: Int32 { Int32(SHIM_HOST_FUNCTION) }
}

extension Int64: LuaReadable, LuaWritable {
  public static var luaName: String { "integer" }
  public static var luaResult: String { "integer" }

  @inlinable
  @inline(__always)
  public static func read(_ arguments: borrowing Arguments, at index: Int) -> Int64? {
    arguments.integer(at: index)
  }

  @inlinable
  @inline(__always)
  public func write(to results: borrowing Results) -> Int { results.one(integer: self) }
}

extension Int: LuaReadable, LuaWritable {
  public static var luaName: String { "integer" }
  public static var luaResult: String { "integer" }

  @inlinable
  @inline(__always)
  public static func read(_ arguments: borrowing Arguments, at index: Int) -> Int? {
    guard let value = arguments.integer(at: index) else { return nil }
    return Int(value)
  }

  @inlinable
  @inline(__always)
  public func write(to results: borrowing Results) -> Int { results.one(integer: Int64(self)) }
}

extension Double: LuaReadable, LuaWritable {
  public static var luaName: String { "number" }
  public static var luaResult: String { "number" }

  @inlinable
  @inline(__always)
  public static func read(_ arguments: borrowing Arguments, at index: Int) -> Double? {
    switch arguments.kind(at: index) {
    case ShimKind.integer: Double(arguments.values[index].integer)
    case ShimKind.number: arguments.values[index].number
    default: nil
    }
  }

  @inlinable
  @inline(__always)
  public func write(to results: borrowing Results) -> Int { results.one(number: self) }
}

extension Bool: LuaReadable, LuaWritable {
  public static var luaName: String { "boolean" }
  public static var luaResult: String { "boolean" }

  @inlinable
  @inline(__always)
  public static func read(_ arguments: borrowing Arguments, at index: Int) -> Bool? {
    arguments.kind(at: index) == ShimKind.boolean ? arguments.values[index].integer != 0 : nil
  }

  @inlinable
  @inline(__always)
  public func write(to results: borrowing Results) -> Int {
    results.one(integer: self ? 1 : 0, kind: ShimKind.boolean)
  }
}

extension String: LuaReadable, LuaWritable {
  public static var luaName: String { "string" }
  public static var luaResult: String { "string" }

  /// - Throws: `LuaFailure` when the text is not UTF-8, with the position of its first bad byte.
  @inlinable
  @inline(__always)
  public static func read(_ arguments: borrowing Arguments, at index: Int) throws -> String? {
    guard arguments.kind(at: index) == ShimKind.string else { return nil }
    return try arguments.text(at: index)
  }

  public func write(to results: borrowing Results) -> Int { results.one(text: self) }
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
    return results.one(integer: 0, kind: ShimKind.nil)
  }
}

/// A list of strings or of any values as an argument.
extension Array: LuaReadable where Element == LuaValue {
  public static var luaName: String { "table" }

  public static func read(_ arguments: borrowing Arguments, at index: Int) throws -> [LuaValue]? {
    guard arguments.kind(at: index) == ShimKind.table else { return nil }
    let value = try arguments.value(at: index)
    // What stands beside the items under a name would be passed over.
    if case .mixed = value { return nil }
    return value.items
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
