import Foundation
import Governance
import Testing

/// Where answers go, and exports of any length.
@Suite struct OutputTests {
  @Test func `--output follows a link, keeps the mode, and every file is written so`() throws {
    let workspace = try Workspace()
    let path = workspace.path
    try "旧".write(toFile: path + "/units.txt", atomically: true, encoding: .utf8)
    chmod(path + "/units.txt", 0o600)
    for (link, target) in [("link.txt", "units.txt"), ("plugins.lock.link", "none")] {
      try FileManager.default.createSymbolicLink(
        atPath: path + "/" + link, withDestinationPath: target)
    }
    try FileManager.default.moveItem(atPath: path + "/plugins.lock", toPath: path + "/real.lock")
    try FileManager.default.createSymbolicLink(
      atPath: path + "/plugins.lock", withDestinationPath: "real.lock")
    #expect(try workspace.run("units", "--output", "link.txt").status == 0)
    #expect(try workspace.run("plugin", "disable", "monthly-bulletin").status == 0)
    var facts = stat()
    for link in ["link.txt", "plugins.lock"] {
      #expect(lstat(path + "/" + link, &facts) == 0 && facts.st_mode & S_IFMT == S_IFLNK, "\(link)")
    }
    #expect(stat(path + "/units.txt", &facts) == 0 && facts.st_mode == S_IFREG | 0o600)
    #expect(try workspace.scratch.text(of: "units.txt") == workspace.run("units").output)
    #expect(!(try workspace.scratch.text(of: "real.lock").contains("monthly-bulletin")))
  }

  @Test func `--output into a pipe reaches whoever reads it`() throws {
    let workspace = try Workspace()
    let pipe = workspace.path + "/pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    // Open for both, so that nobody waits for the other.
    let reader = open(pipe, O_RDWR)
    defer { close(reader) }
    #expect(try workspace.run("version", "--output", "pipe").status == 0)
    var bytes = [UInt8](repeating: 0, count: 100)
    let count = read(reader, &bytes, bytes.count)
    #expect(String(decoding: bytes.prefix(max(0, count)), as: UTF8.self).hasPrefix("gongyue "))
  }

  @Test func `An export has every field, and as JSON the bytes it always had`() throws {
    let workspace = try Workspace()
    let csv = try workspace.run("records", "cases", "--output", "cases.csv")
    #expect(csv.status == 0, "\(csv.errors)")
    let lines = try workspace.scratch.text(of: "cases.csv").split(separator: "\r\n")
    let heads = lines[0].split(separator: ",").map(String.init)
    // All but what is sensitive, and not shown without a purpose.
    let fields = try #require(BuiltInKinds.kind("case")).fields
    let readable = fields.filter { $0.sensitivity != .sensitive }.map(\.label.chinese)
    #expect(heads == ["编号", "单位"] + readable || heads == ["\u{FEFF}编号", "单位"] + readable)
    #expect(readable.count > 20)
    let json = try workspace.run("records", "cases", "--limit", "3", "--json")
    let data = try json.data(of: "records")
    #expect(JSONValue.envelope("records", data).pretty + "\n" == json.output)
    #expect(data.elements?.count == 3)
    #expect(
      data.elements?.first?["code"]?.text == lines[1].split(separator: ",").first.map(String.init))
    let all = try workspace.run("records", "cases", "--json").data(of: "records")
    #expect(all.elements?.count == lines.count - 1)
    #expect(try workspace.run("records", "cases", "--where", "state=x", "--json").status != 0)
  }
}
