import Foundation
import Governance
import Testing

/// Values computed by a function beside a file of settings.
@Suite struct ComputedSettingTests {
  static let settings = "communities/sll-02/settings.yaml"
  static let lua = "communities/sll-02/notice.lua"
  static let definition = "notice.days:\n  function: notice.lua#days\n  basis: 居民会议通过"

  private static func workspace(_ source: String) throws -> SettingWorkspace {
    try SettingWorkspace([settings: definition, lua: source])
  }

  @Test func `A function is told the key, the unit, its type and the day`() throws {
    let workspace = try Self.workspace(
      """
      local function days(context)
        if context.key == "notice.days" and context.type == "old_estate"
            and context.types.community_type == "old_estate" and context.street == "sll"
            and context.community == "sll-02" and context.day == "2026-05-12" then
          return context.caretaker == "sll-02" and 30 or context.unit == "sll-02" and 20 or 1
        end
        return 2
      end
      return { days = days }
      """)
    #expect(try workspace.why("notice.days", "sll-02").0.hasPrefix("公示期 = 20 天"))
    #expect(try workspace.why("notice.days", "sll-a").0.hasPrefix("公示期 = 30 天"))
    #expect(
      try workspace.why("notice.days", "sll-02", on: "2026-05-13").0.hasPrefix("公示期 = 2 天"))
  }

  @Test func `settings, --diff, --lint, set --impact and a what-if compute it too`() throws {
    let workspace = try Self.workspace(
      "return { days = function(c, inherited) return inherited() + 2 end }")
    let settled = try workspace.run("settings", "sll-02", "--format", "csv")
    #expect(settled.rows.contains("公示期,notice.days,7 天,社区"), "\(settled.output)")
    let differing = try workspace.run("settings", "sll-01", "--diff", "sll-02", "--format", "csv")
    #expect(differing.rows == ["设置,甲社区,乙社区", "公示期,5 天,7 天"])
    let impact = try workspace.run(
      "set", "notice.days", "8", "--street", "--basis", "设想", "--impact", "--format", "csv")
    #expect(
      impact.rows == [
        "单位,现在,改后", "试验街道,5 天,8 天", "甲社区,5 天,8 天", "乙社区,7 天,10 天",
        "丙社区,5 天,8 天", "锦绣苑,7 天,10 天",
      ])
    let lint = try workspace.run("settings", "sll-02", "--lint")
    #expect(lint.status == 0, "\(lint.errors)")
    #expect(!lint.output.contains("notice.days"), "\(lint.output)")
    let assessed = try workspace.run("assess", "days", "2026-04", "--format", "csv")
    #expect(assessed.output.contains("乙社区,,7.00"), "\(assessed.output)")
  }

  static let broken: [(source: String, code: ErrorCode, words: String, place: String)] = [
    ("return { days = function()\nerror('坏了') end }", .scriptError, "坏了", "\(lua):2"),
    ("return { days = ", .scriptSyntax, "Lua 语法错误", "\(lua):1"),
    (
      "return { dayz = function() return 7 end }", .settingInvalid,
      "“notice.days”用到的 notice.lua 没有返回函数 days", "\(settings):1"
    ),
    (
      "return { days = function() end }", .settingInvalid,
      "“notice.days”的函数 notice.lua#days 返回了 nil，不能作为设置的值", "\(settings):1"
    ),
    (
      "return { days = function() return '七天' end }", .settingInvalid,
      "“公示期”（notice.days）应为整数", "\(settings):1"
    ),
    ("return { days = function() while true do end end }", .limitTime, "", "\(lua):1"),
    (
      "return { days = function() return #string.rep('x', 1 << 30) end }", .limitMemory, "",
      "\(lua):1"
    ),
    (
      "return { days = function() return gongyue.cases:count() end }", .scriptError, "",
      "\(lua):1"
    ),
    ("return { days = function() return os.time() end }", .scriptError, "", "\(lua):1"),
    (
      "return { days = function() return require('notice.other').days end }", .scriptError,
      "require 找不到“notice.other”", "\(lua):1"
    ),
  ]

  @Test(arguments: broken)
  func `A function that fails is named with its line; nothing is assessed with it`(
    source: String, code: ErrorCode, words: String, place: String
  ) throws {
    let workspace = try Self.workspace(source)
    let time = code == .limitTime ? ["--time", "1"] : []
    for command in [["why", "notice.days", "sll-02"], ["assess", "days", "2026-04"]] {
      let outcome = try Program.run(
        command + ["--memory", "32"] + time, in: workspace.scratch.path)
      outcome.expect(code, words)
      // Whoever asked may meet its own deadline first.
      if code == .limitTime, command[0] == "assess" { continue }
      #expect(outcome.errors.contains("\n  --> plugins/\(place)\n"), "\(outcome.errors)")
    }
    #expect(try Program.run(["plugin", "check"] + time, in: workspace.scratch.path).status != 0)
  }

  @Test func `A file that is not there is named, with the nearest one`() throws {
    let workspace = try Self.workspace("return {}")
    try workspace.write("notice.days: {function: notise.lua#days}", to: Self.settings)
    let outcome = try workspace.run("why", "notice.days", "sll-02")
    outcome.expect(
      .settingInvalid, "“notice.days”用到的文件 notise.lua 不在 plugins/communities/sll-02 里")
    #expect(outcome.errors.contains("  hint: 是不是想写“notice.lua”？"), "\(outcome.errors)")
  }

  @Test func `A computed value is held to what the layers above allow`() throws {
    let workspace = try SettingWorkspace([
      Self.settings: "notice.tight: {function: notice.lua#days}",
      Self.lua: "return { days = function() return 3 end }",
    ])
    let (answer, rows) = try workspace.why("notice.tight", "sll-02")
    #expect(answer.hasPrefix("从严公示期 = 5 天    "))
    #expect(
      rows.last == "✗ 社区,plugins/\(Self.settings):1,set 3（notice.lua#days）,,已否决：低于街道下限 5 天")
  }

  // decisions.md 12: nothing of one call is there in the next, whoever asks in which order.
  @Test func `A function cannot remember`() throws {
    let workspace = try Self.workspace(
      "count = (count or 6) + 1\nreturn { days = function() count = count + 1 return count end }")
    let outcome = try workspace.run(
      "eval",
      """
      for day = 12, 14 do
        print(gongyue.setting("notice.days", { unit = "sll-02", on = "2026-05-" .. day }))
      end
      """)
    #expect(outcome.output == "8\n8\n8\n", "\(outcome.errors)")
  }

  // decisions.md 4: replay reads what was kept, after the function has been edited.
  @Test func `A closed result is replayed with the function of then`() throws {
    let workspace = try Self.workspace("return { days = function() return 7 end }")
    let before = try workspace.run("assess", "days", "2026-04")
    let closed = try workspace.run("close", "days", "2026-04", "--json")
    #expect(closed.status == 0, "\(closed.errors)")
    let id = try #require(try closed.data(of: "close")["id"]?.text)
    try workspace.write("return { days = function() return 70 end }", to: Self.lua)
    let after = try workspace.run("assess", "days", "2026-04", "--format", "csv")
    #expect(after.output.contains("乙社区,,70.00"), "\(after.output)")
    #expect(try workspace.run("replay", id).output == before.output)
    try FileManager.default.removeItem(atPath: workspace.scratch.path + "/plugins/" + Self.lua)
    let replayed = try workspace.run("replay", id)
    #expect(replayed.output == before.output, "\(replayed.errors)")
  }

  @Test func `The shipped example follows the season`() throws {
    let workspace = try Workspace()
    let why = try workspace.run("why", "notice.workdays", "sll-05", "--format", "csv")
    #expect(
      why.rows.dropFirst() == [
        "✔ 社区,plugins/communities/sll-05/settings.yaml:7,set 7（notice.lua#days）,2026-01-01 起,依据：居民会议 2025-12-20 通过"
      ])
    let winter = try workspace.run("why", "notice.workdays", "sll-05", "--date", "2026-02-01")
    #expect(winter.output.hasPrefix("公示期 = 5 个工作日    向阳村 · 2026-02-01\n"))
  }
}
