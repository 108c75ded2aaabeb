internal import Foundation
public import Governance

/// A file that somebody named for something to be written into.
///
/// Where a plain file stands, or nothing, it is replaced as a whole or not at all, and keeps
/// its mode; a link is followed to what it names. A device, a pipe or a terminal is written
/// into, as a shell would. Not to be used from two threads.
public final class OutputFile {
  private let path: String
  private let descriptor: Int32

  /// What is replaced at the end, and the new file beside it; nil where it is written into.
  private let replacing: (file: String, temporary: String)?
  private var pending: [UInt8] = []
  private var isFinished = false

  /// - Throws: `file.unavailable` saying why it cannot be written.
  public init(_ path: String) throws {
    self.path = path
    let file = try Self.followed(path)
    var facts = stat()
    let isThere = stat(file, &facts) == 0
    if isThere, facts.st_mode & S_IFMT != S_IFREG || Self.isOpenFile(file) {
      replacing = nil
      descriptor = open(file, O_WRONLY | O_APPEND | O_NOCTTY | O_CLOEXEC)
    } else {
      if isThere, access(file, W_OK) != 0 { throw Problem.cannotWrite(path, because: errno) }
      let temporary = "\(file).\(getpid()).tmp"
      replacing = (file, temporary)
      descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    }
    guard descriptor >= 0 else { throw Problem.cannotWrite(path, because: errno) }
    if replacing != nil, isThere {
      // Whoever may not give a file away keeps it as their own.
      _ = fchown(descriptor, facts.st_uid, facts.st_gid)
      _ = fchmod(descriptor, facts.st_mode & 0o7777)
    }
  }

  deinit {
    guard !isFinished else { return }
    close(descriptor)
    if let replacing { unlink(replacing.temporary) }
  }

  /// Writes a whole text at once.
  public static func write(_ text: String, to path: String) throws {
    let file = try OutputFile(path)
    try file.write(text)
    try file.finish()
  }

  /// Kept until 64 KiB have gathered.
  public func write(_ text: String) throws {
    pending += text.utf8
    if pending.count >= 1 << 16 { try drain() }
  }

  /// Puts the new file in the old one's place; without it nothing has changed there.
  public func finish() throws {
    try drain()
    if let replacing {
      guard fsync(descriptor) == 0, rename(replacing.temporary, replacing.file) == 0 else {
        throw Problem.cannotWrite(path, because: errno)
      }
    }
    isFinished = true
    guard close(descriptor) == 0 else { throw Problem.cannotWrite(path, because: errno) }
  }

  private func drain() throws {
    defer { pending.removeAll(keepingCapacity: true) }
    var rest = pending[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0, errno != EINTR { throw Problem.cannotWrite(path, because: errno) }
      rest = rest.dropFirst(max(0, written))
    }
  }

  /// What a path names in the end: a link is followed, also to a file that is yet to be.
  ///
  /// - Throws: `file.unavailable` for links in a circle.
  public static func followed(_ path: String) throws(Problem) -> String {
    var file = path
    for _ in 0..<40 {
      guard !isOpenFile(file),
        let target = try? FileManager.default.destinationOfSymbolicLink(atPath: file)
      else { return file }
      let folder = URL(fileURLWithPath: file).deletingLastPathComponent().path
      file = target.hasPrefix("/") ? target : folder + "/" + target
    }
    throw .cannotWrite(path, because: ELOOP)
  }

  /// `/dev/stdout` and its like name what a program has open already.
  private static func isOpenFile(_ path: String) -> Bool {
    ["/proc/", "/dev/fd/"].contains { path.hasPrefix($0) }
  }
}

extension Words {
  /// What the system says of a failed call, by its number.
  public init(systemError number: Int32) {
    let english = String(cString: strerror(number))
    let chinese =
      switch number {
      case ENOSPC, EDQUOT: "磁盘已满"
      case EACCES, EPERM: "没有写权限"
      case ENOENT, ENOTDIR: "目录不存在"
      case EROFS: "文件系统只读"
      case EISDIR: "这是一个目录"
      case EPIPE: "对方已经不再读取"
      case ELOOP: "链接绕成了一圈"
      case EIO: "磁盘读写出错"
      default: english
      }
    self.init(chinese, english.lowercased())
  }
}

extension Problem {
  /// - Parameter number: the system's number of the error.
  public static func cannotWrite(_ path: String, because number: Int32) -> Problem {
    let reason = Words(systemError: number)
    return Problem(
      .fileUnavailable,
      Words("无法写入：\(reason.chinese)", "cannot write: \(reason.english)"),
      at: Place(file: path),
      hint: Words(
        "检查目录是否存在、是否有写权限、磁盘是否已满",
        "see whether the folder exists, may be written and has room"))
  }
}
