import Foundation
import Governance
import Testing

/// A slip in one layer's settings, and rules whose setting went away, through the program.
@Suite struct SettingSlipTests {
  private static let broken = "notice.days:\n  value: 8\n basis: 少缩进了一格\n"
  private static let words = "这一行的缩进与上面各行对不齐"

  @Test func `A street's file that cannot be read is unknown, not absent`() throws {
    let workspace = try SettingWorkspace(["street/settings.yaml": Self.broken])
    let before = try workspace.mark()
    for command in [
      ["set", "notice.days", "6", "--unit", "sll-02", "--basis", "试"],
      ["why", "notice.days", "sll-02"], ["why", "notice.days", "sll-02", "--json"],
      ["assess", "days", "2026-04"], ["assess", "days", "2026-04", "--unit", "sll-02"],
      ["settings", "sll-01", "--diff", "sll-02"],
    ] {
      let outcome = try Program.run(command, in: workspace.scratch.path)
      #expect(outcome.status == 1, "\(command)")
      #expect(outcome.errors.contains(Self.words), "\(outcome.errors)")
      #expect(outcome.errors.contains("plugins/street/settings.yaml"), "\(outcome.errors)")
    }
    #expect(try workspace.mark() == before)
    let settled = try workspace.run("settings", "sll-02", "--json")
    #expect(settled.status == 1)
    let rows = try settled.data(of: "settings").elements ?? []
    #expect(!rows.isEmpty)
    #expect(
      rows.allSatisfy {
        $0["problem"]?["code"] == .string("setting.invalid") && $0["value"] == .null
      })
    #expect(try workspace.run("eval", "return 1").output == "1\n")
  }

  @Test func `One community's slip does not stop its neighbours or a script that asks no setting`()
    throws
  {
    let workspace = try SettingWorkspace(["communities/sll-02/settings.yaml": Self.broken])
    #expect(try workspace.run("eval", "return 1").output == "1\n")
    #expect(try workspace.why("notice.days", "sll-01").0.hasPrefix("公示期 = 5 天"))
    try workspace.run("why", "notice.days", "sll-02").expect(.settingInvalid, Self.words)
    try workspace.run("assess", "days", "2026-04").expect(.settingInvalid, Self.words)
    try workspace.run("close", "days", "2026-04").expect(.settingInvalid, Self.words)
    try workspace.run("assess", "days", "2026-04", "--unit", "sll-02")
      .expect(.settingInvalid, Self.words)
    let alone = try workspace.run("assess", "days", "2026-04", "--unit", "sll-01")
    #expect(alone.status == 0 && alone.output.contains("5.00"), "\(alone.errors)")
    #expect(
      alone.errors.hasPrefix("注意：别的社区算不出来，这里只算了甲社区，没有名次，等级没有按名额调整：\(Self.words)"),
      "\(alone.errors)")
    let set = try workspace.run("set", "notice.days", "6", "--unit", "sll-01", "--basis", "试")
    #expect(set.status == 0, "\(set.errors)")
    #expect(try workspace.run("doctor").status == 1)
  }

  @Test func `A computed value that hangs or fails stops its community only`() throws {
    for (source, code) in [
      ("return { days = function() while true do end end }", ErrorCode.limitTime),
      ("return { days = function() error '坏了' end }", .scriptError),
    ] {
      let workspace = try SettingWorkspace([
        "communities/sll-02/settings.yaml": "notice.days: {function: notice.lua#days}",
        "communities/sll-02/notice.lua": source,
      ])
      #expect(try workspace.run("eval", "return 1").output == "1\n")
      #expect(try workspace.run("why", "notice.days", "sll-01").status == 0)
      let set = try workspace.run("set", "notice.days", "6", "--unit", "sll-01", "--basis", "试")
      #expect(set.status == 0, "\(set.errors)")
      let time = ["--time", "1"]
      try Program.run(["why", "notice.days", "sll-02"] + time, in: workspace.scratch.path)
        .expect(code)
      try Program.run(["assess", "days", "2026-04"] + time, in: workspace.scratch.path)
        .expect(code)
      let alone = try Program.run(
        ["assess", "days", "2026-04", "--unit", "sll-03"] + time, in: workspace.scratch.path)
      #expect(alone.status == 0, "\(alone.errors)")
    }
  }

  @Test func `A stored rule whose setting is gone rests, is told, and can be withdrawn`() throws {
    let workspace = try SettingWorkspace([
      "street/adays/plugin.yaml": """
      id: adays
      title: 试
      version: 1.0.0
      api: 1
      layer: street
      settings:
        a.days: {label: 甲天数, type: integer, default: 3}
      """
    ])
    for command in [
      ["plugin", "enable", "street.adays"],
      ["set", "a.days", "4", "--unit", "乙社区", "--basis", "试"],
      ["plugin", "disable", "street.adays"],
    ] {
      #expect(try Program.run(command, in: workspace.scratch.path).status == 0, "\(command)")
    }
    try FileManager.default.removeItem(
      atPath: workspace.scratch.path + "/plugins/street/adays")
    for command in [
      ["eval", "return 1"], ["assess", "days", "2026-04"], ["run", "units.lua", "--dry-run"],
      ["why", "notice.days", "sll-02"],
    ] {
      let outcome = try Program.run(command, in: workspace.scratch.path)
      #expect(!outcome.errors.contains("a.days"), "\(outcome.errors)")
    }
    let note =
      "“a.days”的规定 4（数据库 第 1 号）暂不起作用：没有启用的插件声明这项设置；"
      + "撤销它：gongyue set a.days --unset --unit sll-02 --basis 依据"
    #expect(try workspace.run("settings", "sll-02").errors == "注意：\(note)\n")
    let lint = try workspace.run("settings", "sll-02", "--lint", "--json").data(of: "settings")
    #expect(lint.elements?.contains { $0["kind"] == .string("resting") } == true)
    #expect(try workspace.run("doctor").status == 0)
    #expect(try workspace.run("doctor").output.contains("暂不起作用"))
    try workspace.run("set", "a.days", "--unset", "--unit", "乙社区", "--basis", " ")
      .expect(.settingInvalid)
    let unset = try workspace.run(
      "set", "a.days", "--unset", "--unit", "乙社区", "--basis", "不再用")
    #expect(unset.status == 0 && unset.output == "已撤销“a.days”的规定。\n", "\(unset.errors)")
    #expect(try workspace.run("settings", "sll-02").errors == "")
  }

  @Test func `A word that is nearly one of a definition's is pointed out, and text wants quotes`()
    throws
  {
    let workspace = try SettingWorkspace([
      "communities/sll-02/settings.yaml": "notice.days: {valeu: 3}",
      "communities/sll-01/settings.yaml": "notice.days: {value: 007, basis: 试}",
      "street/t/plugin.yaml": """
      id: t
      title: 试
      version: 1.0.0
      api: 1
      layer: street
      settings:
        t.code: {type: text, default: 010, label: 代码}
        t.day: {type: text, default: 2026-05-01, label: 日}
      """,
    ])
    let outcome = try workspace.run("why", "notice.days", "sll-02")
    outcome.expect(.settingInvalid, "“公示期”（notice.days）应为整数")
    #expect(outcome.errors.contains("hint: 没有“valeu”，是不是想写“value”？"), "\(outcome.errors)")
    #expect(try workspace.why("notice.days", "sll-01").0.hasPrefix("公示期 = 7 天"))
    let check = try workspace.run("plugin", "check", "t")
    #expect(!check.errors.contains("010"), "\(check.errors)")
    #expect(
      check.errors.contains("“日”（t.day）应为文字，现在是“2026-05-01”")
        && check.errors.contains("hint: 请加引号：\"2026-05-01\""), "\(check.errors)")
  }
}
