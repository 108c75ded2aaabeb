import Foundation
import Governance
import Testing

/// What the author of a script or a manifest is told: sentence, place, hint, calls.
@Suite struct ScriptErrorTests {
  @Test(arguments: [
    (
      "local function due(x) error('没有 ' .. x) end\nlocal function all(x) due(x) return 1 end\nall(3)",
      "zh",
      """
      error[script.error]: 没有 3
        --> script.lua:1
        调用：script.lua:1 due
              script.lua:2 all
              script.lua:3

      """
    ),
    (
      "local function due(x)\n  return gongyue.cases:where { kindd = x }\nend\nlocal all = due(3)",
      "en",
      """
      error[field.unknown]: 'cases' (case) has no field 'kindd'
        --> script.lua:2
        hint: did you mean 'kind'?
        traceback: script.lua:2 due
                   script.lua:4

      """
    ),
    (
      "error('boom')", "en",
      "error[script.error]: boom\n  --> script.lua:1\n"
    ),
    (
      "error({ code = 1 })", "zh",
      """
      error[script.error]: 脚本报错，给出的是 table，没有写原因
        --> script.lua:1
        hint: 请写成 error("原因")

      """
    ),
    (
      "local x = = 3", "zh",
      """
      error[script.syntax]: Lua 语法错误：在 '=' 附近，写法不对
        --> script.lua:1
        hint: 看这一行和它前面：引号、括号是否成对，if、for、function 有没有 end

      """
    ),
  ])
  func `An error of a script is said with its line and the calls that led there`(
    source: String, language: String, expected: String
  ) throws {
    let outcome = try Workspace().script(source, "--lang", language)
    #expect(outcome.errors == expected)
    #expect(outcome.status == 1 || outcome.status == 64)
  }

  @Test func `In eval the place is said once`() throws {
    let workspace = try Workspace()
    #expect(
      try workspace.run("eval", "error('不行')").errors
        == "error[script.error]: 不行\n  --> eval:1\n")
    #expect(
      try workspace.run("eval", "local x = nil; x.y = 1").errors
        == "error[script.error]: 变量“x”没有值（是 nil），不能再取它里面的东西\n  --> eval:1\n")
  }

  @Test func `A recursion shows its innermost calls only`() throws {
    let outcome = try Workspace().script(
      "local function down(n)\n  if n == 0 then error('底') end\n  down(n - 1)\n  return 1\nend\ndown(30)"
    )
    let lines = outcome.errors.lines
    #expect(lines.count == 2 + 9, "\(outcome.errors)")
    #expect(lines[2] == "  调用：script.lua:2 down" && lines.last == "        …")
  }

  @Test func `A score that is no number names the formula's line`() throws {
    let workspace = try Workspace()
    _ = try workspace.scratch.file(
      "plugins/street/nan/plugin.yaml",
      containing: "id: nan\ntitle: 无效\nversion: 1.0.0\napi: 1\nlayer: street\nreads: {}\n")
    _ = try workspace.scratch.file(
      "plugins/street/nan/init.lua",
      containing: """
        local gongyue = require "gongyue"
        return {
          gongyue.formula { id = "nan", title = "无效", value = function() return 0 / 0 end },
        }
        """)
    #expect(try workspace.run("plugin", "enable", "nan").status == 0)
    let outcome = try workspace.run("assess", "nan", "2026-04")
    outcome.expect(.scoreInvalid)
    #expect(
      outcome.errors.lines.contains("  --> plugins/street/nan/init.lua:3"), "\(outcome.errors)")
    #expect(outcome.errors.lines.contains { $0.hasPrefix("  经过：计算") }, "\(outcome.errors)")
  }

  @Test func `A mistyped key of a manifest is the only fault that is reported`() throws {
    let workspace = try Workspace()
    let path = "plugins/street/public-affairs/plugin.yaml"
    let text = try workspace.scratch.text(of: path)
    _ = try workspace.scratch.file(
      path, containing: text.replacingOccurrences(of: "\ntitle:", with: "\ntitel:"))
    for command in [
      ["plugin", "check"], ["assess", "community-assessment", "2026-04"], ["doctor"],
    ] {
      let outcome = try Program.run(command, in: workspace.path)
      #expect(outcome.status == 1, "\(command): \(outcome.errors)")
      let errors = outcome.errors.lines.filter { $0.hasPrefix("error[") }
      #expect(
        errors == [
          "error[plugin.invalid]: 缺少“title”", "error[plugin.invalid]: 插件清单里没有“titel”这个键",
        ], "\(command): \(outcome.errors)")
      #expect(outcome.errors.contains("hint: 补上一行：title: …"), "\(command)")
    }
  }

  @Test func `A plugin's check names settings and fields that will not be there`() throws {
    let workspace = try Workspace()
    _ = try workspace.scratch.file(
      "plugins/street/late/plugin.yaml",
      containing:
        "id: late\ntitle: 迟\nversion: 1.0.0\napi: 1\nlayer: street\nreads:\n  cases: [kind]\n")
    _ = try workspace.scratch.file(
      "plugins/street/late/init.lua",
      containing: """
        local gongyue = require "gongyue"
        local function value(s)
          local weights = s:setting("assessment.wieghts")
          return gongyue.cases:where { place = "x" }:count()
        end
        return { gongyue.formula { id = "late", title = "迟", value = value } }
        """)
    let outcome = try workspace.run("plugin", "check", "late", "--lang", "en")
    #expect(
      outcome.errors == """
        error[setting.unknown]: there is no setting 'assessment.wieghts'
          --> plugins/street/late/init.lua:3
          hint: did you mean 'assessment.weights'?
        error[denied]: the package 'street.late' was not granted to read cases.place
          --> plugins/street/late/init.lua:4
          hint: name cases: [place] in reads at plugins/street/late/plugin.yaml:7 and enable it again

        """)
  }

  @Test func `Weights that do not add up say how much is missing`() throws {
    let weights =
      "organisation=15,deliberation=15,closed_loop=20,visits=15,publicity=10,environment=15,satisfaction="
    let workspace = try Workspace()
    for (last, hint) in [("5", "还差 5，请加到某几项上"), ("12.5", "多了 2.5，请从某几项里减去")] {
      let outcome = try workspace.run(
        "set", "assessment.weights", weights + last, "--type", "old_estate", "--basis", "试")
      outcome.expect(.settingInvalid)
      #expect(outcome.errors.lines.last == "  hint: \(hint)", "\(outcome.errors)")
    }
  }
}
