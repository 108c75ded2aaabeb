import Foundation
import Governance
import Testing

/// "Each gets its own error with code, place and hint" of issue 2.
@Suite struct RefusalTests {
  static let refused: [(arguments: [String], code: ErrorCode)] = [
    (["assess", "community-assessment", "2026-13"], .periodInvalid),
    (["assess", "community-assessment", "2026-02-30"], .periodInvalid),
    (["assess", "community-assessment", "2026-W54"], .periodInvalid),
    (["assess", "community-asessment", "2026-04"], .pluginUnknown),
    (["assess", "community-assessment", "2026-04", "--unit", "sll-20"], .unitUnknown),
    (
      ["assess", "community-assessment", "2026-04", "--what-if", "assessment.weight=1"],
      .settingUnknown
    ),
    (["why", "assessment.weight", "sll-02"], .settingUnknown),
    (["why", "assessment.weights", "十字街道"], .unitUnknown),
    (["records", "casez"], .kindUnknown),
    (["records", "case", "--where", "kinnd=facility_damage"], .fieldUnknown),
    (["records", "case", "sll-02-2026-9999"], .recordUnknown),
    (["plugin", "show", "street.community-asessment"], .pluginUnknown),
    (["units", "--as", "workr@sll-02"], .usage),
    (["replay", "no-such-id"], .replayUnavailable),
    (["run", "no-such-file.lua"], .fileUnavailable),
  ]

  @Test(arguments: refused)
  func `What does not exist is refused with its own code and a hint`(
    arguments: [String], code: ErrorCode
  ) throws {
    let workspace = try Workspace()
    let outcome = try Program.run(arguments, in: workspace.path)
    outcome.expect(code)
    #expect(outcome.errors.contains("\n  hint: "), "\(outcome.errors)")
    #expect(outcome.output == "")
  }

  static let denied: [[String]] = [
    ["why", "assessment.weights", "sll-02", "--as", "worker@sll-03"],
    ["records", "case", "--unit", "sll-02", "--as", "secretary@sll-03"],
    ["assess", "community-assessment", "2026-04", "--unit", "sll-02", "--as", "head@sll-03/B01"],
    ["set", "notice.workdays", "9", "--street", "--basis", "x", "--as", "worker@sll-02"],
    ["close", "community-assessment", "2026-04", "--as", "resident@sll-02"],
    ["records", "persons", "--where", "name=张三", "--as", "supervision"],
    ["records", "case", "--where", "kind=new_pregnancy", "--as", "secretary@sll-02"],
    ["records", "case", "--where", "kind=新增孕妇", "--as", "council@sll-02", "--purpose", "核实"],
  ]

  @Test(arguments: denied)
  func `What is not one's own is denied, saying what and why`(arguments: [String]) throws {
    let workspace = try Workspace()
    let outcome = try Program.run(arguments, in: workspace.path)
    outcome.expect(.denied)
    #expect(outcome.output == "")
  }

  @Test func `Names of residents are masked unless a purpose is given`() throws {
    let workspace = try Workspace()
    let masked = try workspace.run(
      "records", "person", "--unit", "sll-02", "--limit", "20", "--json")
    let records = try #require(try masked.data(of: "records").elements)
    #expect(records.count == 20)
    #expect(masked.output.contains("*"))
  }

  // decisions.md, "Roles and sensitivity": with purpose, logged.
  @Test func `Sensitive records are shown for a purpose, and that is recorded`() throws {
    let workspace = try Workspace()
    let read = try workspace.run(
      "records", "case", "--where", "kind=新增孕妇", "--as", "secretary@sll-02", "--purpose", "走访核实",
      "--json")
    #expect(read.status == 0, "\(read.errors)")
    #expect(read.output.contains("new_pregnancy"))
    let entry = try workspace.mark()
    #expect(entry.contains("走访核实") && entry.contains("secretary@sll-02"), "\(entry)")
  }

  @Test func `A broken manifest lists everything wrong, each with its line`() throws {
    let workspace = try Workspace()
    _ = try workspace.scratch.file(
      "plugins/street/broken/plugin.yaml",
      containing: "id: broken\ntitel: 坏的\nversion: one\napi: 1\nlayer: street\n")
    _ = try workspace.scratch.file("plugins/street/broken/init.lua", containing: "return {\n")
    let outcome = try workspace.run("plugin", "check", "plugins/street/broken")
    outcome.expect(.pluginInvalid)
    let problems = outcome.errors.lines.filter { $0.hasPrefix("error[") }
    #expect(problems.count >= 2, "\(outcome.errors)")
    #expect(outcome.errors.contains("  --> plugins/street/broken/plugin.yaml:2\n"))
    #expect(outcome.errors.contains("title"))
  }

  @Test(arguments: ["0/0", "1/0", "-1/0"])
  func `A score that is no number is refused`(expression: String) throws {
    let workspace = try Workspace()
    _ = try workspace.scratch.file(
      "plugins/street/nan/plugin.yaml",
      containing:
        "id: nan\ntitle: 无效得分\nversion: 1.0.0\napi: 1\nlayer: street\nreads: {}\nbasis: 测试\n")
    _ = try workspace.scratch.file(
      "plugins/street/nan/init.lua",
      containing: """
        local gongyue = require "gongyue"
        return { gongyue.formula {
          id = "nan", title = "无效得分", subject = "community", period = "month",
          from = "2026-03-01",
          value = function(s) return \(expression) end,
        } }
        """)
    let enabled = try workspace.run("plugin", "enable", "street.nan")
    #expect(enabled.status == 0, "\(enabled.errors)")
    try workspace.run("assess", "nan", "2026-04").expect(.scoreInvalid)
  }

  @Test func `A file that is no database, a cut one and a newer one each say so`() throws {
    let workspace = try Workspace()
    let file = URL(fileURLWithPath: workspace.database)
    let whole = try Data(contentsOf: file)
    try Data("这不是数据库".utf8).write(to: file)
    try workspace.run("units").expect(.storageNotDatabase)
    try whole.prefix(whole.count / 2).write(to: file)
    try workspace.run("units").expect(.storageDamaged)
    var newer = whole
    // The schema's version: bytes 60 to 63 of the file header, SQLite file format 1.3.
    newer.replaceSubrange(60..<64, with: [0, 0, 0x27, 0x0F])
    try newer.write(to: file)
    try workspace.run("units").expect(.storageNewer)
    try whole.write(to: file)
    #expect(try workspace.run("units").status == 0)
  }

  @Test func `A database without its newest commits is noticed`() throws {
    let workspace = try Workspace()
    let file = URL(fileURLWithPath: workspace.database)
    let older = try Data(contentsOf: file)
    #expect(
      try workspace.run(
        "set", "notice.workdays", "9", "--unit", "sll-02", "--basis", "居民会议通过"
      ).status == 0)
    for name in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: workspace.database + name)
    }
    try older.write(to: file)
    try workspace.run("units").expect(.storageBehind)
    let doctor = try workspace.run("doctor")
    #expect(doctor.status != 0 && doctor.errors.contains("storage.behind"))
  }

  @Test func `Half a workspace is refused with the file that is missing`() throws {
    let workspace = try Workspace()
    try FileManager.default.removeItem(atPath: workspace.database)
    try workspace.run("units").expect(.storageUnavailable)
  }
}
