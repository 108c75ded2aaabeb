import Governance
import Testing

@testable import Plugins

/// Explanations, properties, edges and coverage: row "Tests" of `formulas.md`, from Lua to outcome.
struct PropertyToolTests {
  /// Two blocks; `brackets` falls at 80, so more is not always more.
  private static let source = """
    local gongyue = require "gongyue"
    local function none() return 0, 0 end
    local function zero() return 0 end
    return {
      gongyue.formula {
        id = "two", title = { zh = "两块", en = "two blocks" }, from = "2026-01-01",
        bands = {
          { id = "good", title = { zh = "良好", en = "good" }, at_least = 80 },
          { id = "pass", title = { zh = "合格", en = "pass" }, more_than = 60 },
          { id = "fail", title = { zh = "不合格", en = "fail" } },
        },
        blocks = {
          { id = "a", title = { zh = "甲块", en = "A" }, weight = 60, indicators = {
            { id = "rate", title = { zh = "甲率", en = "rate A" }, weight = 100,
              curve = { full = 95, zero = 60 }, rate = none } } },
          { id = "b", title = { zh = "乙块", en = "B" }, weight = 40, indicators = {
            { id = "rate", title = { zh = "乙率", en = "rate B" }, weight = 50,
              curve = { full = 10, zero = 50 }, direction = "lower", rate = none },
            { id = "steps", title = { zh = "乙档", en = "steps B" }, weight = 50,
              brackets = { steps = { { from = 0, gives = 40 }, { from = 50, gives = 100 },
                { from = 80, gives = 20 } } }, value = zero } } },
        },
        deductions = { { id = "red", title = { zh = "红牌", en = "red" }, each = 1, count = zero } },
        vetoes = { { id = "lie", title = { zh = "作假", en = "lies" }, at_most = "pass", when = zero } },
      },
      gongyue.formula {
        id = "loose", title = "无界", per = 200, rate = function() return 1, 1 end,
      },
      gongyue.formula {
        id = "first", title = "头一件", value = function(s)
          local first = gongyue.cases:first()
          return first and first.id == 1 and first.kind == "facility_damage" and 1 or 0
        end,
      },
    }
    """

  private static func run(
    _ tests: String, _ source: String = source, language: Language = .chinese
  ) throws -> PackageTests.Results {
    let package = try PackageCheckTests.package(
      [
        "init.lua": source,
        "tests/a.lua":
          "local gongyue = require \"gongyue\"\ngongyue.test \"甲\" (function(t)\n\(tests)\nend)",
      ])
    return PackageTests(package, host: SmallTestHost(), language: language).run()
  }

  /// What the one test of a package failed with; nil when it passed.
  private static func failure(_ tests: String) throws -> Words? {
    try run(tests).outcomes.first?.problem?.message
  }

  private static let given = """
    local inputs = { a = { rate = { 58, 64 } }, b = { rate = { 0, 0 }, steps = 60 },
      deductions = { red = 2 } }
    """

  // MARK: Explanations

  @Test(arguments: [
    "t.explains(r, { '两块 90.50', '甲块 87.50', '甲率 87.50 58/64 = 90.63%', '乙率 不适用', '红牌 -2.00' })",
    "t.explains(r, '乙档 100.00')",
    "t.equal(#t.formula('two'):given(inputs, { depth = 1 }).lines, 4)",
    "t.equal(r.lines[2]:sub(1, 8), '  甲块')",
    "t.explains(t.formula('two'):given(inputs, { lang = 'en' }), { 'two blocks 90.50', 'red -2.00' })",
    "t.explains(t.formula('two'):given(inputs, { depth = 3 }), { '分子 58', '分母 64' })",
  ])
  func `A test looks at the lines of an explanation`(check: String) throws {
    let found = try Self.failure("\(Self.given) local r = t.formula('two'):given(inputs) \(check)")
    #expect(found == nil)
  }

  @Test(arguments: [
    ("t.explains(r, '甲率 88')", "应为 甲率 88，实际是 甲率 87.50 58/64 = 90.63%；权重100，计87.50分；"),
    ("t.explains(r, { '红牌', '甲率' }, '次序')", "次序：应为 甲率，实际是 甲率 87.50 "),
    ("t.formula('two'):given(inputs, { depth = 9 })", "选项“depth”应为1 到 4 的整数，这里是 9"),
    ("t.formula('two'):given(inputs, { lang = 'fr' })", "选项“lang”应为\"zh\"、\"en\"，这里是 “fr”"),
  ])
  func `A line that is not there is told with the one that is`(check: String, words: String) throws
  {
    let found = try Self.failure("\(Self.given) local r = t.formula('two'):given(inputs) \(check)")
    #expect(found?.chinese.hasPrefix(words) == true, "\(found?.chinese ?? "passed")")
  }

  // MARK: Properties

  @Test(arguments: [
    "t.bounded(t.formula 'two')", "t.bounded(t.formula 'two', { seed = 7, count = 300 })",
    "t.bounded(t.formula 'loose', { max = 200 })",
    "t.monotone(t.formula 'two', 'a.rate')",
    "t.monotone(t.formula 'two', 'b.rate', { falls = true })",
    "t.monotone(t.formula 'loose', 'loose')",
    "t.cases({ count = 5 }, function(pick) local n = pick(1, 6); t.equal(n >= 1 and n <= 6, true) end)",
    "t.world { cases = { { kind = 'facility_damage' } } } t.any_order(t.formula 'first')",
  ])
  func `A property that holds passes`(check: String) throws {
    #expect(try Self.failure(check) == nil)
  }

  @Test(arguments: [
    ("t.bounded(t.formula 'loose')", "得分 200 不在 0 到 100 之间；{\"rate\":["),
    ("t.bounded(t.formula 'two', { min = 1 })", "得分 0 不在 1 到 100 之间；{\"a\":{\"rate\":["),
    ("t.monotone(t.formula 'two', 'b.rate')", "b.rate 由 ["),
    ("t.monotone(t.formula 'two', 'steps')", "b.steps 由 "),
    (
      "t.cases({ seed = 3 }, function(pick) t.equal(pick(1, 6) < 6, true) end)",
      "应为 true，实际是 false；pick = 6"
    ),
    (
      "t.world { cases = { { kind = 'facility_damage' }, { kind = 'safety_hazard' } } } "
        + "t.any_order(t.formula 'first')", "“头一件”由 1 变为 0；case 2 1"
    ),
  ])
  func `A property that breaks names the case and its seed, the same every time`(
    check: String, words: String
  ) throws {
    let found = try #require(try Self.failure(check))
    #expect(found.chinese.contains(words), "\(found.chinese)")
    #expect(found.chinese.contains(check.contains("seed = 3") ? "例（seed 3）：" : "例（seed 1）："))
    #expect(found.english.contains(check.contains("seed = 3") ? "(seed 3): " : "(seed 1): "))
    #expect(try Self.failure(check) == found)
  }

  @Test(arguments: [
    ("t.monotone(t.formula 'two', 'rate')", "几个板块都有指标“rate”"),
    ("t.monotone(t.formula 'two', 'stepz')", "没有指标“stepz”"),
    ("t.bounded(t.formula 'two', { sead = 1 })", "没有“sead”这个选项"),
    ("t.bounded(t.formula 'two', { count = 0 })", "选项“count”应为1 到 1000 的整数，这里是 0"),
    ("t.cases({}, function(pick) pick(2, 1) end)", "第1例（seed 1）：最小的数不能大于最大的数；pick = "),
  ])
  func `What a check is asked wrongly is said`(check: String, words: String) throws {
    #expect(try Self.failure(check)?.chinese == words)
  }

  // MARK: Edges and coverage

  @Test func `Every edge of bands and brackets is a test of its own, in both languages`() throws {
    let made = try Self.run("t.equal(1, 1)").outcomes.filter(\.isGenerated)
    #expect(
      made.map(\.name.chinese) == [
        "两块：等次线 80（79.99合格，80良好，80.01良好）", "两块：等次线 60（59.99不合格，60不合格，60.01合格）",
        "两块：等次的两端（100良好，0不合格）", "两块：“乙档”分档 0（-0.01→0 0→40 0.01→40）",
        "两块：“乙档”分档 50（49.99→40 50→100 50.01→100）", "两块：“乙档”分档 80（79.99→100 80→20 80.01→20）",
      ])
    #expect(
      made[1].name.english == "two blocks: edge of bands 60 (59.99 fail, 60 fail, 60.01 pass)")
    #expect(made.allSatisfy { $0.passed && $0.file == "plugins/street/x/init.lua" })
  }

  @Test func `A band that rounding passes over fails at its edge`() throws {
    let narrow = """
      local gongyue = require "gongyue"
      return { gongyue.formula { id = "f", title = "试", rounding = { places = 0 }, bands = {
        { id = "best", title = "优", at_least = 90 },
        { id = "next", title = "良", at_least = gongyue.decimal.of "89.5" },
        { id = "rest", title = "差" } }, value = function() return 1 end } }
      """
    let failed = try Self.run("t.equal(1, 1)", narrow).outcomes.filter { !$0.passed }
    #expect(failed.map(\.name.chinese) == ["试：等次线 89.5（88.5差，89.5良）"])
    #expect(failed.map { $0.problem?.message.chinese } == ["89.5分应为良，实际是优"])
  }

  @Test func `Bands and exceptions that no test came to are told, in the order of the formula`()
    throws
  {
    let results = try Self.run("\(Self.given) t.formula('two'):given(inputs)")
    #expect(
      results.unreached.map(\.parts).map { $0.map(\.chinese) } == [
        ["等次“合格”", "等次“不合格”", "一票否决“作假”", "“甲率”没有分母"], [], [],
      ])
    #expect(results.unreached.map(\.formula) == ["two", "loose", "first"])
    let more = try Self.run(
      """
      \(Self.given) t.formula('two'):given(inputs)
      inputs.vetoes = { lie = true } t.formula('two'):given(inputs)
      inputs.b.steps = 0 inputs.a.rate = { 0, 0 } t.formula('two'):given(inputs)
      t.bounded(t.formula 'loose', { max = 200 })
      """)
    #expect(more.unreached.map(\.formula) == ["loose", "first"])
  }
}
