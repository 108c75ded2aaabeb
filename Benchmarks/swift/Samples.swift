import Foundation

/// One line per sample on standard output, as the C host prints them.
enum Samples {
  /// Samples of one process; the script starts several, ours and C in turn.
  static let count = 3

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

  /// Measures `body` some times and prints nanoseconds per operation.
  static func take(
    _ name: String, operations: Int, times: Int = count, clock: () -> Double = { worked },
    _ body: () throws -> Void
  ) rethrows {
    for _ in 0..<times {
      let start = clock()
      try body()
      print(name, (clock() - start) / Double(operations))
    }
  }

  /// Prints the most memory that the process held, in KiB.
  static func peak(_ name: String) {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    print("\(name).peak", usage.ru_maxrss)
  }
}
