import Foundation
import Governance
import Storage
import Testing

/// What `--output` and every other writer of files does to what stands there.
struct OutputFileTests {
  private let folder = Folder()

  private func text(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  private func mode(_ path: String) -> mode_t {
    var facts = stat()
    return lstat(path, &facts) == 0 ? facts.st_mode : 0
  }

  @Test func `A plain file is replaced and keeps its mode`() throws {
    let path = folder.file("report.csv")
    try OutputFile.write("旧", to: path)
    #expect(chmod(path, 0o640) == 0)
    let before = open(path, O_RDONLY)
    defer { close(before) }
    try OutputFile.write("新", to: path)
    #expect(try text(path) == "新")
    #expect(mode(path) == S_IFREG | 0o640)
    var old = [UInt8](repeating: 0, count: 8)
    #expect(read(before, &old, 8) == 3, "whoever reads the old file reads it to its end")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["report.csv"])
  }

  @Test func `A file that is not finished changes nothing`() throws {
    let path = folder.file("report.csv")
    try OutputFile.write("旧", to: path)
    do {
      let file = try OutputFile(path)
      try file.write(String(repeating: "新", count: 100_000))
    }
    #expect(try text(path) == "旧")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["report.csv"])
  }

  @Test(arguments: [true, false]) func `A link is followed and stays`(isThere: Bool) throws {
    let (link, target) = (folder.file("link.csv"), folder.file("target.csv"))
    if isThere { try OutputFile.write("旧", to: target) }
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("second"), withDestinationPath: "target.csv")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "second")
    try OutputFile.write("新", to: link)
    #expect(mode(link) & S_IFMT == S_IFLNK)
    #expect(mode(folder.file("second")) & S_IFMT == S_IFLNK)
    #expect(try text(target) == "新")
  }

  @Test func `Links in a circle are told`() throws {
    let path = folder.file("a")
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "b")
    try FileManager.default.createSymbolicLink(atPath: folder.file("b"), withDestinationPath: "a")
    let found = problem { try OutputFile.write("新", to: path) }
    #expect(found?.code == .fileUnavailable)
    #expect(found?.message.chinese == "无法写入：链接绕成了一圈")
  }

  @Test func `A pipe is written into and stays a pipe`() throws {
    let path = folder.file("pipe")
    #expect(mkfifo(path, 0o600) == 0)
    // Open for both, so that nobody waits for the other.
    let reader = open(path, O_RDWR)
    defer { close(reader) }
    try OutputFile.write("新", to: path)
    var bytes = [UInt8](repeating: 0, count: 8)
    let count = read(reader, &bytes, bytes.count)
    #expect(String(decoding: bytes.prefix(max(0, count)), as: UTF8.self) == "新")
    #expect(mode(path) & S_IFMT == S_IFIFO)
  }

  /// Not at `/dev/null` itself: a test that fails must not harm the machine.
  @Test(.enabled(if: getuid() == 0, "only root may make a device"))
  func `A device is written into and stays a device`() throws {
    let path = folder.file("null")
    guard mknod(path, S_IFCHR | 0o666, 0x103) == 0 else { return }
    try OutputFile.write("新", to: path)
    #expect(mode(path) & S_IFMT == S_IFCHR)
  }

  @Test(arguments: [("none/report.csv", "目录不存在"), (".", "这是一个目录")])
  func `What cannot be written says why`(name: String, reason: String) {
    let path = folder.file(name)
    let found = problem { try OutputFile.write("新", to: path) }
    #expect(found?.code == .fileUnavailable)
    #expect(found?.message.chinese == "无法写入：\(reason)")
    #expect(found?.place?.file == path)
  }
}
