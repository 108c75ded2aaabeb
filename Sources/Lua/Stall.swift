internal import CLuaShim

/// Whether a run hangs, after its deadline, in one instruction of Lua that never ends.
///
/// No hook comes by there and no error can be raised: a circle of `__call` that was made behind
/// the guards is one. Only the process can be ended.
public final class Stall: @unchecked Sendable {
  // Written by the signal handler of the watched thread, read by any.
  private let flag: UnsafeMutablePointer<Int32>

  public init() {
    flag = .allocate(capacity: 1)
    flag.initialize(to: 0)
  }

  deinit { flag.deallocate() }

  public var isNoticed: Bool { shim_stalled(flag) != 0 }

  /// Watches the runs of this thread while the body runs.
  public func watching<Value>(_ body: () throws -> Value) rethrows -> Value {
    let outer = shim_notice_stall(flag)
    defer { _ = shim_notice_stall(outer) }
    return try body()
  }
}
