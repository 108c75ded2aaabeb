internal import Dispatch
internal import Governance
internal import Lua

/// The second wall behind a run's deadline, for what no guard foresaw.
///
/// The deadline of `Lua` stops scripts and statements. Should some call ignore it, only
/// the process can be ended: a transaction under way then vanishes, as after a power cut.
enum Watchdog {
  /// How long after its deadline a run is given up, whatever it is doing.
  static let patience = 1.0

  /// How often it is looked whether a run hangs where nothing can stop it.
  private static let glance = DispatchTimeInterval.milliseconds(5)

  /// Runs the body; if it hangs in one instruction of Lua when its time is up, or is still
  /// running a second after, `overrun` is told so on another thread.
  static func guarding<Value>(
    _ limits: Limits, _ overrun: (@Sendable (Problem) -> Void)?, _ body: () throws -> Value
  ) rethrows -> Value {
    guard let overrun, let seconds = limits.time, seconds.isFinite, seconds < 1e6 else {
      return try body()
    }
    let stall = Stall()
    let end = DispatchTime.now() + seconds + patience
    let alarm = DispatchSource.makeTimerSource()
    alarm.setEventHandler {
      guard stall.isNoticed || DispatchTime.now() >= end else { return }
      alarm.cancel()
      overrun(Problem.neverStopped(after: seconds))
    }
    alarm.schedule(deadline: .now() + seconds, repeating: glance)
    alarm.activate()
    defer { alarm.cancel() }
    return try stall.watching(body)
  }
}

extension Grounds {
  /// A run's time in seconds; a day where there is no limit.
  var seconds: Double { min(limits.time ?? 86_400, 86_400) }
}

extension World {
  /// Lines of `gongyue.log` go where printed lines go, within the same budget of bytes.
  func logging(_ print: @escaping (String) -> Void, limit: Int?) throws {
    var written = 0
    logging = { line in
      written += line.utf8.count + 1
      if let limit, written > limit { throw Problem.loggedTooMuch(limit) }
      print(line)
    }
  }
}

extension Problem {
  static func neverStopped(after seconds: Double) -> Problem {
    Problem(
      .limitTime,
      Words(
        "运行超过了 \(spelled(seconds)) 秒仍停不下来，程序已自行结束，没有写入任何内容",
        "the run did not stop after \(spelled(seconds)) seconds; the program ended itself, "
          + "nothing was written"),
      hint: Words("请把这个脚本报告给维护者", "please report this script to the maintainers"))
  }

  private static func spelled(_ seconds: Double) -> String {
    seconds == seconds.rounded() ? String(Int(seconds)) : String(seconds)
  }

  static func loggedTooMuch(_ limit: Int) -> Problem {
    Problem(
      .limitOutput,
      Words("日志超过了 \(limit >> 10) KiB，已停止", "the log exceeds \(limit >> 10) KiB"))
  }
}
