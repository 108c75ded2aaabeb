internal import CLuaShim

/// A plain thread for one run, with a stack that Lua's own recursion cannot
/// exhaust and with the deadline's signal open.
///
/// The caller waits, so nothing is shared: the body may use what is not Sendable.
public enum RunThread {
  /// Runs `body` on a fresh thread and gives its result. 64 MiB of stack are
  /// reserved, not used; starting costs some tens of microseconds.
  public static func run<Value>(
    stackSize: Int = 64 << 20, _ body: () throws -> Value
  ) throws -> Value {
    try withoutActuallyEscaping(body) { body in
      let job = Job(body)
      let failure = shim_run_thread(
        stackSize, { Unmanaged<AnyJob>.fromOpaque($0!).takeUnretainedValue().run() },
        Unmanaged<AnyJob>.passUnretained(job).toOpaque())
      guard failure == 0, let result = job.result else {
        throw LuaFailure("不能开始运行：系统拒绝新线程（\(failure)）", "cannot start a thread (\(failure))")
      }
      job.clear()
      return try result.get()
    }
  }
}

private class AnyJob {
  func run() {}
}

private final class Job<Value>: AnyJob {
  private var body: (() throws -> Value)?
  private(set) var result: Result<Value, any Error>?

  init(_ body: @escaping () throws -> Value) { self.body = body }

  override func run() {
    result = Result { try body!() }
    body = nil
  }

  func clear() { result = nil }
}
