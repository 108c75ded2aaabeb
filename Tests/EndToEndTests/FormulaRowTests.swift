import Foundation
import Governance
import Testing

/// Rows of `formulas.md` from Lua to what the program prints.
@Suite struct FormulaRowTests {
  // Row "Formula by date".
  static let undated: [(versions: String, message: String, hint: String)] = [
    (
      #"{ to = "2026-04-01" }"#, "公式“dated”在2026年4月30日没有生效的版本", "现有版本：…—2026-04-01"
    ),
    (
      #"{ to = "2026-04-01" }, { from = "2026-05-01" }"#, "公式“dated”在2026年4月30日没有生效的版本",
      "现有版本：…—2026-04-01；2026-05-01—…"
    ),
  ]

  @Test(arguments: undated)
  func `A month in which no version is in force is an error that lists the versions`(
    versions: String, message: String, hint: String
  ) throws {
    let workspace = try Workspace()
    try workspace.add(
      "dated",
      """
      local gongyue = require "gongyue"
      local versions = {}
      for _, dates in ipairs { \(versions) } do
        versions[#versions + 1] = gongyue.formula { id = "dated", title = "数",
          from = dates.from, to = dates.to, value = function() return 80 end }
      end
      return versions
      """)
    let outcome = try workspace.run("assess", "dated", "2026-04")
    outcome.expect(.formulaInvalid, message)
    #expect(outcome.errors.contains(hint), "\(outcome.errors)")
  }

  @Test func `Two versions that overlap are refused before anything is scored by them`() throws {
    let workspace = try Workspace()
    try workspace.write(
      "dated",
      """
      local gongyue = require "gongyue"
      local function version(from)
        return gongyue.formula { id = "dated", title = "数", from = from, value = function() return 1 end }
      end
      return { version "2026-01-01", version "2026-04-01" }
      """)
    let outcome = try workspace.run("plugin", "enable", "dated")
    outcome.expect(.pluginInvalid, "“dated”定义了两次")
    #expect(outcome.errors.contains("不同版本要用 from、to 错开"), "\(outcome.errors)")
  }

  // Row "Parameters by date with source": reading an ended one is an error.
  @Test func `A setting is read by its day; one that has ended is an error that names the day`()
    throws
  {
    let workspace = try Workspace()
    try workspace.write(
      "limited",
      """
      local gongyue = require "gongyue"
      return { gongyue.formula { id = "limited", title = "数",
        value = function(s) return s:setting "trial.points" end } }
      """,
      declaring: "trial.points: {label: 试行分数, english: trial points, type: integer}",
      settings: """
        trial.points:
          - {value: 60, from: 2026-01-01, to: 2026-03-01, basis: 试行一}
          - {value: 70, from: 2026-03-01, to: 2026-04-01, basis: 试行二}
        """)
    #expect(try workspace.run("plugin", "enable", "limited").status == 0)
    for (month, points) in [("2026-02", "60.00"), ("2026-03", "70.00")] {
      let told = try workspace.run("assess", "limited", month, "--unit", "sll-02", "--json")
      let score = try told.data(of: "assess")["units"]?.elements?.first?["score"]
      #expect(score == .string(points), "\(told.errors)")
    }
    let ended = try workspace.run("assess", "limited", "2026-04", "--unit", "sll-02")
    ended.expect(
      .settingRequired, "“试行分数”（trial.points）对 sll-01 在 2026-04-30 没有规定，也没有默认值")
  }

  // Catala: exceptions with a label beat the plain rule; two of one label at once are an error.
  @Test func `A formula reads the labelled exception, and two of one label stop it`() throws {
    let workspace = try Workspace()
    func write(_ before: String) throws {
      try workspace.write(
        "limited",
        """
        local gongyue = require "gongyue"
        return { gongyue.formula { id = "limited", title = "数",
          value = function(s) return s:setting "trial.points" end } }
        """,
        declaring: "trial.points: {label: 试行分数, english: trial points, type: integer}",
        settings: """
          trial.points:
            - {value: 60}
            - {value: 80, except: 汛期, when: {since: 2026-04-01}}
            - {value: 90, except: 汛期, when: {before: \(before)}}
          """)
    }
    func score(_ month: String) throws -> Outcome {
      try workspace.run(
        "assess", "limited", month, "--unit", "sll-02", "--explain", "--depth", "3")
    }
    try write("2026-03-01")
    #expect(try workspace.run("plugin", "enable", "limited").status == 0)
    #expect(try score("2026-03").output.contains("60"))
    let april = try score("2026-04")
    #expect(april.output.contains("80.00"), "\(april.output)\(april.errors)")
    #expect(april.output.contains("trial.points = 80"), "\(april.output)")
    try write("2026-05-01")
    try score("2026-04").expect(.settingConflict, "“试行分数”（trial.points）的例外“汛期”在 ")
  }

  // Catala: assertions with messages.
  @Test func `What a formula asserts stops it with the message, the line and the community`()
    throws
  {
    let workspace = try Workspace()
    try workspace.add(
      "asserting",
      """
      local gongyue = require "gongyue"
      local function number(s)
        local count = gongyue.buildings:count()
        assert(count < 1, s.name .. "的楼栋数不该是 " .. count)
        return count
      end
      return { gongyue.formula { id = "asserting", title = "楼栋", value = number } }
      """)
    let outcome = try workspace.run("assess", "asserting", "2026-04")
    outcome.expect(.scriptError, "建设路的楼栋数不该是 41")
    #expect(
      outcome.errors.contains("  --> plugins/street/asserting/init.lua:4\n"), "\(outcome.errors)")
    #expect(outcome.errors.contains("计算建设路的“楼栋”时"), "\(outcome.errors)")
  }

  // Row "Ranking": ties rule, type group, minimum sample.
  static let rankings: [(rule: String, ranks: [String])] = [
    (#"within = "all""#, ["1", "1", "1", "4", "5", "5", "5", "5"]),
    (#"within = "all", ties = "dense""#, ["1", "1", "1", "2", "3", "3", "3", "3"]),
    (#"within = "all", minimum = 8"#, ["1", "1", "1", "4", "5", "5", "5", "5"]),
    (#"within = "all", minimum = 9"#, Array(repeating: "", count: 8)),
    (#"within = "type", minimum = 9"#, Array(repeating: "", count: 8)),
  ]

  @Test(arguments: rankings)
  func `Equal scores share a place by the declared rule; below the minimum nobody is ranked`(
    rule: String, ranks: [String]
  ) throws {
    let workspace = try Workspace()
    try workspace.add(
      "tied",
      """
      local gongyue = require "gongyue"
      local points = { ["sll-01"] = 90, ["sll-02"] = 90, ["sll-03"] = 90, ["sll-04"] = 80 }
      return { gongyue.formula { id = "tied", title = "数", ranking = { \(rule) },
        value = function(s) return points[s.unit] or 70 end } }
      """)
    let outcome = try workspace.run("assess", "tied", "2026-04", "--json")
    let units = try outcome.data(of: "assess")["units"]?.elements ?? []
    let found = units.sorted { ($0["unit"]?.text ?? "") < ($1["unit"]?.text ?? "") }.map { unit in
      unit["rank"]?.compact.replacing("null", with: "") ?? ""
    }
    #expect(found == ranks, "\(outcome.errors)")
  }

  // Row "Tests": properties, edges and coverage.
  @Test
  func `plugin test tells the case that broke a property, each edge, and what was not reached`()
    throws
  {
    let workspace = try Workspace()
    try workspace.write(
      "graded",
      """
      local gongyue = require "gongyue"
      return { gongyue.formula { id = "graded", title = { zh = "公开率", en = "published" },
        bands = { { id = "good", title = { zh = "好", en = "good" }, at_least = 80 },
          { id = "poor", title = { zh = "差", en = "poor" } } },
        curve = { points = { { 0, 0 }, { 50, 100 }, { 100, 60 } } },
        rate = function(s)
          local due = gongyue.obligations:where { due = s.within }
          return due:where { posted = gongyue.at_most(gongyue.field "due") }, due
        end } }
      """)
    _ = try workspace.scratch.file(
      "plugins/street/graded/tests/more.lua",
      containing: """
        local gongyue = require "gongyue"
        gongyue.test "一半就够" (function(t)
          local result = t.formula("graded"):given { rate = { 1, 2 } }
          t.explains(result, "公开率 100.00 1/2 = 50%")
        end)
        gongyue.test "越多越好" (function(t) t.monotone(t.formula "graded", "graded") end)

        """)
    let told = try workspace.run("plugin", "test", "graded", "--format", "csv")
    told.expect(.pluginTest, "“越多越好”未通过：第1例（seed 1）：graded 由 [")
    #expect(told.errors.contains("  --> plugins/street/graded/tests/more.lua:6\n"))
    let path = "plugins/street/graded/"
    #expect(
      told.output.components(separatedBy: "\r\n").dropLast() == [
        "结果,测试,文件", "通过,一半就够,\(path)tests/more.lua", "未通过,越多越好,\(path)tests/more.lua",
        "通过,公开率：等次线 80（79.99差，80好，80.01好）,\(path)init.lua",
        "通过,公开率：等次的两端（100好，0差）,\(path)init.lua",
      ])
    let text = try workspace.run("plugin", "test", "graded").output
    #expect(text.contains("\n1 个插件，4 项测试（其中2项由程序按分界生成）：通过 3，未通过 1。\n"), "\(text)")
    #expect(text.contains("\n注：“公开率”的测试没有走到：等次“差”、没有分母。\n"), "\(text)")
    let english = try workspace.run("plugin", "test", "graded", "--lang", "en").output
    #expect(
      english.contains("1 plugins, 4 tests (2 of them made of the edges): 3 passed, 1 failed."))
    #expect(
      english.contains("the tests of 'published' never came to: band 'poor', no denominator."))
    let data = try workspace.run("plugin", "test", "graded", "--json").data(of: "plugin")
    let unreached = try #require(data["unreached"]?.elements?.first)
    #expect(unreached["plugin"] == .string("street.graded"))
    #expect(unreached["parts"]?.elements?.count == 2)
  }

  @Test func `Whom too few leave unranked is told why`() throws {
    let workspace = try Workspace()
    try workspace.add(
      "few",
      """
      local gongyue = require "gongyue"
      return { gongyue.formula { id = "few", title = "数",
        ranking = { within = "all", minimum = 3 },
        value = function(s)
          if s.unit > "sll-02" then return gongyue.dropped "无" end
          return 70
        end } }
      """)
    let outcome = try workspace.run("assess", "few", "2026-04")
    #expect(outcome.output.contains("本类型只有2个社区有得分，不排名"), "\(outcome.output)")
  }
}

extension Workspace {
  /// A package of the street with a setting of its own, and what the street says of it.
  fileprivate func write(
    _ id: String, _ source: String, declaring setting: String, settings: String
  ) throws {
    try write(id, source)
    let folder = "plugins/street/\(id)/"
    let manifest = try scratch.text(of: folder + "plugin.yaml")
    _ = try scratch.file(
      folder + "plugin.yaml", containing: manifest + "settings:\n  \(setting)\n")
    _ = try scratch.file(folder + "settings.yaml", containing: settings + "\n")
  }
}
