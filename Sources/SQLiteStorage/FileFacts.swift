internal import Foundation
internal import Governance
internal import Storage

/// What can be told of a database file without opening it as one.
enum FileFacts {
  private static let magic = Array("SQLite format 3\0".utf8)
  private static let headerLength = 100

  /// - Returns: whether it may be written.
  /// - Throws: `storage.unavailable`, `.read_only`, `.not_database`, `.damaged`.
  static func check(_ path: String, creating: Bool) throws(Problem) -> Bool {
    var facts = stat()
    guard stat(path, &facts) == 0 else {
      guard creating, errno == ENOENT else { throw .noDatabase(at: path) }
      guard try mayWrite(inFolderOf: path) else { throw .databaseReadOnly(at: path) }
      return true
    }
    guard facts.st_mode & S_IFMT != S_IFDIR else { throw .databaseIsFolder(at: path) }
    guard access(path, R_OK) == 0 else { throw .databaseUnreadable(at: path) }
    try checkHeader(path, size: Int(facts.st_size), creating: creating)
    return try mayWrite(inFolderOf: path) && access(path, W_OK) == 0
  }

  private static func mayWrite(inFolderOf path: String) throws(Problem) -> Bool {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    guard access(folder, F_OK) == 0 else {
      throw .databaseUnavailable(
        at: path, because: Words("没有文件夹 \(folder)", "there is no folder \(folder)"))
    }
    return access(folder, W_OK | X_OK) == 0
  }

  /// Whether there is no room for even the small files beside a database.
  static func isFull(at path: String) -> Bool {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    var facts = statvfs()
    guard statvfs(folder, &facts) == 0 else { return false }
    return UInt64(facts.f_bavail) * UInt64(facts.f_frsize) < 64 << 10
      || (facts.f_files > 0 && facts.f_favail == 0)
  }

  /// A file and its log as they are at a moment: whoever writes changes it.
  struct Look: Equatable {
    let size: Int
    let log: Int
    private let changed: [Int]

    init(_ path: String) {
      var facts = stat()
      let isThere = stat(path, &facts) == 0
      size = isThere ? Int(facts.st_size) : -1
      changed = isThere ? [facts.st_mtim.tv_sec, facts.st_mtim.tv_nsec] : []
      log = FileFacts.length(path + "-wal")
    }
  }

  private static func checkHeader(_ path: String, size: Int, creating: Bool) throws(Problem) {
    // What a crash left in the log is the database's to put in order.
    let hasLog = length(path + "-wal") > 0
    if size == 0 {
      if creating || hasLog { return }
      throw .databaseDamaged(at: path, detail: Problem.emptied)
    }
    let header = beginning(of: path)
    guard header.starts(with: magic.prefix(min(size, magic.count))) else {
      throw .notDatabase(at: path)
    }
    guard !hasLog else { return }
    guard header.count == headerLength, pages(header) * pageSize(header) <= size else {
      throw .databaseDamaged(at: path, detail: Problem.cutShort)
    }
  }

  private static func beginning(of path: String) -> [UInt8] {
    var header = [UInt8](repeating: 0, count: headerLength)
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    let count = read(descriptor, &header, header.count)
    return Array(header.prefix(max(0, count)))
  }

  fileprivate static func length(_ path: String) -> Int {
    var facts = stat()
    return stat(path, &facts) == 0 ? Int(facts.st_size) : 0
  }

  /// "The database file format", section 1.3: offsets 16 and 28.
  private static func pageSize(_ header: [UInt8]) -> Int {
    let size = Int(header[16]) << 8 | Int(header[17])
    return size == 1 ? 65_536 : size
  }

  private static func pages(_ header: [UInt8]) -> Int {
    header[28..<32].reduce(0) { $0 << 8 | Int($1) }
  }
}

extension Problem {
  static let emptied = Words("文件是空的", "the file is empty")
  static let cutShort = Words("文件不完整，被截短了", "the file is incomplete, it was cut short")
}
