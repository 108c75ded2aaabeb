import Digests
import Foundation
import Governance
import Testing

@testable import Plugins

struct LockFileTests {
  static let manifest = "id: rota\ntitle: 轮值\nversion: 1.0.0\napi: 1\nlayer: street\n"

  static func package(_ more: [String: String] = [:], manifest: String = manifest) throws -> Package
  {
    var texts = ["plugin.yaml": manifest, "init.lua": "return {}"]
    texts.merge(more) { $1 }
    return try Package(
      PackageFiles(folder: "plugins/street/rota", texts: texts), owner: .street)
  }

  @Test func `The lock file reads back what it wrote`() throws {
    var lock = LockFile()
    try lock.pin(Self.package(["a.lua": "return 1"]))
    #expect(try LockFile(lock.text) == lock)
    #expect(lock.text.split(separator: "\n").contains { $0.hasPrefix("street.rota 1.0.0 ") })
  }

  @Test func `A change without a new version is refused and named`() throws {
    var lock = LockFile()
    try lock.pin(Self.package(["a.lua": "return 1"]))
    let changed = try Self.package(["a.lua": "return 2", "b.lua": ""])
    let problem = lock.problem(with: changed)
    #expect(problem?.code == .pluginChanged)
    #expect(problem?.message.chinese == "插件“street.rota”的内容变了，版本仍是 1.0.0：a.lua、b.lua")
    #expect(problem?.place?.description == "plugins/street/rota/a.lua")
    #expect(throws: Problem.self) { try lock.pin(changed) }
  }

  @Test func `A new version is enabled by pinning it, an older one is not`() throws {
    var lock = LockFile()
    try lock.pin(Self.package())
    let newer = try Self.package(manifest: Self.manifest.replacing("1.0.0", with: "1.1.0"))
    #expect(lock.problem(with: newer)?.message.chinese == "插件“street.rota”已是 1.1.0 版，启用的是 1.0.0 版")
    try lock.pin(newer)
    #expect(lock.problem(with: newer) == nil)
    #expect(lock.problem(with: try Self.package())?.code == .pluginChanged)
    #expect(
      found { try lock.pin(Self.package()) }.first?.hasPrefix("插件“street.rota”的版本从 1.1.0 退到了 1.0.0")
        == true)
  }

  @Test func `What was never enabled is said to be so`() throws {
    #expect(LockFile().problem(with: try Self.package())?.code == .pluginUnknown)
  }

  @Test func `Definitions of settings may change without a new version`() throws {
    let before = try Self.package(["settings.yaml": "a.b: 1"])
    #expect(before.digest == (try Self.package(["settings.yaml": "a.b: 2"])).digest)
    #expect(before.digest == (try Self.package()).digest)
  }

  @Test func `Names and contents cannot be shifted into each other`() {
    let one = PackageFiles(folder: "", texts: ["ab": "c"])
    let other = PackageFiles(folder: "", texts: ["a": "bc"])
    #expect(one.digest != other.digest)
  }

  @Test func `Every line that is none is reported`() {
    #expect(
      found { _ = try LockFile("street.rota 1.0.0\n  abc x\n# fine\n") }.map { $0.prefix(2) } == [
        "1:", "2:",
      ])
  }
}

/// Names go line by line into the lock, into places and into archives.
struct FileNameTests {
  /// What would break the lock, or stand as an enabled package of its own.
  static let forging =
    "z.lua\nstreet.zz 1.0.0 \(String(repeating: "0", count: 64))\n  "
    + "\(String(repeating: "0", count: 64)) x.lua"

  @Test(arguments: [
    ("a\nb.lua", "不能有换行、控制字符或看不见的字符"), (forging, "不能有换行、控制字符或看不见的字符"),
    ("a\r.lua", "不能有换行、控制字符或看不见的字符"), ("a\t.lua", "不能有换行、控制字符或看不见的字符"),
    ("a\u{1B}[2J.lua", "不能有换行、控制字符或看不见的字符"), ("a\u{85}b.lua", "不能有换行、控制字符或看不见的字符"),
    ("a\u{2028}b.lua", "不能有换行、控制字符或看不见的字符"), ("a\u{202E}aul.lua", "不能有换行、控制字符或看不见的字符"),
    ("a\u{200B}.lua", "不能有换行、控制字符或看不见的字符"), ("a\u{3000}b.lua", "不能有换行、控制字符或看不见的字符"),
    ("a\u{7F}.lua", "不能有换行、控制字符或看不见的字符"), ("a\0.lua", "不能有换行、控制字符或看不见的字符"),
    ("..\\law\\plugin.yaml", "不能有“\\”"), ("init.lua:12", "不能有“:”"),
    ("../x.lua", "不能是空的，也不能是 . 或 .."), ("a/../x.lua", "不能是空的，也不能是 . 或 .."),
    ("a//x.lua", "不能是空的，也不能是 . 或 .."), ("./x.lua", "不能是空的，也不能是 . 或 .."),
    ("/etc/x.lua", "文件路径不能从根开始"), (" a.lua", "不能以空格开头或结尾"), ("a.lua ", "不能以空格开头或结尾"),
    ("cafe\u{301}.lua", "字母和附加符号要合成一个字（Unicode NFC）"),
    (String(repeating: "长", count: 86), "不能超过 255 字节"),
  ])
  func `A file name that says more than itself is refused`(path: String, fault: String) throws {
    #expect(FileName.fault(inPath: path)?.chinese == fault)
    let package = try LockFileTests.package([path: "return 1"])
    var lock = LockFile()
    #expect(throws: Problem.self) { try lock.pin(package) }
    #expect(lock.entries.isEmpty)
  }

  @Test(arguments: [
    "init.lua", "tests/a.lua", "说明 第二稿.md", "blocks/公示.lua", "caf\u{E9}.lua", "a-b_c.1.lua",
    "#a.lua",
    "é（一）.md",
  ])
  func `A plain name in any script is fine, and the lock reads it back`(path: String) throws {
    #expect(FileName.fault(inPath: path) == nil)
    var lock = LockFile()
    try lock.pin(LockFileTests.package([path: "return 1"]))
    #expect(try LockFile(lock.text) == lock)
  }

  @Test func `A line that was forged enables nothing, and the others still count`() throws {
    var lock = LockFile()
    try lock.pin(LockFileTests.package())
    let digest = String(repeating: "0", count: 64)
    let forged =
      lock.text + "  \(digest) ../x.lua\na b.c 1.0.0 \(digest)\nstreet.rota 1.0.0 \(digest)\n"
      + "street 1.0.0 \(digest)\nstreet.Rota 1.0.0 \(digest)\n"
    let (read, problems) = LockFile.reading(forged)
    #expect(read == lock)
    #expect(problems.count == 5)
    #expect(problems.first?.place?.description == "plugins.lock:6")
  }
}

/// Folders on disk, thrown away afterwards.
final class PackageFilesTests {
  let root = NSTemporaryDirectory() + "gongyue-" + UUID().uuidString

  init() throws {
    try FileManager.default.createDirectory(
      atPath: root + "/tests", withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: root)
  }

  func write(_ path: String, _ bytes: some Sequence<UInt8>) {
    _ = FileManager.default.createFile(atPath: root + "/" + path, contents: Data(bytes))
  }

  @Test func `Files are read by their paths, hidden ones are not`() throws {
    write("init.lua", "return {}".utf8)
    write("tests/a.lua", "".utf8)
    write(".secret", [0xFF])
    let files = try PackageFiles.read(root, as: "plugins/street/rota")
    #expect(files.paths == ["init.lua", "tests/a.lua"])
    #expect(files.place("init.lua", line: 3).description == "plugins/street/rota/init.lua:3")
  }

  @Test func `Links, bytes that are no text and files too large are refused together`() throws {
    write("big.lua", Array(repeating: 32, count: PackageFiles.maximumFileBytes + 1))
    write("bad.lua", [0xC3, 0x28])
    write("zero.lua", [65, 0, 66])
    try FileManager.default.createSymbolicLink(
      atPath: root + "/out.lua", withDestinationPath: "/etc/passwd")
    try FileManager.default.createSymbolicLink(
      atPath: root + "/tests/up", withDestinationPath: "..")
    #expect(
      found { _ = try PackageFiles.read(root, as: "p") } == [
        "文件不是 UTF-8 文本 | 请另存为 UTF-8", "文件超过 512 KiB", "插件里不能有符号链接 | 请把文件本身放进来",
        "插件里不能有符号链接 | 请把文件本身放进来", "文件不是 UTF-8 文本 | 请另存为 UTF-8",
      ])
  }

  @Test func `Names with line breaks on the disk are refused, and so are such owners`() throws {
    let manager = FileManager.default
    for folder in ["street/a", "communities/x\ny/b", "communities/a b/c", "types/old\u{2028}/d"] {
      try manager.createDirectory(atPath: root + "/" + folder, withIntermediateDirectories: true)
      write(
        "\(folder)/plugin.yaml", "id: a\ntitle: 甲\nversion: 1.0.0\napi: 1\nlayer: street\n".utf8)
      write("\(folder)/init.lua", "return {}".utf8)
    }
    write("street/a/" + FileNameTests.forging.replacing(" x.lua", with: ""), "return 1".utf8)
    let catalogue = Catalogue.read(root)
    #expect(catalogue.packages.isEmpty)
    #expect(
      catalogue.problems.map { "\($0.place!)：\($0.message.chinese)".prefix(58) } == [
        "plugins/street/a：文件名“z.lua\\nstreet.zz 1.0.0 00000000000000",
        "plugins/types：文件夹“old\\u{2028}”不能用作名称",
        "plugins/communities：文件夹“a b”不能用作名称",
        "plugins/communities：文件夹“x\\ny”不能用作名称",
      ])
  }

  @Test func `A catalogue knows whose folder each package lies in`() throws {
    let manager = FileManager.default
    for (folder, layer, unit) in [
      ("street/a", "street", ""), ("types/old_estate/b", "type", ""),
      ("communities/sll-02/c", "community", "unit: sll-02\n"), ("types/old_estte/d", "type", ""),
    ] {
      try manager.createDirectory(atPath: root + "/" + folder, withIntermediateDirectories: true)
      let id = folder.suffix(1)
      write(
        "\(folder)/plugin.yaml",
        "id: \(id)\ntitle: 甲\nversion: 1.0.0\napi: 1\nlayer: \(layer)\n\(unit)".utf8)
      write("\(folder)/init.lua", "return {}".utf8)
    }
    write("street/settings.yaml", "a.b: 1".utf8)
    write("street/a/settings.yaml", "a.c: 1".utf8)
    let catalogue = Catalogue.read(root)
    #expect(
      catalogue.packages.map(\.name.description) == [
        "street.a", "old_estate.b", "old_estte.d", "sll-02.c",
      ])
    #expect(
      catalogue.settingsFiles.map(\.file) == [
        "plugins/street/settings.yaml", "plugins/street/a/settings.yaml",
      ])
    #expect(catalogue.problems.map(\.message.chinese) == ["没有“old_estte”这个类型"])
    #expect(try catalogue.require("c").name.description == "sll-02.c")
    #expect(
      found { _ = try catalogue.require("street.b") } == ["没有“street.b”这个插件 | 是不是想写“street.a”？"])
  }
}
