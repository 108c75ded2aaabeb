import Foundation

/// One line per sample on standard output, as the C host prints them.
enum Samples {
  /// Where blocks happen to lie changes a loop's time by several in the hundred: each pair lies
  /// elsewhere. The program's end frees it.
  static func shiftBlocks() {
    let pair = ProcessInfo.processInfo.environment["PAIR"].flatMap { Int($0) } ?? 0
    memset(malloc(pair * 208 + 1), 1, 1)
  }

  /// Nanoseconds of processor time this thread has used: what else the machine does is not
  /// counted.
  static var worked: Double { now(CLOCK_THREAD_CPUTIME_ID) }

  /// The same of every thread, for what starts one of its own.
  static var workedByAll: Double { now(CLOCK_PROCESS_CPUTIME_ID) }

  private static func now(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
  }

  /// Measures `body` and prints nanoseconds per operation.
  ///
  /// - Parameter warmUp: whether it is done once before, unmeasured.
  static func take(
    _ name: String, operations: Int, warmUp: Bool = true, clock: () -> Double = { worked },
    _ body: () throws -> Void
  ) rethrows {
    if warmUp { try body() }
    let start = clock()
    try body()
    print(name, (clock() - start) / Double(operations))
  }

  /// Prints the most memory that the process held, in KiB.
  static func peak(_ name: String) {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    print("\(name).peak", usage.ru_maxrss)
  }
}
