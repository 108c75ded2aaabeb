import Foundation
import Governance
import Testing

/// Whose formula counts for whom, what language is spoken, when a period may be closed, and
/// how failed tests of plugins end.
@Suite struct WorkspaceRulesTests {
  private static func package(_ layer: String, _ body: String = "return 1") -> [String: String] {
    [
      "plugin.yaml": "id: own\ntitle: 自定\nversion: 1.0.0\napi: 1\nlayer: \(layer)\n"
        + (layer == "community" ? "unit: sll-02\n" : ""),
      "init.lua": """
      local gongyue = require "gongyue"
      return { gongyue.formula {
        id = "own", title = "自定", subject = "community", period = "month", from = "2026-01-01",
        value = function() \(body) end,
      } }
      """,
    ]
  }

  @Test(arguments: [
    ("community", "communities/sll-02", ["sll-02"]), ("type", "types/old_estate", ["sll-02"]),
    ("street", "street", ["sll-01", "sll-02", "sll-03"]),
  ])
  func `A community's formula is for the community, a type's for its communities`(
    layer: String, folder: String, units: [String]
  ) throws {
    var files: [String: String] = [:]
    for (name, text) in Self.package(layer) { files["\(folder)/own/\(name)"] = text }
    let workspace = try SettingWorkspace(files)
    let owner = folder.split(separator: "/").last!
    #expect(try workspace.run("plugin", "enable", "\(owner).own").status == 0)
    let outcome = try workspace.run("assess", "own", "2026-04", "--json")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let rows = try #require(try outcome.data(of: "assess")["units"]?.elements)
    #expect(rows.compactMap { $0["unit"]?.text }.sorted() == units)
  }

  @Test func `The workspace's language is spoken unless --lang says otherwise`() throws {
    let workspace = try SettingWorkspace()
    let file = "gongyue.yaml"
    let text = try workspace.scratch.text(of: file)
    _ = try workspace.scratch.file(
      file, containing: text.replacingOccurrences(of: "language: zh", with: "language: en"))
    #expect(try workspace.run("records", "casez").errors.contains("there is no kind of record"))
    #expect(try workspace.run("help").output.contains("Gongyue: communities"))
    #expect(try workspace.run("records", "casez", "--lang", "zh").errors.contains("没有“casez”"))
    let outside = try Program.run(["records", "casez", "--workspace", workspace.scratch.path])
    #expect(outside.errors.contains("there is no kind of record"))
    #expect(try Program.run(["records", "casez"]).errors.containsChinese)
  }

  // decisions.md 21: close refuses a period that still runs.
  @Test func `Another day may be looked from, but what still runs is not frozen`() throws {
    let workspace = try SettingWorkspace()
    let looked = try workspace.run("assess", "days", "2026-05", "--today", "2026-06-02")
    #expect(looked.status == 0 && !looked.output.contains("暂计"), "\(looked.errors)")
    try workspace.run("close", "days", "2026-05", "--today", "2026-06-02")
      .expect(.periodOpen, "2026年5月还没有结束（今天是 2026-05-12），不能封存")
    try workspace.run("close", "days", "2026-04", "--today", "2026-04-20")
      .expect(.periodOpen, "2026年4月还没有结束（今天是 2026-04-20），不能封存")
    #expect(try workspace.run("close", "days", "2026-04").status == 0)
  }

  @Test(arguments: ["while true do end", "gongyue.setting 'no.such.key'", "error('故意')"])
  func `A test that fails is a failed test, whatever failed inside it`(body: String) throws {
    var files: [String: String] = [:]
    for (name, text) in Self.package("street") { files["street/own/\(name)"] = text }
    files["street/own/tests/own.lua"] = """
      local gongyue = require "gongyue"
      gongyue.test "必败" (function(t) \(body) end)
      gongyue.test "能过" (function(t) end)
      """
    let workspace = try SettingWorkspace(files)
    let outcome = try workspace.run("plugin", "test", "street.own")
    #expect(outcome.status == 1, "\(outcome.errors)")
    #expect(outcome.output.contains("1 个插件，2 项测试：通过 1，未通过 1。"), "\(outcome.output)")
    #expect(outcome.errors.hasPrefix("error[plugin.test]: “必败”未通过："), "\(outcome.errors)")
  }
}
