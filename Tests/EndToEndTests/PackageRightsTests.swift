import Foundation
import Governance
import Testing

/// What a community's package cannot do, whoever checks, enables and runs it.
@Suite struct PackageRightsTests {
  static func manifest(_ id: String, version: String = "1.0.0", _ more: String = "") -> String {
    """
    id: \(id)
    title: 试
    version: \(version)
    api: 1
    layer: community
    unit: sll-02
    \(more)
    """
  }

  /// The attack of the cases: a merit and another type for the own community.
  static let attack = """
    local gongyue = require "gongyue"
    local function merit()
      gongyue.merits:create { unit = "sll-02", title = "获奖", day = "2026-05-01", points = 5 }
    end
    local function type()
      gongyue.unit_types:create {
        unit = "sll-02", typology = "community_type", type = "commodity", from = "2026-05-01" }
    end
    local function excuse()
      gongyue.excuses:create { unit = "sll-02", month = "2026-04", granted = "2026-04-01",
        reason = "试" }
    end
    local function survey()
      gongyue.survey_answers:create { unit = "sll-02", panel = "2026-Q2", completed = "2026-05-01",
        answered = true, satisfied = true }
    end
    return {
      gongyue.command { id = "merit", title = "加分", run = merit },
      gongyue.command { id = "type", title = "改类型", run = type },
      gongyue.command { id = "excuse", title = "免开", run = excuse },
      gongyue.command { id = "survey", title = "问卷", run = survey },
    }
    """

  @Test func `A community's package betters no standing, enabled or smuggled in`() throws {
    let workspace = try SettingWorkspace([
      "communities/sll-02/better/plugin.yaml": Self.manifest(
        "better", "writes: [merits, unit_types, excuses, survey_answers]"),
      "communities/sll-02/better/init.lua": Self.attack,
    ])
    for command in ["check", "enable"] {
      let outcome = try workspace.run("plugin", command, "better")
      outcome.expect(.denied, "社区的插件“sll-02.better”不能登记或修改“加分事实”：这由街道办登记，谁来运行都一样\n")
      for words in ["plugins/communities/sll-02/better/plugin.yaml:7", "单位类型", "免开批准", "居民对社区的评价"] {
        #expect(outcome.errors.contains(words), "\(outcome.errors)")
      }
    }
    // A lock of another time, or of another hand, has it enabled all the same.
    try workspace.write(
      Self.manifest("better", "writes: [questions]"), to: "communities/sll-02/better/plugin.yaml")
    try workspace.write("return {}", to: "communities/sll-02/better/init.lua")
    let enabled = try workspace.run("plugin", "enable", "better")
    #expect(
      enabled.output
        == "已启用 sll-02.better 1.0.0。\n\n它的命令可以登记和修改：居民提问；改动都限于sll-02和运行的人本来的权限。\n",
      "\(enabled.output)\(enabled.errors)")
    let shown = try workspace.run("plugin", "show", "better")
    #expect(shown.output.contains("登记和修改  居民提问"), "\(shown.output)")
    let lock = try workspace.scratch.text(of: "plugins.lock")
    for (path, text) in [
      (
        "plugin.yaml",
        Self.manifest("better", "writes: [merits, unit_types, excuses, survey_answers]")
      ), ("init.lua", Self.attack),
    ] {
      try workspace.write(text, to: "communities/sll-02/better/\(path)")
    }
    let shownAgain = try workspace.run("plugin", "show", "better", "--json").data(of: "plugin")
    let digest = try #require(shownAgain["digest"]?.text)
    let forged = lock.lines.map {
      $0.hasPrefix("sll-02.better ") ? "sll-02.better 1.0.0 \(digest)" : $0
    }
    _ = try workspace.scratch.file(
      "plugins.lock", containing: forged.joined(separator: "\n") + "\n")
    let before = try workspace.mark()
    for command in ["merit", "type", "excuse", "survey"] {
      for actor in ["office", "street_leader", "secretary@sll-02"] {
        let outcome = try workspace.run("run", "better.\(command)", "--as", actor)
        outcome.expect(.denied)
      }
    }
    #expect(try workspace.mark() == before)
  }

  @Test func `A file name that breaks or forges the lock keeps its package out`() throws {
    let workspace = try SettingWorkspace([
      "communities/sll-02/plain/plugin.yaml": Self.manifest("plain"),
      "communities/sll-02/plain/init.lua": "return {}",
    ])
    #expect(try workspace.run("plugin", "enable", "plain").status == 0)
    let lock = try workspace.scratch.text(of: "plugins.lock")
    let zeros = String(repeating: "0", count: 64)
    for name in ["a\nb.lua", "z.lua\nstreet.zz 1.0.0 \(zeros)\n  \(zeros) x.lua", "a\u{2028}b.lua"]
    {
      let path = "communities/sll-02/plain/\(name)"
      try workspace.write("return 1", to: path)
      try workspace.write(
        Self.manifest("plain", version: "1.1.0"), to: "communities/sll-02/plain/plugin.yaml")
      for command in ["check", "enable"] {
        let outcome = try workspace.run("plugin", command, "plain")
        outcome.expect(.pluginInvalid, "文件名“")
        #expect(outcome.errors.contains("不能有换行、控制字符"), "\(outcome.errors)")
        #expect(outcome.errors.lines.count { $0.hasPrefix("error[") } == 1, "\(outcome.errors)")
      }
      #expect(try workspace.scratch.text(of: "plugins.lock") == lock)
      let listed = try workspace.run("plugin", "list")
      #expect(!listed.output.contains("street.zz"), "\(listed.output)")
      try FileManager.default.removeItem(atPath: workspace.scratch.path + "/plugins/" + path)
    }
    #expect(try workspace.run("plugin", "enable", "plain").status == 0)
  }

  @Test func `A damaged lock stops results, not reading, and enabling puts it right`() throws {
    let workspace = try SettingWorkspace()
    let lock = try workspace.scratch.text(of: "plugins.lock")
    _ = try workspace.scratch.file("plugins.lock", containing: lock + "street.zz 1.0.0\n")
    let line = lock.lines.count + 1
    let assessed = try workspace.run("assess", "days", "2026-04")
    assessed.expect(.pluginInvalid, "这一行不是“名称 版本 摘要”\n  --> plugins.lock:\(line)\n")
    let check = try workspace.run("plugin", "check")
    #expect(check.errors.contains("error[plugin.invalid]: 这一行不是“名称 版本 摘要”"), "\(check.errors)")
    #expect(check.status == ErrorCode.pluginInvalid.exitStatus)
    #expect(try workspace.run("units").status == 0)
    #expect(try workspace.run("plugin", "list").output.contains("street.rules"))
    let again = try workspace.run("plugin", "enable", "rules")
    #expect(again.status == 0, "\(again.errors)")
    #expect(try workspace.scratch.text(of: "plugins.lock") == lock)
    #expect(try workspace.run("assess", "days", "2026-04").status == 0)
  }

  @Test func `A community's package takes nothing that the street declared`() throws {
    let workspace = try SettingWorkspace([
      "communities/sll-02/own/init.lua": """
      local gongyue = require "gongyue"
      return { gongyue.formula { id = "days", title = "另一个",
        value = function() return 100 end } }
      """
    ])
    let before = try workspace.run("assess", "days", "2026-04").output
    for (settings, words) in [
      ("score.weights: {retired: 2020-01-01}", "设置“score.weights”是插件“street.rules”的"),
      (
        "own.days: {label: 公示期, type: integer, default: 1}",
        "设置“own.days”不能叫“公示期”：插件“street.rules”的设置“notice.days”"
      ), ("own.a: {label: 甲, type: integer, default: 1}", "公式代码“days”已被启用的插件“street.rules”用了"),
    ] {
      try workspace.write(
        Self.manifest("own", "settings:\n  \(settings)"), to: "communities/sll-02/own/plugin.yaml")
      for command in ["check", "enable"] {
        let outcome = try workspace.run("plugin", command, "own")
        #expect(outcome.status == ErrorCode.pluginInvalid.exitStatus, "\(outcome.errors)")
        #expect(outcome.errors.contains(words), "\(outcome.errors)")
        #expect(
          outcome.errors.contains("  --> plugins/communities/sll-02/own/"), "\(outcome.errors)")
      }
    }
    #expect(try workspace.run("assess", "days", "2026-04").output == before)
    #expect(try workspace.why("公示期", "sll-01").0.hasPrefix("公示期 = 5 天"))
  }

  @Test func `Whoever enables is told of failing tests, of no admission and of lost rules`() throws
  {
    let workspace = try SettingWorkspace([
      "communities/sll-02/own/plugin.yaml": Self.manifest(
        "own",
        "admission: {record: 准入〔2026〕3号, approved: 2027-01-01}\n"
          + "settings:\n  own.days: {label: 天数, type: integer, default: 3}"),
      "communities/sll-02/own/init.lua": """
      local gongyue = require "gongyue"
      return { gongyue.command { id = "two", title = "二", run = function() return "3" end } }
      """,
      "communities/sll-02/own/tests/two.lua": """
      local gongyue = require "gongyue"
      gongyue.test "一加一得二" (function(t) t.equal(t.run("two"), "2") end)
      gongyue.test "另一项" (function(t) end)
      """,
    ])
    let enabled = try workspace.run("plugin", "enable", "own")
    #expect(enabled.status == 0, "\(enabled.errors)")
    #expect(enabled.errors.contains("插件自带的测试“一加一得二”没有通过："), "\(enabled.errors)")
    #expect(enabled.errors.contains("tests/two.lua:2"), "\(enabled.errors)")
    #expect(!enabled.errors.contains("另一项"), "\(enabled.errors)")
    #expect(enabled.errors.contains("准入“准入〔2026〕3号”还没有批准"), "\(enabled.errors)")
    let shown = try workspace.run("plugin", "show", "own")
    #expect(shown.output.contains("准入〔2026〕3号，2027-01-01 批准"), "\(shown.output)")
    let set = try workspace.run("set", "own.days", "4", "--unit", "sll-02", "--basis", "会议")
    #expect(set.status == 0, "\(set.errors)")
    try workspace.write(
      Self.manifest("own", version: "1.1.0"), to: "communities/sll-02/own/plugin.yaml")
    let upgraded = try workspace.run("plugin", "enable", "own")
    #expect(
      upgraded.errors.contains("不再起作用：乙社区的“own.days”，启用的插件都没有声明这项设置"),
      "\(upgraded.errors)")
  }

  @Test func `A test's explanation names what was read, as the real one does`() throws {
    let workspace = try SettingWorkspace([
      "communities/sll-02/noted/plugin.yaml": Self.manifest(
        "noted", "reads:\n  questions: [asked]"),
      "communities/sll-02/noted/init.lua": """
      local gongyue = require "gongyue"
      return { gongyue.formula { id = "noted", title = "有据", value = function(s)
        return gongyue.questions:where { asked = s.within }:count() + s:setting "notice.days"
      end } }
      """,
      "communities/sll-02/noted/tests/noted.lua": """
      local gongyue = require "gongyue"
      gongyue.test "说明写出看了什么" (function(t)
        t.world {
          units = { { id = "sll-02", name = "乙社区" } }, settings = { ["notice.days"] = 5 },
          questions = { { subject = "问", channel = "board", asked = "2026-04-02",
            due = "2026-04-09" } },
        }
        local result = t.formula("noted"):assess { unit = "sll-02", period = "2026-04", depth = 3 }
        t.near_exact(result.score, "6")
        local lines = table.concat(result.lines, "\\n")
        for _, words in ipairs { "居民提问", "摘要", "公示期" } do
          t.equal(lines:find(words, 1, true) and words, words)
        end
      end)
      """,
    ])
    let tested = try workspace.run("plugin", "test", "noted")
    #expect(tested.status == 0, "\(tested.output)\(tested.errors)")
    #expect(try workspace.run("plugin", "enable", "noted").errors == "")
    let real = try workspace.run(
      "assess", "noted", "2026-04", "--unit", "sll-02", "--explain", "--depth", "3")
    for words in ["居民提问", "摘要", "公示期"] {
      #expect(real.output.contains(words), "\(real.output)\(real.errors)")
    }
  }

  @Test func `What was closed is proved again from its leaves`() throws {
    let workspace = try SettingWorkspace()
    let id = try #require(
      try workspace.run("close", "days", "2026-04", "--json").data(of: "close")["id"]?.text)
    #expect(try workspace.run("replay", id).status == 0)
    let doctor = try workspace.run("doctor")
    #expect(doctor.status == 0, "\(doctor.errors)")
    #expect(doctor.output.contains("封存结果与其说明相符"), "\(doctor.output)")
  }

  @Test func `A limit of instructions in gongyue.yaml holds for tests of packages`() throws {
    let workspace = try SettingWorkspace([
      "communities/sll-02/own/plugin.yaml": Self.manifest("own"),
      "communities/sll-02/own/init.lua": "return {}",
      "communities/sll-02/own/tests/long.lua": """
      local gongyue = require "gongyue"
      gongyue.test "数到一百万" (function(t) for i = 1, 1000000 do end end)
      """,
    ])
    let passed = try workspace.run("plugin", "test", "own")
    #expect(passed.status == 0, "\(passed.errors)")
    let text = try workspace.scratch.text(of: "gongyue.yaml")
    _ = try workspace.scratch.file(
      "gongyue.yaml",
      containing: text.replacing("memory: 512}", with: "memory: 512, instructions: 10000}"))
    let stopped = try workspace.run("plugin", "test", "own")
    #expect(stopped.errors.contains("超过上限 10000 条"), "\(stopped.errors)")
  }
}
