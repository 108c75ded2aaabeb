import CLuaShim
import Governance
import Lua
import Testing

@testable import Plugins

/// Small worlds for the tests of plugins.
final class SmallTestHost: PluginTestHost {
  func world(_ contents: TestContents, for run: PackageRun) throws -> any TestWorld {
    SmallTestWorld(contents, run)
  }
}

private final class SmallTestWorld: TestWorld, FormulaHost {
  let inner = SmallWorld()
  let run: PackageRun
  var formulaHost: any FormulaHost { self }

  init(_ contents: TestContents, _ run: PackageRun) {
    self.run = run
    contents.today.map { inner.today = $0 }
    inner.settings = contents.settings
    for record in contents.records { inner.add(record.kind, record.unit, record.values) }
  }

  func enter(_ subject: FormulaSubject) throws -> LuaValue {
    inner.scope = [subject.unit.id]
    return [
      "unit": .string(subject.unit.id.rawValue),
      "within": .object(HostObject(ScriptPeriod(subject.period))),
    ]
  }

  func count(_ object: HostObject) throws -> (Int64, Contribution?)? {
    guard let query = object.value as? ScriptQuery else { return nil }
    let found = try inner.find(run.context.admitted(query.query, for: .counting))
    return (
      Int64(found.count),
      Contribution(
        query: Words(verbatim: query.query.kind), key: query.query.kind,
        count: Int64(found.count), digest: "", codes: found.map(\.code))
    )
  }

  func resolve(_ key: String, for unit: UnitID, on day: Day) throws -> Resolution {
    throw Problem(.settingUnknown, Words(key, key))
  }

  var kinds: [Kind] { inner.kinds }
  var today: Day { inner.today }
  var calendar: WorkCalendar { inner.calendar }
  var language: Language { inner.language }
  func unit(named text: String) throws -> UnitID { try inner.unit(named: text) }
  func admit(_ unit: UnitID) throws { try inner.admit(unit) }
  func aggregate(_ query: Query, _ aggregate: Aggregate) throws -> Aggregated {
    try inner.aggregate(query, aggregate)
  }
  func groups(_ query: Query, by fields: [String], _ aggregate: Aggregate) throws
    -> [AggregatedGroup]
  {
    try inner.groups(query, by: fields, aggregate)
  }
  func rows(_ query: Query, fields: [String]) throws -> ScriptRows {
    try inner.rows(query, fields: fields)
  }
  func states(_ kind: String, id: Int64) throws -> [String: ValueState] { [:] }
  func create(_ kind: String, _ values: [String: Value]) throws -> Int64 {
    try inner.create(kind, values)
  }
  func update(_ kind: String, id: Int64, _ values: [String: Value?], reason: String) throws {
    try inner.update(kind, id: id, values, reason: reason)
  }
  func setting(_ key: String, unit: UnitID?, on day: Day?) throws -> SettingValue? {
    inner.settings[key]
  }
  func why(_ key: String, unit: UnitID?, on day: Day?) throws -> String { "" }
  func assess(_ formula: String, _ period: Period) throws -> LuaValue { .nil }
  func log(_ line: String) {}
  func noteRead(_ query: Query, _ aggregate: Aggregate?) {}
}

struct PackageTestsTests {
  static let source = """
    local gongyue = require "gongyue"
    return {
      gongyue.formula {
        id = "rate", title = "办结率", period = "month", subject = "community",
        rate = function(s)
          local due = gongyue.cases:where { resolve_due = s.within }
          return due:where { resolved = gongyue.at_most(gongyue.field "resolve_due") }, due
        end,
      },
      gongyue.command {
        id = "count", title = "件数", arguments = { { name = "kind" } },
        run = function(a)
          local report = gongyue.report.new "件数"
          report:paragraph("共 " .. gongyue.cases:count() .. " 件，" .. gongyue.setting "x.y")
          return report
        end,
      },
    }
    """

  static func outcomes(_ tests: String) throws -> [PackageTests.Outcome] {
    let manifest = PackageCheckTests.head.replacing(
      "[kind]", with: "[kind, state, resolve_due, resolved]")
    let package = try PackageCheckTests.package(
      ["init.lua": source, "tests/a.lua": "local gongyue = require \"gongyue\"\n" + tests],
      manifest: manifest)
    let host = SmallTestHost()
    return PackageTests(package, host: host).run().outcomes
  }

  static func lines(_ tests: String) throws -> [String] {
    try outcomes(tests).map { outcome in
      guard let problem = outcome.problem else { return "✔ \(outcome.name.chinese)" }
      let line = problem.place.map { "\($0)".replacing("plugins/street/x/", with: "") } ?? ""
      return "✘ \(outcome.name.chinese) \(line): \(problem.message.chinese)"
    }
  }

  @Test func `Tests pass and fail one by one, with names, lines, expected and found`() throws {
    #expect(
      try Self.lines(
        """
        gongyue.test "相等" (function(t)
          t.equal(1 + 1, 2)
          t.equal({ a = { 1, "甲" } }, { a = { 1, "甲" } })
          t.near_exact(gongyue.decimal.of "2.50", "2.5")
        end)
        gongyue.test "不等" (function(t)
          t.equal(1 + 1, 3, "加法")
        end)
        gongyue.test "小数" (function(t) t.near_exact(gongyue.decimal.of "89.16", "89.15") end)
        gongyue.test "拒绝" (function(t)
          t.fails("denied", function() gongyue.persons:count() end)
          t.fails("denied", function() gongyue.cases:count() end)
        end)
        gongyue.test "出错" (function(t) local x = nil; return x.y end)
        """) == [
          "✔ 相等",
          "✘ 不等 tests/a.lua:8: 加法：应为 3，实际是 2",
          "✘ 小数 tests/a.lua:10: 应为 \"89.15\"，实际是 \"89.16\"",
          "✘ 拒绝 tests/a.lua:13: 应为 denied，实际是 没有失败",
          "✘ 出错 tests/a.lua:15: attempt to index a nil value (local 'x')",
        ])
  }

  @Test func `A formula is scored with inputs given and over a world of records`() throws {
    let lines = try Self.lines(
      """
      gongyue.test "给定" (function(t)
        t.near_exact(t.formula("rate"):given({ rate = { 59, 64 } }).score, "92.19")
      end)
      gongyue.test "记录" (function(t)
        local base = { kind = "facility_damage", state = "resolved", resolve_due = "2026-04-08 18:00" }
        local late = { kind = "facility_damage", state = "resolved", resolve_due = "2026-04-09 18:00", resolved = "2026-04-10 09:00" }
        local good = { kind = "公共设施损坏", state = "resolved", resolve_due = "2026-04-09 18:00", resolved = "2026-04-09 09:00" }
        t.world { cases = { base, late, good, good } }
        local result = t.formula("rate"):assess { period = "2026-04" }
        t.near_exact(result.score, "50")
        t.equal(result.status, "assessed")
        t.equal(t.formula("rate"):assess({ period = "2026-03" }).status, "not_assessed")
      end)
      gongyue.test "命令" (function(t)
        t.world { cases = { { kind = "facility_damage" } }, settings = { ["x.y"] = "好" } }
        t.equal(t.run("count"):find("共 1 件，好", 1, true) ~= nil, true)
      end)
      gongyue.test "没有" (function(t) t.formula "rat" end)
      gongyue.test "字段" (function(t) t.world { cases = { { kidn = 1 } } } end)
      """)
    #expect(
      lines == [
        "✔ 给定", "✔ 记录", "✔ 命令",
        "✘ 没有 tests/a.lua:19: 插件“street.x”没有公式“rat”",
        "✘ 字段 tests/a.lua:20: “cases”（事项）没有“kidn”这一项",
      ])
  }

  @Test func `Each test has an interpreter and a budget of its own`() throws {
    #expect(
      try Self.lines(
        """
        gongyue.test "甲" (function(t) leaked = 1 while true do end end)
        gongyue.test "乙" (function(t) t.equal(leaked, nil) end)
        """
      ).map { $0.prefix(26) } == ["✘ 甲 tests/a.lua:2: 运行了 1000", "✔ 乙"].map { $0.prefix(26) })
  }

  @Test func `A file that cannot be read or has no tests is a failure`() throws {
    #expect(try Self.lines("local x =").count == 1)
    #expect(try Self.lines("").first?.hasSuffix("文件里没有测试") == true)
  }
}
