import Foundation
import Governance
import Testing

/// What scripts are given, and units they name.
@Suite struct ScriptArgumentTests {
  @Test func `A unit may be named in Chinese wherever a script names one`() throws {
    let workspace = try Workspace()
    func output(_ arguments: String...) throws -> String {
      let outcome = try Program.run(["run"] + arguments, in: workspace.path)
      #expect(outcome.status == 0, "\(outcome.errors)")
      return outcome.output
    }
    #expect(
      try output("scripts/overdue.lua", "unit=十字街") == output("scripts/overdue.lua", "unit=sll-02"))
    let deadline = ["scripts/deadline.lua", "posted=2026-04-30"]
    #expect(
      try output(deadline[0], deadline[1], "unit=十字街社区")
        == output(deadline[0], deadline[1], "unit=sll-02"))
    let counted = try workspace.run(
      "eval",
      """
      local any = gongyue.any { "十字街", "sll-01" }
      return gongyue.buildings:where { unit = any }:count()
        - gongyue.buildings:where { unit = "sll-02" }:count()
        - gongyue.buildings:where { unit = "sll-01" }:count()
      """)
    #expect(counted.output == "0\n", "\(counted.errors)")
  }

  static let unknown = [
    #"return gongyue.cases:where { unit = "sll-99" }:count()"#,
    #"return gongyue.cases:where { estate = "sll-99" }:count()"#,
    #"return gongyue.setting("notice.workdays", { unit = "sll-99" })"#,
    #"return gongyue.why("notice.workdays", { unit = "sll-99" })"#,
    """
    gongyue.findings:create { unit = "sll-99", sort = "privacy_leak", day = "2026-04-02",
      summary = "a" }
    """,
    """
    gongyue.adjacencies:create { unit = "sll-01", neighbour = "sll-99", from = "2026-01-01" }
    """,
  ]

  @Test(arguments: unknown)
  func `A unit that does not exist is refused, and nothing is stored`(code: String) throws {
    let workspace = try Workspace()
    let before = try workspace.mark()
    try workspace.run("eval", code).expect(.unitUnknown, "没有“sll-99”这个单位\n")
    #expect(try workspace.mark() == before)
  }

  @Test func `What happened cannot be filed before its day; a duty day can`() throws {
    let workspace = try Workspace()
    let future = try workspace.run(
      "eval",
      """
      gongyue.findings:create { unit = "sll-02", sort = "privacy_leak", day = "2099-04-02",
        summary = "a" }
      """)
    future.expect(.inputInvalid, "“day”（查实日期）是 2099-04-02，还没有到（今天是 2026-05-12）\n")
    let planned = try workspace.run(
      "eval",
      """
      local worker = gongyue.posts:where { unit = "sll-02", role = "worker" }:first()
      gongyue.duty_days:create { unit = "sll-02", worker = worker.id, day = "2026-05-18",
        status = "duty" }
      """)
    #expect(planned.status == 0, "\(planned.errors)")
  }

  @Test func `An argument that no file takes is refused before anything runs`() throws {
    let workspace = try Workspace()
    let typo = try workspace.run("run", "scripts/overdue.lua", "nuit=sll-02")
    typo.expect(.inputInvalid, "脚本没有参数“nuit”\n")
    #expect(typo.errors.contains("  hint: 是不是想写“unit”？"), "\(typo.errors)")
    #expect(typo.output == "")
    let none = try workspace.script("return 1", "a=1")
    none.expect(.inputInvalid, "脚本没有参数“a”\n  hint: 这个脚本不带参数\n")
    let other = try workspace.run("run", "scripts/overview.lua", "month=2026-04")
    #expect(other.errors.contains("  hint: 可用：day"), "\(other.errors)")
    // A script that takes its arguments as a whole may take any.
    let whole = try workspace.script(
      "for name, value in pairs(arguments) do print(name, value) end", "a=1")
    #expect(whole.output == "a\t1\n", "\(whole.errors)")
  }

  @Test func `Files are all there before the first one runs`() throws {
    let workspace = try Workspace()
    _ = try workspace.scratch.file(
      "file.lua",
      containing: """
        gongyue.findings:create { unit = "sll-02", sort = "privacy_leak", day = "2026-05-02",
          summary = "a" }
        """)
    let before = try workspace.mark()
    try workspace.run("run", "file.lua", "missing.lua").expect(.fileUnavailable)
    try workspace.run("run", "file.lua", "=1").expect(.usage, "TARGET 要写成 名称=值，不是“=1”\n")
    #expect(try workspace.mark() == before)
  }

  @Test(arguments: ["\u{FEFF}", "\u{FEFF}#!/usr/bin/env gongyue\n"])
  func `An editor's mark at the head of a file is passed over`(head: String) throws {
    let workspace = try Workspace()
    let outcome = try workspace.script(head + "local here = 1\r\nreturn here\r\n")
    #expect(outcome.output == "1\n", "\(outcome.errors)")
    let wrong = try workspace.script(head + "return = 1")
    #expect(wrong.status == 1 && !wrong.errors.contains("239"), "\(wrong.errors)")
  }

  @Test func `YAML with a mark and lines of Windows says the same`() throws {
    let workspace = try SettingWorkspace()
    let text = "# 社区的设置\r\nnotice.days: 7\r\nnotice.locked: 9\r\n"
    for head in ["", "\u{FEFF}"] {
      try workspace.write(head + text, to: SettingChangeTests.community)
      #expect(try workspace.why("notice.days", "sll-02").0.hasPrefix("公示期 = 7 天"))
      let lint = try workspace.run("settings", "sll-02", "--lint")
      #expect(
        lint.errors.contains("plugins/\(SettingChangeTests.community):3"), "\(lint.errors)")
    }
  }

  @Test func `Many changes of a sort are counted, few are listed`() throws {
    let workspace = try Workspace()
    func outcome(_ count: Int) throws -> [String] {
      let outcome = try workspace.run(
        "eval", "--dry-run", "--format", "csv",
        """
        for day = 1, \(count) do
          gongyue.findings:create { unit = "sll-02", sort = "privacy_leak", day = "2026-05-02",
            summary = tostring(day) }
        end
        """)
      #expect(outcome.status == 0, "\(outcome.errors)")
      return outcome.rows
    }
    #expect(try outcome(20).count == 21)
    let many = try outcome(400)
    #expect(many.count == 2, "\(many)")
    #expect(many.last?.hasPrefix("登记查实问题 sll-02-FD-2026-") == true, "\(many)")
    #expect(many.last?.hasSuffix(" 等，共 400 条") == true, "\(many)")
  }
}
