internal import CLuaShim

/// The C functions that the shim calls. No Lua error ever passes through them:
/// what they throw becomes a number, and C raises it after they have returned.
extension Core {
  static func of(_ host: UnsafeMutableRawPointer?) -> Core {
    Unmanaged<Core>.fromOpaque(host!).takeUnretainedValue()
  }

  func callbacks() -> ShimHost {
    ShimHost(
      host: Unmanaged.passUnretained(self).toOpaque(),
      call: { call in
        let call = call.unsafelyUnwrapped
        return Unmanaged<HostBody>.fromOpaque(call.pointee.body)._withUnsafeGuaranteedRef {
          $0.run(call)
        }
      },
      release: { host, slot in
        let core = Core.of(host)
        guard let dropped = core.objects.remove(Int(slot)) else { return }
        shim_charge(core.shim, -Int64(dropped.bytes))
      },
      print: { host, bytes, length in
        Core.of(host).output(
          String(decoding: UnsafeRawBufferPointer(start: bytes, count: length), as: UTF8.self))
      },
      require: { host, bytes, length in
        let name = String(
          decoding: UnsafeRawBufferPointer(start: bytes, count: length), as: UTF8.self)
        return Core.of(host).require(name)
      },
      savepoint: { host, operation in Core.of(host).savepoint(Int(operation)) },
      unknown_field: { host, cursor, bytes, length in
        let name = String(
          decoding: UnsafeRawBufferPointer(start: bytes, count: length), as: UTF8.self)
        return Core.of(host).unknownField(name, of: Int(cursor))
      },
      rows_closed: { host, cursor in
        let rows = Core.of(host).rows.remove(Int(cursor))
        rows?.closed?()
      })
  }

  /// Emits what the script sees, and remembers what the host meant.
  fileprivate func raise(_ error: any Error, from function: String? = nil) -> Int32 {
    shim_forget_emitted(shim)
    if isUncatchable(error) {
      fatal = fatal ?? error
      return SHIM_STOP
    }
    let message = words(of: error, from: function)
    cause = (message, error)
    emit(string: message)
    return SHIM_RAISE
  }

  private func isUncatchable(_ error: any Error) -> Bool {
    switch error {
    case LuaError.exceeded, LuaError.host: true
    default: error is any LuaUncatchable
    }
  }

  private func words(of error: any Error, from function: String?) -> String {
    switch error {
    case let error as ArgumentMismatch:
      error.words(of: function ?? "?", isMethod: types[error.expected] != nil).text(in: language)
    case let error as ArgumentSurplus: error.words.text(in: language)
    case let error as LuaFailure: error.words.text(in: language)
    case LuaError.runtime(let message, _, let cause?, _): cause is LuaError ? message : message
    case let error as LuaError: error.description
    default: describe(error)
    }
  }

  private func require(_ name: String) -> Int32 {
    do {
      guard let chunk = try loader(name) else { return 0 }
      sources[chunk.name] = chunk.source
      emit(string: chunk.source)
      emit(string: "@" + chunk.name)
      return 2
    } catch {
      return raise(error)
    }
  }

  private func savepoint(_ operation: Int) -> Int32 {
    guard let savepoints else { return 0 }
    do {
      switch operation {
      case SHIM_SAVEPOINT_BEGIN: try savepoints.begin()
      case SHIM_SAVEPOINT_RELEASE: try savepoints.release()
      default: try savepoints.rollback()
      }
      return 0
    } catch {
      return raise(error)
    }
  }

  private func unknownField(_ name: String, of cursor: Int) -> Int32 {
    do {
      guard let unknown = rows[cursor]?.unknown else {
        throw LuaFailure("这一行没有字段 \(name)", "this row has no field '\(name)'")
      }
      try emit(try unknown(name))
      return 1
    } catch {
      return raise(error)
    }
  }
}

/// The body of a host function as the shim calls it.
final class HostBody {
  private let name: String
  private let body: (borrowing Arguments, borrowing Results) throws -> Int
  private let parameters: [ParameterDocumentation]

  /// Not counted: the core holds this.
  unowned(unsafe) let core: Core

  /// The core's, at hand: to reach them through it would count the core twice a call.
  private let recent: RecentTexts

  init(_ function: HostFunction, core: Core) {
    name = function.name
    body = function.body
    parameters = function.parameters
    self.core = core
    recent = core.recent
  }

  @inline(__always)
  func string(_ raw: ShimValue) throws -> String {
    try recent.find(raw) ?? core.newString(raw)
  }

  @inline(__always)
  func run(_ call: UnsafeMutablePointer<ShimCall>) -> Int32 {
    do {
      if call.pointee.surplus > 0 { throw ArgumentSurplus(function: name, parameters) }
      return Int32(truncatingIfNeeded: try body(Arguments(call: call), Results(call: call)))
    } catch {
      return core.raise(error, from: name)
    }
  }
}

/// What surrounds each `pcall` of a script that writes.
public struct Savepoints {
  let begin: () throws -> Void
  let release: () throws -> Void
  let rollback: () throws -> Void

  public init(
    begin: @escaping () throws -> Void, release: @escaping () throws -> Void,
    rollback: @escaping () throws -> Void
  ) {
    self.begin = begin
    self.release = release
    self.rollback = rollback
  }
}

/// A text to load and the name errors give it, usually a file.
public struct Chunk: Hashable, Sendable {
  public let source: String
  public let name: String

  public init(source: String, name: String) {
    self.source = source
    self.name = name
  }
}
