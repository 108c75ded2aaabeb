internal import Digests
internal import Foundation
internal import Governance
internal import Storage

/// The small file beside the database that says how far its commits go.
///
/// One line of fixed length, written in place and flushed. It only ever goes
/// forward: whoever confirms a commit after another program announced the next
/// one changes nothing.
struct MarkFile {
  let path: String

  /// One sector at most, so that no crash leaves half of it.
  private static let length = 128

  init(database: String) {
    path = database + ".commits"
  }

  /// Nil when there is no mark, or an empty one: it was never written.
  ///
  /// - Throws: `storage.damaged` when it says something else.
  func read() throws -> CommitMark? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw Problem.databaseUnavailable(at: path, because: Self.systemMessage)
    }
    defer { close(descriptor) }
    return try mark(descriptor)
  }

  /// Writes the mark unless one further on is there; durable when it returns.
  func raise(to mark: CommitMark) throws {
    try write(mark, onlyForward: true)
  }

  /// Writes the mark whatever is there: after a restore.
  func replace(with mark: CommitMark) throws {
    try write(mark, onlyForward: false)
  }

  private func write(_ new: CommitMark, onlyForward: Bool) throws {
    let isNew = access(path, F_OK) != 0
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw Problem.databaseUnavailable(at: path, because: Self.systemMessage)
    }
    defer { close(descriptor) }
    flock(descriptor, LOCK_EX)
    if onlyForward, let old = try mark(descriptor), !old.precedes(new) { return }
    let line = Array(Self.line(new).utf8)
    guard pwrite(descriptor, line, line.count, 0) == line.count, fdatasync(descriptor) == 0 else {
      throw Problem.databaseUnavailable(at: path, because: Self.systemMessage)
    }
    if isNew { Self.flushFolder(of: path) }
  }

  private func mark(_ descriptor: Int32) throws -> CommitMark? {
    var bytes = [UInt8](repeating: 0, count: Self.length)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    if count == 0 { return nil }
    let text = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    let parts = text.split(whereSeparator: { $0 == " " || $0 == "\n" })
    guard parts.count == 4, parts[0] == "gongyue-commits", let commit = Int64(parts[1]),
      parts[2] == "announced" || parts[2] == "confirmed"
    else { throw Problem.markUnreadable(at: path) }
    let mark = CommitMark(commit: commit, isConfirmed: parts[2] == "confirmed")
    guard text == Self.line(mark) else { throw Problem.markUnreadable(at: path) }
    return mark
  }

  private static func line(_ mark: CommitMark) -> String {
    let said = "gongyue-commits \(mark.commit) \(mark.isConfirmed ? "confirmed" : "announced")"
    let line = "\(said) \(Digest(of: said).short)"
    return line + String(repeating: " ", count: length - 1 - line.utf8.count) + "\n"
  }

  private static var systemMessage: Words { Words(systemError: errno) }

  /// Makes a new or renamed file's name durable.
  static func flushFolder(of path: String) {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}

extension CommitMark {
  /// Whether the other says more.
  func precedes(_ other: CommitMark) -> Bool {
    (commit, isConfirmed ? 1 : 0) < (other.commit, other.isConfirmed ? 1 : 0)
  }
}
