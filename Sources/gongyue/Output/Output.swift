internal import Glibc
internal import Governance
internal import Storage
internal import Synchronization

/// Standard output.
///
/// May be written to from any thread; what is written is kept until 64 KiB have
/// gathered, except on a terminal.
final class Output: Sendable {
  static let standard = Output(descriptor: STDOUT_FILENO)

  private let descriptor: Int32
  private let isTerminal: Bool
  private let state = Mutex(State())

  private struct State {
    var pending: [UInt8] = []
    /// The reader has gone: everything further is dropped without complaint.
    var isAbandoned = false
    /// The number of the error that ended writing for good; every later flush reports it.
    var failure: Int32?
  }

  private init(descriptor: Int32) {
    self.descriptor = descriptor
    isTerminal = isatty(descriptor) == 1
  }

  /// - Throws: `file.unavailable` when the text cannot be written.
  func write(_ text: String) throws {
    try state.withLock { state in
      state.pending += text.utf8
      if isTerminal || state.pending.count >= 1 << 16 { try drain(&state) }
    }
  }

  /// Hands over everything pending.
  func flush() throws {
    try state.withLock { try drain(&$0) }
  }

  private func drain(_ state: inout State) throws {
    defer { state.pending = [] }
    if let failure = state.failure {
      throw Problem.cannotWrite(say("标准输出", "standard output"), because: failure)
    }
    var rest = state.pending[...]
    while !rest.isEmpty, !state.isAbandoned {
      let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written >= 0 {
        rest = rest.dropFirst(written)
      } else if errno == EPIPE {
        state.isAbandoned = true
      } else if errno != EINTR && errno != EAGAIN {
        state.failure = errno
        throw Problem.cannotWrite(say("标准输出", "standard output"), because: errno)
      }
    }
  }
}

/// Where errors, warnings and progress go; nobody waits for it, and its failure changes nothing.
enum StandardError {
  static func warn(_ warnings: [Words]) {
    for warning in warnings { warn(warning) }
  }

  /// One line that is no error.
  static func warn(_ warning: Words) {
    let text = warning.text(in: Spoken.language)
    guard !Spoken.isJSON else {
      return write(JSONValue.envelope("warning", .string(text)).canonical + "\n")
    }
    write(say("注意：", "note: ") + text.escapedForTerminal() + "\n")
  }

  /// What went wrong: a line of JSON where JSON was asked for.
  static func report(_ problems: Problems) {
    let language = Spoken.language
    write(Spoken.isJSON ? problems.line(in: language) : problems.text(in: language))
  }

  static func write(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
      if written < 0, errno != EINTR { return }
      rest = rest.dropFirst(max(0, written))
    }
  }
}
