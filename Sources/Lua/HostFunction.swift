/// One parameter of a host function: its name, what it means, its type.
public struct Parameter<Value: LuaReadable> {
  public let name: String
  public let summary: Bilingual

  public init(_ name: String, _ summary: Bilingual, as type: Value.Type = Value.self) {
    self.name = name
    self.summary = summary
  }

  @usableFromInline var documentation: ParameterDocumentation {
    ParameterDocumentation(
      name: name, summary: summary, type: Value.luaName, isOptional: Value.isOptional,
      isRest: Value.isRest, options: Value.options)
  }

  /// The argument at `index`.
  func read(_ arguments: borrowing Arguments, at index: Int) throws -> Value {
    if let value = try Value.read(arguments, at: index) { return value }
    throw documentation.mismatch(arguments, at: index)
  }
}

/// What help and reference pages say of one parameter.
public struct ParameterDocumentation: Hashable, Sendable {
  public let name: String
  public let summary: Bilingual
  public let type: String
  public let isOptional: Bool
  public let isRest: Bool

  /// The entries of a table of options.
  public let options: [OptionDocumentation]

  @usableFromInline
  init(
    name: String, summary: Bilingual, type: String, isOptional: Bool, isRest: Bool,
    options: [OptionDocumentation]
  ) {
    self.name = name
    self.summary = summary
    self.type = type
    self.isOptional = isOptional
    self.isRest = isRest
    self.options = options
  }

  func mismatch(_ arguments: borrowing Arguments, at index: Int) -> any Error {
    ArgumentMismatch(
      name: name, position: index + 1, expected: type, found: arguments.typeName(at: index))
  }
}

extension [ParameterDocumentation] {
  /// The argument at `index`, which is the one documented there.
  @inlinable
  @inline(__always)
  func read<Value: LuaReadable>(_ arguments: borrowing Arguments, at index: Int) throws -> Value {
    if let value = try Value.read(arguments, at: index) { return value }
    throw mismatch(arguments, at: index)
  }

  @usableFromInline
  @inline(never)
  func mismatch(_ arguments: borrowing Arguments, at index: Int) -> any Error {
    self[index].mismatch(arguments, at: index)
  }
}

/// An argument of the wrong type.
struct ArgumentMismatch: Error {
  let name: String
  let position: Int
  let expected: String
  let found: String

  /// - Parameter isMethod: whether the first argument is an object, which a colon hands over.
  func words(of function: String, isMethod: Bool) -> Bilingual {
    let colon =
      isMethod && position == 1
      ? Bilingual("；要用冒号：对象:\(function)(…)", "; call it with a colon: object:\(function)(…)")
      : Bilingual("", "")
    return Bilingual(
      "\(function) 的参数 \(position)（\(name)）应为 \(expected)，实际是 \(found)\(colon.chinese)",
      "bad argument #\(position) '\(name)' to \(function): expected \(expected), got \(found)"
        + colon.english)
  }
}

/// More arguments than a function takes: what is said with them would be passed over.
struct ArgumentSurplus: Error {
  let function: String
  let names: [String]

  init(function: String, _ parameters: [ParameterDocumentation]) {
    self.function = function
    names = parameters.map(\.name)
  }

  var words: Bilingual {
    let (chinese, english) = (
      names.joined(separator: "、"), names.joined(separator: ", ")
    )
    return Bilingual(
      names.isEmpty ? "\(function) 不带参数" : "\(function) 只有 \(names.count) 个参数（\(chinese)），多写的不起作用",
      names.isEmpty
        ? "\(function) takes no arguments"
        : "too many arguments to \(function), which takes \(names.count): \(english)")
  }
}

/// A function that scripts call, and its documentation, as one value.
///
/// From it come the call, the argument errors, `help()`, the reference page and
/// the editor's annotations, so they cannot disagree.
public struct HostFunction {
  public let name: String
  public let summary: Bilingual
  public let parameters: [ParameterDocumentation]
  public let returns: Bilingual

  /// The type of the result, as Lua calls it; empty when there is none.
  public let resultType: String

  let body: (borrowing Arguments, borrowing Results) throws -> Int

  /// A function with a result. The body may throw any error; a script sees its
  /// words, and the host gets the error itself back when no script caught it.
  public init<each P: LuaReadable, Result: LuaWritable>(
    _ name: String, _ summary: Bilingual, _ parameter: repeat Parameter<each P>,
    returns: Bilingual = Bilingual("", ""),
    body: @escaping (repeat each P) throws -> Result
  ) {
    self.init(
      name, summary, Self.documentation(repeat each parameter), returns, Result.luaResult
    ) { arguments, results in
      var index = -1
      let result = try body(repeat (each parameter).read(arguments, at: next(&index)))
      return try result.write(to: results)
    }
  }

  /// A function without a result.
  public init<each P: LuaReadable>(
    _ name: String, _ summary: Bilingual, _ parameter: repeat Parameter<each P>,
    body: @escaping (repeat each P) throws -> Void
  ) {
    self.init(
      name, summary, Self.documentation(repeat each parameter), Bilingual("", ""), ""
    ) { arguments, _ in
      var index = -1
      try body(repeat (each parameter).read(arguments, at: next(&index)))
      return 0
    }
  }

  @usableFromInline
  init(
    _ name: String, _ summary: Bilingual, _ parameters: [ParameterDocumentation],
    _ returns: Bilingual, _ resultType: String,
    _ body: @escaping (borrowing Arguments, borrowing Results) throws -> Int
  ) {
    self.name = name
    self.summary = summary
    self.parameters = parameters
    self.returns = returns
    self.resultType = resultType
    self.body = body
  }

  private static func documentation<each P: LuaReadable>(
    _ parameter: repeat Parameter<each P>
  ) -> [ParameterDocumentation] {
    var list: [ParameterDocumentation] = []
    repeat list.append((each parameter).documentation)
    return list
  }

  /// One line such as `add_workdays(day: string, count: integer?) -> string`.
  public var signature: String {
    let inside = parameters.map { parameter in
      let name = parameter.isRest ? "..." : parameter.name
      return "\(name): \(parameter.type)" + (parameter.isOptional && !parameter.isRest ? "?" : "")
    }
    let call = "\(name)(\(inside.joined(separator: ", ")))"
    return resultType.isEmpty ? call : "\(call) -> \(resultType)"
  }
}

private func next(_ index: inout Int) -> Int {
  index += 1
  return index
}

/// The same for few parameters, open to specialization in the module that
/// declares the function: a call then takes some 40 ns instead of 300.
extension HostFunction {
  @inlinable
  @inline(__always)
  public init<Result: LuaWritable>(
    _ name: String, _ summary: Bilingual, returns: Bilingual = Bilingual("", ""),
    body: @escaping () throws -> Result
  ) {
    self.init(name, summary, [], returns, Result.luaResult) { _, results in
      try body().write(to: results)
    }
  }

  @inlinable
  @inline(__always)
  public init<A: LuaReadable, Result: LuaWritable>(
    _ name: String, _ summary: Bilingual, _ first: Parameter<A>,
    returns: Bilingual = Bilingual("", ""), body: @escaping (A) throws -> Result
  ) {
    let parameters = [first.documentation]
    self.init(name, summary, parameters, returns, Result.luaResult) { arguments, results in
      try body(parameters.read(arguments, at: 0)).write(to: results)
    }
  }

  @inlinable
  @inline(__always)
  public init<A: LuaReadable, B: LuaReadable, Result: LuaWritable>(
    _ name: String, _ summary: Bilingual, _ first: Parameter<A>, _ second: Parameter<B>,
    returns: Bilingual = Bilingual("", ""), body: @escaping (A, B) throws -> Result
  ) {
    let parameters = [first.documentation, second.documentation]
    self.init(name, summary, parameters, returns, Result.luaResult) { arguments, results in
      try body(
        parameters.read(arguments, at: 0), parameters.read(arguments, at: 1)
      ).write(to: results)
    }
  }

  @inlinable
  @inline(__always)
  public init<A: LuaReadable, B: LuaReadable, C: LuaReadable, Result: LuaWritable>(
    _ name: String, _ summary: Bilingual, _ first: Parameter<A>, _ second: Parameter<B>,
    _ third: Parameter<C>, returns: Bilingual = Bilingual("", ""),
    body: @escaping (A, B, C) throws -> Result
  ) {
    let parameters = [first.documentation, second.documentation, third.documentation]
    self.init(name, summary, parameters, returns, Result.luaResult) { arguments, results in
      try body(
        parameters.read(arguments, at: 0), parameters.read(arguments, at: 1),
        parameters.read(arguments, at: 2)
      ).write(to: results)
    }
  }
}

/// A table of host functions: what `require "name"` gives, or a field of another.
public struct HostModule {
  public let name: String
  public let summary: Bilingual
  public let functions: [HostFunction]
  public let values: [String: LuaValue]
  public let modules: [HostModule]

  /// Whether it is a global too.
  public let isGlobal: Bool

  public init(
    _ name: String, _ summary: Bilingual, functions: [HostFunction] = [],
    values: [String: LuaValue] = [:], modules: [HostModule] = [], isGlobal: Bool = false
  ) {
    self.name = name
    self.summary = summary
    self.functions = functions
    self.values = values
    self.modules = modules
    self.isGlobal = isGlobal
  }
}

/// A kind of object that scripts hold: its methods and metamethods.
///
/// The first parameter of each is the object. A metamethod is a function named
/// `__eq`, `__tostring`, `__call` and so on; `__index` is asked only for names
/// that are no method. The type named `decimal` extends the built-in decimals.
public struct HostType {
  public let name: String
  public let summary: Bilingual
  public let methods: [HostFunction]
  public let metamethods: [HostFunction]

  public init(
    _ name: String, _ summary: Bilingual, methods: [HostFunction] = [],
    metamethods: [HostFunction] = []
  ) {
    self.name = name
    self.summary = summary
    self.methods = methods
    self.metamethods = metamethods
  }
}
