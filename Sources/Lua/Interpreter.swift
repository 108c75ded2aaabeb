internal import CLuaShim
internal import Dispatch
internal import Synchronization

/// One Lua state with its budgets: made for one run of one package, then dropped.
///
/// A class, because host functions and objects made for a run refer back to it;
/// not Sendable, so the compiler keeps it where it was made. Runs on a thread
/// of `RunThread`. After `LuaError.exceeded` it refuses every further call.
public final class Interpreter {
  private let core: Core
  private let shim: OpaquePointer
  private static let numbers = Atomic<Int>(0)

  /// - Parameters:
  ///   - seed: of `math.random`, which is absent without one.
  ///   - output: gets each line that a script prints, without its line end.
  ///   - describe: words a host error for a script that catches it.
  ///   - loader: finds what `require` names beyond `modules`.
  public init(
    limits: Limits = .none, modules: [HostModule] = [], types: [HostType] = [],
    seed: UInt64? = nil, language: LuaLanguage = .chinese,
    output: @escaping (String) -> Void = { _ in },
    describe: @escaping (any Error) -> String = { "\($0)" },
    loader: @escaping (String) throws -> Chunk? = { _ in nil }
  ) {
    let number = Self.numbers.add(1, ordering: .relaxed).newValue
    core = Core(
      number: number, language: language, describe: describe, output: output, loader: loader)
    var host = core.callbacks()
    var caps = ShimLimits(limits)
    guard let shim = shim_open(&host, &caps, seed == nil ? 0 : 1, seed ?? 0) else {
      fatalError("out of memory")
    }
    self.shim = shim
    core.shim = shim
    if language == .chinese { shim_speak_chinese(shim) }
    for type in types { define(type) }
    for module in modules { add(module) }
  }

  /// Giving back what a stopped run filled its memory with takes a tenth of a second, and whoever
  /// waits for the stop waits no longer than for the stop.
  deinit {
    let remains = Remains(shim: shim, core: core)
    if isStopped, usage.memory > Self.soonFreed {
      DispatchQueue.global().async { remains.close() }
    } else {
      remains.close()
    }
  }

  private static let soonFreed = 8 << 20

  // MARK: Running

  /// Runs a chunk and gives its first result.
  ///
  /// - Parameter name: what errors call it, usually a file.
  public func run(
    _ source: String, name: String = "script", arguments: [LuaValue] = []
  ) throws(LuaError) -> LuaValue {
    try values(of: source, name: name, arguments: arguments).first ?? .nil
  }

  /// Runs a chunk and gives all of its results.
  public func values(
    of source: String, name: String = "script", arguments: [LuaValue] = []
  ) throws(LuaError) -> [LuaValue] {
    try emit(arguments)
    core.sources[name] = source
    var source = source
    let status = source.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        shim_run(
          shim, $0.baseAddress, $0.count, "@" + name,
          Int32(arguments.count))
      }
    }
    return try results(status)
  }

  /// Calls a Lua function; also from within a host function.
  public func call(
    _ function: LuaFunction, _ arguments: [LuaValue] = []
  ) throws(LuaError) -> [LuaValue] {
    precondition(function.interpreter == core.number, "a function of another interpreter")
    try emit(arguments)
    return try results(shim_call(shim, function.number, Int32(arguments.count)))
  }

  /// Compiles without running.
  public func check(_ source: String, name: String = "script") throws(LuaError) {
    core.sources[name] = source
    var source = source
    let status = source.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        shim_check(shim, $0.baseAddress, $0.count, "@" + name)
      }
    }
    _ = try results(status)
  }

  /// Makes a global of this name.
  public func set(global name: String, to value: LuaValue) throws(LuaError) {
    try emit([value])
    guard shim_set_global(shim, name) >= 0 else { throw isStopped ? exceeded() : runtimeError() }
  }

  /// Remembers, once, what the tables and functions of scripts hold, for `startAfresh`.
  public func rememberState() throws(LuaError) {
    try succeed(shim_remember_state(shim))
  }

  /// Puts back what was remembered: whatever calls since then left in variables, tables
  /// or libraries is gone. Not for within a call.
  public func startAfresh() throws(LuaError) {
    try succeed(shim_put_state_back(shim))
  }

  private func succeed(_ status: Int32) throws(LuaError) {
    guard Int(status) != SHIM_OK else { return }
    throw isStopped ? exceeded() : runtimeError()
  }

  /// Makes `require "name"` give the module, and a global if it is one. Where the memory does not
  /// suffice, the next run throws `LuaError.exceeded`; so with the types that an interpreter begins with.
  public func add(_ module: HostModule) {
    guard emit(module) else { return }
    _ = shim_set_module(shim, module.name)
    guard module.isGlobal, emit(module) else { return }
    _ = shim_set_global(shim, module.name)
  }

  /// False where a type that the module's values are of found no memory: the run is over then.
  private func emit(_ module: HostModule) -> Bool {
    do {
      try core.emit(module: module)
      return true
    } catch {
      shim_forget_emitted(shim)
      precondition(isStopped, "\(error)")
      return false
    }
  }

  private func define(_ type: HostType) {
    core.emit(functions: type.methods)
    core.emit(functions: type.metamethods)
    let number = shim_define_type(shim, type.name)
    guard number >= 0 else { return precondition(isStopped, "type \(type.name)") }
    core.types[type.name] = number
  }

  // MARK: The run

  /// Counts bytes that the host holds for the script; negative gives them back.
  public func charge(bytes: Int) {
    shim_charge(shim, Int64(bytes))
  }

  /// Whether a host function that works for long should give up: the run's time is over, or its
  /// memory twice over. What it throws then is replaced by the stop.
  public var mustEnd: Bool { shim_must_end(shim) != 0 }

  /// Sets what the deadline calls, on the thread of the run and inside a signal
  /// handler: only a function that allows that, such as `sqlite3_interrupt`.
  public func onStop(
    _ function: (@convention(c) (UnsafeMutableRawPointer?) -> Void)?,
    context: UnsafeMutableRawPointer? = nil
  ) {
    shim_on_stop(shim, function, context)
  }

  /// What surrounds each `pcall` of a script; nil when nothing is written.
  public var savepoints: Savepoints? {
    get { core.savepoints }
    set {
      core.savepoints = newValue
      shim_use_savepoints(shim, newValue == nil ? 0 : 1)
    }
  }

  /// From now on going through a table with two keys that are tables, functions or objects is
  /// an error: these come by address, and what is replayed must not differ from run to run.
  public func requireOrder() {
    shim_require_order(shim)
  }

  /// Finalizes every open row source; after a stop this has happened already.
  public func closeCursors() {
    shim_close_cursors(shim)
  }

  public var usage: Usage {
    let usage = shim_usage(shim)
    return Usage(
      memory: Int(usage.memory), peakMemory: Int(usage.peak_memory), output: Int(usage.output),
      instructions: Int(usage.instructions), seconds: usage.seconds)
  }

  /// The line that called the host function now running.
  public var caller: LuaPlace { LuaPlace(shim_caller(shim)) }

  // MARK: Outcomes

  private func emit(_ arguments: [LuaValue]) throws(LuaError) {
    core.fatal = nil
    do {
      for argument in arguments { try core.emit(argument) }
    } catch {
      shim_forget_emitted(shim)
      throw .runtime(
        message: "\(error)", traceback: "", cause: error, at: LuaPlace(chunk: "", line: nil))
    }
  }

  private func results(_ status: Int32) throws(LuaError) -> [LuaValue] {
    switch Int(status) {
    case SHIM_OK:
      let values = core.results()
      shim_done(shim)
      return values
    case SHIM_SYNTAX:
      let place = LuaPlace(shim_place(shim))
      throw .syntax(
        message: text(shim_message), isIncomplete: shim_is_incomplete(shim) != 0,
        source: core.sources[place.chunk], at: place)
    case SHIM_EXCEEDED: throw exceeded()
    case SHIM_UNCONVERTIBLE:
      let (reason, path) = core.unconvertible()
      throw .unconvertible(reason: reason, path: path, at: LuaPlace(shim_place(shim)))
    default: throw runtimeError()
    }
  }

  private var isStopped: Bool {
    var used = 0.0
    var limit = 0.0
    return Int(shim_exceeded(shim, &used, &limit)) != SHIM_WITHIN
  }

  private func exceeded() -> LuaError {
    var used = 0.0
    var limit = 0.0
    let reason = Int(shim_exceeded(shim, &used, &limit))
    let place = LuaPlace(shim_place(shim))
    if reason == SHIM_HOST, let fatal = core.fatal {
      if let inner = fatal as? LuaError { return inner }
      return .host(fatal, at: place)
    }
    return .exceeded(Budget(reason: reason), used: used, limit: limit, at: place)
  }

  private func runtimeError() -> LuaError {
    let message = text(shim_message)
    var cause: (any Error)?
    if let last = core.cause, message.hasSuffix(last.message) { cause = last.error }
    core.cause = nil
    return .runtime(
      message: message, traceback: text(shim_traceback), cause: cause,
      at: LuaPlace(shim_place(shim)))
  }

  private func text(
    _ read: (OpaquePointer?, UnsafeMutablePointer<Int>?) -> UnsafePointer<CChar>?
  ) -> String {
    var length = 0
    let bytes = read(shim, &length)
    return String(decoding: UnsafeRawBufferPointer(start: bytes, count: length), as: UTF8.self)
  }
}

extension ShimLimits {
  fileprivate init(_ limits: Limits) {
    self.init(
      seconds: limits.time ?? 0, memory: Int64(limits.memory ?? 0),
      output: Int64(limits.output ?? 0), instructions: Int64(limits.instructions ?? 0))
  }
}

extension LuaPlace {
  init(_ place: ShimPlace) {
    var place = place
    let chunk = withUnsafeBytes(of: &place.chunk) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    self.init(chunk: chunk, line: place.line > 0 ? Int(place.line) : nil)
  }
}

extension Budget {
  fileprivate init(reason: Int) {
    self =
      switch reason {
      case SHIM_TIME: .time
      case SHIM_MEMORY: .memory
      case SHIM_OUTPUT: .output
      case SHIM_INSTRUCTIONS: .instructions
      default: .depth
      }
  }
}

/// What is left of an interpreter: nobody else holds it.
private struct Remains: @unchecked Sendable {
  let shim: OpaquePointer
  let core: Core

  func close() {
    withExtendedLifetime(core) { shim_close(shim) }
  }
}
