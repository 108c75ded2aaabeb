internal import Glibc
internal import Governance
internal import Synchronization

/// Where a command writes: standard output, or memory until a file is replaced whole.
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

/// A file that is replaced as a whole or not at all.
enum AtomicFile {
  /// Writes to a new file beside it, synchronises, renames.
  static func replace(_ path: String, with text: String) throws {
    let temporary = path + ".\(getpid()).tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw Problem.cannotWrite(path, because: errno) }
    do {
      try fill(descriptor, with: text, path)
      guard rename(temporary, path) == 0 else { throw Problem.cannotWrite(path, because: errno) }
    } catch {
      unlink(temporary)
      throw error
    }
  }

  private static func fill(_ descriptor: Int32, with text: String, _ path: String) throws {
    defer { close(descriptor) }
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0, errno != EINTR { throw Problem.cannotWrite(path, because: errno) }
      rest = rest.dropFirst(max(0, written))
    }
    guard fsync(descriptor) == 0 else { throw Problem.cannotWrite(path, because: errno) }
  }
}

extension Problem {
  static func cannotWrite(_ path: String, because number: Int32) -> Problem {
    let english = String(cString: strerror(number))
    let chinese =
      switch number {
      case ENOSPC, EDQUOT: "磁盘已满"
      case EACCES, EPERM: "没有写权限"
      case ENOENT, ENOTDIR: "目录不存在"
      case EROFS: "文件系统只读"
      case EISDIR: "这是一个目录"
      default: english
      }
    return Problem(
      .fileUnavailable, Words("无法写入：\(chinese)", "cannot write: \(english.lowercased())"),
      at: Place(file: path),
      hint: Words(
        "检查目录是否存在、是否有写权限、磁盘是否已满",
        "see whether the folder exists, may be written and has room"))
  }
}
