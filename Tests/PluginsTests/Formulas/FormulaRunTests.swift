import Governance
import Lua
import Testing

@testable import Plugins

/// Rows of `formulas.md` from Lua to output.
struct FormulaRunTests {
  private func single(_ body: String, _ more: String = "") -> String {
    "return gongyue.formula { id = 'f', title = '试', \(more) value = function(s) \(body) end }"
  }

  // Row "Numerator/denominator".
  @Test func `A rate counts queries, names their records, and 0 of 0 does not apply`() throws {
    let world = FormulaWorld()
    world.counts["sll-01"] = ["done": 58, "due": 64]
    let source = """
      return { id = "f", title = "解决率", numerator = "按时解决", denominator = "到期",
        rate = function(s) return gongyue.records "done", gongyue.records "due" end }
      """
    let result = try world.assess(source)
    #expect(result.score?.description == "90.63")
    let leaves = result.explanation.leaves
    #expect(leaves.map(\.label.chinese) == ["按时解决", "到期"])
    #expect(leaves.map { $0.records.map(\.count) } == [[58], [64]])
    #expect(leaves[0].records[0].codes == ["sll-01-done-1", "sll-01-done-2", "sll-01-done-3"])
    let none = try world.assess(source, unit: "sll-02")
    #expect(none.score == nil)
    #expect(none.status.note?.chinese == "未评：分母为0，不适用")
  }

  @Test func `A factor other than 100 is declared`() throws {
    let result = try FormulaWorld().assess(
      "return { id = 'f', title = '千人数', per = 1000, rate = function() return 3, 8 end }")
    #expect(result.score?.description == "375.00")
  }

  @Test func `A rate that returns one number is refused`() {
    let problem = #expect(throws: Problem.self) {
      try FormulaWorld().assess("return { id = 'f', title = '率', rate = function() return 3 end }")
    }
    #expect(problem?.message.chinese == "“率”的 rate 要返回分子和分母两个数")
    #expect(problem?.context.map(\.chinese) == ["计算社区sll-01的“率”时"])
  }

  // Row "Numbers": integers and decimals only; NaN, infinity and binary fractions are refused.
  @Test(arguments: [
    ("return 88", "88.00"), ("return 88.0", "88.00"), ("return gongyue.tenth(885)", "88.50"),
    ("return true", "1.00"), ("return gongyue.zero_report()", "0.00"),
  ])
  func `Whole numbers and decimals are scores`(body: String, score: String) throws {
    #expect(try FormulaWorld().assess(single(body)).score?.description == score)
  }

  @Test(arguments: [
    ("return 0/0", "“试”给出的不是一个数"), ("return 1/0", "“试”给出的不是一个数（inf）"),
    ("return -1/0", "“试”给出的不是一个数（-inf）"), ("return 88.5", "“试”给出的88.5是近似的小数，不能计分"),
    ("return '88'", "“试”给出的是 string，不是数"), ("return {}", "“试”给出的是 table，不是数"),
    ("return 2^60", "“试”给出的1.152921504606847e+18是近似的小数，不能计分"),
  ])
  func `What is no exact number is refused as score`(body: String, message: String) {
    let problem = #expect(throws: Problem.self) { try FormulaWorld().assess(single(body)) }
    #expect(problem?.code == .scoreInvalid)
    #expect(problem?.message.chinese.hasPrefix(message) == true)
    #expect(problem?.hint != nil)
  }

  @Test func `A binary fraction is answered with how to write it`() {
    let problem = #expect(throws: Problem.self) { try FormulaWorld().assess(single("return 88.5")) }
    #expect(problem?.hint?.chinese == "请写 gongyue.decimal.of \"88.5\"，或返回分子和分母")
  }

  // Row "Missing data".
  @Test(arguments: [
    ("return gongyue.dropped '街道批准免开'", "", "not_assessed", "街道批准免开"),
    ("return gongyue.unknown '没有上报'", "", "undetermined", "没有上报"),
    ("return gongyue.pending '周五补报'", "", "undetermined", "周五补报"),
    ("return nil", "", "undetermined", "“试”没有给出数值"),
    ("return nil", "missing = 'skip',", "not_assessed", "“试”没有给出数值"),
  ])
  func `A function may say why there is no number`(
    body: String, more: String, status: String, reason: String
  ) throws {
    let result = try FormulaWorld().assess(single(body, more))
    #expect(result.score == nil)
    #expect(result.status.code == status)
    #expect(result.explanation.value.reason?.chinese == reason)
  }

  @Test func `A declared strategy stands for what is missing`() throws {
    let world = FormulaWorld()
    #expect(
      try world.assess(single("return nil", "missing = 'zero',")).score?.description == "0.00")
    #expect(try world.assess(single("return nil", "missing = 60,")).score?.description == "60.00")
  }

  // Row "Brackets" and row "Targets": through the table of Lua.
  @Test(arguments: [
    ("curve = { full = 95, zero = 60 }", "90", "85.71"),
    ("curve = { full = 2, zero = 10 }, direction = 'lower'", "6", "50.00"),
    ("curve = { zero_from = 10, full_from = 20, full_to = 30, zero_to = 50 }", "40", "50.00"),
    ("curve = { points = { {60, 0}, {80, 60}, {100, 100} } }", "90", "80.00"),
    ("curve = { full = 95, zero = 60, partial = false }", "94", "0.00"),
    ("brackets = { steps = { { from = 0, gives = 1 }, { from = 10, gives = 5 } } }", "10", "5.00"),
    (
      "brackets = { edge = 'more_than', steps = { { from = 0, gives = 1 }, { from = 10, gives = 5 } } }",
      "10", "1.00"
    ),
    (
      "brackets = { reading = 'marginal_rate', steps = { { from = 0, gives = 0.1 }, { from = 100, gives = 0.2 } } }",
      "150", "20.00"
    ),
    (
      "brackets = { reading = 'marginal_amount', steps = { { from = 0, gives = 1 }, { from = 10, gives = 5 } } }",
      "12", "6.00"
    ),
  ])
  func `Curves and brackets are declared in the table`(scale: String, value: String, score: String)
    throws
  {
    let result = try FormulaWorld().assess(single("return \(value)", scale + ","))
    #expect(result.score?.description == score)
    #expect(try result.explanation.recomputed() == result.explanation.value)
  }

  // Row "Definition period": a period of another kind is an error.
  @Test func `A period of another kind is refused`() {
    let problem = #expect(throws: Problem.self) {
      try FormulaWorld().assess(single("return 1"), period: "2026-Q1")
    }
    #expect(problem?.code == .periodInvalid)
    #expect(problem?.message.chinese == "“试”按月计算，2026-Q1不是一个月")
  }

  @Test func `A running period is provisional and seen as of today`() throws {
    let world = FormulaWorld()
    #expect(try !world.assess(single("return 1")).isProvisional)
    #expect(world.entries.last?.seen == Day("2026-04-30"))
    #expect(try world.assess(single("return 1"), period: "2026-05").isProvisional)
    #expect(world.entries.last?.seen == Day("2026-05-12"))
  }

  // Row "Formula by date".
  @Test func `Of two versions the one in force on the last day applies`() throws {
    let interpreter = FormulaWorld.interpreter()
    let tables = try interpreter.run(
      """
      local function one() return 1 end
      return { { id = "f", title = "旧", to = "2026-04-01", value = one },
        { id = "f", title = "新", from = "2026-04-01", value = one } }
      """)
    let versions = try (tables.items ?? []).map { try FormulaDeclaration($0) }
    #expect(try versions.version(for: Period.parse("2026-03")).title.chinese == "旧")
    #expect(try versions.version(for: Period.parse("2026-04")).title.chinese == "新")
  }

  // Row "Parameters by date with source": settings through layers, named in the explanation.
  @Test func `Weights differ by type and the explanation names the layer`() throws {
    let world = AssessmentSettings.world()
    try world.run(Self.assessment) { run in
      let period = try Period.parse("2026-04")
      for (unit, total) in [("sll-01", "89.40"), ("sll-03", "90.94")] {
        let result = try run.assess(
          FormulaUnit(UnitID(unit), name: unit), period, given: Self.golden)
        #expect(result.score?.description == total)
        let use = try #require(result.explanation.settings.first)
        #expect(use.key == "assessment.weights")
        #expect(use.layer.chinese == "类型")
        #expect(use.source?.hasSuffix("settings.yaml:3") == true)
        let curve = result.explanation.first(.indicator, "response")?.settings.first
        #expect(curve?.layer.chinese == "声明的默认值")
      }
    }
  }

  @Test func `The golden numbers come out of the Lua formula`() throws {
    let world = AssessmentSettings.world()
    try world.run(Self.assessment) { run in
      let unit = FormulaUnit("sll-01", name: "甲")
      let period = try Period.parse("2026-04")
      let golden = try run.assess(unit, period, given: Self.golden)
      #expect(golden.blockScore("closed_loop")?.shown == "89.76")
      let without: LuaValue = [
        "organisation": 100, "deliberation": 90, "visits": 88, "publicity": 100,
        "environment": 76, "satisfaction": 91,
        "closed_loop": ["response": [1, 1], "solution": [9, 10], "satisfaction": [0, 0]],
        "deductions": ["red": 2], "bonus": 7, "vetoes": ["false_record": true],
      ]
      let other = try run.assess(unit, period, given: without)
      #expect(other.blockScore("closed_loop")?.shown == "92.31")
      // 89.91 − 2 + 5
      #expect(other.score?.description == "92.91")
      #expect(other.band?.id == "pass")
    }
  }

  @Test func `Given inputs are checked for what the formula knows`() throws {
    let problems = #expect(throws: Problems.self) {
      try AssessmentSettings.world().run(Self.assessment) { run in
        try run.assess(
          FormulaUnit("sll-01", name: "甲"), Period.parse("2026-04"),
          given: ["closed_lop": 80, "closed_loop": ["respons": [1, 2]]])
      }
    }
    #expect(
      problems?.all.map(\.message.chinese) == ["closed_lop：没有这一项", "closed_loop.respons：没有这一项"])
  }

  // Row "Score assembly": the year's cap looks at the year's earlier periods.
  @Test func `The year's cap counts the earlier months since the formula began`() throws {
    let source = """
      return { id = "f", title = "试", from = "2026-02-01", bands = {
          { id = "good", title = "良好", at_least = 60 }, { id = "bad", title = "差" } },
        deductions = { { id = "no", title = "未开会", each = 2, most_in_year = 6,
          count = function(s) return gongyue.records "none" end } },
        value = function() return 90 end }
      """
    let world = FormulaWorld()
    world.counts["sll-01"] = ["none": 1, "none@2026-01": 9]
    #expect(try world.assess(source, period: "2026-02").score?.description == "88.00")
    #expect(try world.assess(source, period: "2026-04").score?.description == "88.00")
    let fifth = try world.assess(source, period: "2026-05", today: "2026-12-31")
    #expect(fifth.score?.description == "90.00")
    let leaves = try #require(fifth.explanation.first(.deduction)).leaves
    #expect(leaves.map { $0.period?.description } == ["2026-05", "2026-02", "2026-03", "2026-04"])
    #expect(world.entries.last?.period.description == "2026-05")
  }

  // Row "Ranking" and row "What-if".
  @Test func `Units are run one by one and ranked`() throws {
    let world = FormulaWorld()
    for (unit, done) in [("sll-01", 80), ("sll-02", 90)] {
      world.counts[UnitID(unit)] = ["done": Int64(done), "done@2026-03": 70, "due": 100]
    }
    let source = """
      return { id = "f", title = "试", from = "2026-03-01", ranking = { within = "all" },
        rate = function(s) return gongyue.records "done", gongyue.records "due" end }
      """
    try world.run(source) { run in
      let units = ["sll-01", "sll-02"].map { FormulaUnit(UnitID($0), name: $0) }
      let standings = try run.standings(units, Period.parse("2026-04"))
      #expect(standings.rows.map(\.unit.rawValue) == ["sll-02", "sll-01"])
      #expect(standings.rows.map(\.rank) == [1, 2])
      #expect(standings.rows.map { $0.change?.description } == ["20.00", "10.00"])
      // Of the month before only the points count, so nobody asks for its records.
      #expect(world.unproved == [try Period.parse("2026-03")])
      let march = try run.standings(units, Period.parse("2026-03"))
      #expect(march.rows.map(\.change) == [nil, nil])
    }
  }

  // Row "Calculate-then-aggregate".
  @Test(arguments: [("together", "99"), ("each_then_average", "75"), ("each_then_sum", "150")])
  func `Several units go together the way the formula declares`(way: String, total: String) throws {
    let world = FormulaWorld()
    world.counts = ["sll-01": ["done": 1, "due": 2], "sll-02": ["done": 98, "due": 98]]
    let source = """
      return { id = "f", title = "试", roll_up = "\(way)",
        rate = function(s) return gongyue.records "done", gongyue.records "due" end }
      """
    let units = ["sll-01", "sll-02"].map { FormulaUnit(UnitID($0), name: $0) }
    try world.run(source) { run in
      let tree = try self.total(run, units, "2026-04")
      #expect(tree?.value.number?.shown == total)
      #expect(try tree?.recomputed() == tree?.value)
    }
    let undeclared = try world.run(self.single("return 1")) {
      try self.total($0, units, "2026-04")
    }
    #expect(undeclared == nil)
  }

  // Row "Aggregation in time ≠ in space".
  @Test func `Households of a quarter are the last month's, summed over units`() throws {
    let world = FormulaWorld()
    world.counts = [
      "sll-01": ["homes@2026-01": 100, "homes@2026-02": 110, "homes@2026-03": 120],
      "sll-02": ["homes@2026-01": 210, "homes@2026-02": 220, "homes@2026-03": 230],
    ]
    let source = """
      return { id = "f", title = "户数", aggregate = { time = "last", space = "sum", nature = "stock" },
        value = function(s) return gongyue.records "homes" end }
      """
    let units = ["sll-01", "sll-02"].map { FormulaUnit(UnitID($0), name: $0) }
    try world.run(source) { run in
      let tree = try self.total(run, units, "2026-Q1")
      #expect(tree?.value == .present(350))
      #expect(try tree?.recomputed() == tree?.value)
      let first = try run.assess(units[0], Period.parse("2026-Q1"))
      #expect(first.score?.description == "120.00")
      #expect(first.explanation.leaves.map { $0.records.first?.count } == [100, 110, 120])
      // Of a quarter that runs, the months that have begun.
      let running = try run.assess(units[0], Period.parse("2026-Q2"))
      #expect(running.isProvisional && running.explanation.leaves.count == 2)
    }
  }

  private func total(
    _ run: FormulaRun, _ units: [FormulaUnit], _ period: String
  ) throws -> Explanation? {
    let period = try Period.parse(period)
    let contestants = try units.map {
      Contestant(try run.assess($0, period), name: $0.name, type: nil)
    }
    return try run.total(of: contestants, period)
  }

  // Audit: a plain number from records names them, above and below the line.
  @Test func `Readings go to the number they gave; one that fits neither stands behind both`()
    throws
  {
    let world = FormulaWorld()
    func reading(_ name: String, _ count: Int64) -> Contribution {
      Contribution(query: name, count: count, digest: "d", codes: ["\(name)-1"])
    }
    world.reads = FormulaReads(records: [reading("a", 3), reading("b", 8), reading("c", 5)])
    func leaves(_ body: String) throws -> [[String]] {
      try world.assess("return { id = 'f', title = '率', rate = function() return \(body) end }")
        .explanation.leaves.map { $0.records.map(\.key) }
    }
    #expect(try leaves("3, 8") == [["a", "c"], ["b", "c"]])
    world.counts["sll-01"] = ["own": 3]
    #expect(try leaves("gongyue.records 'own', 8") == [["own"], ["a", "b", "c"]])
  }

  @Test func `What a function looked at on its way is in the explanation`() throws {
    let world = FormulaWorld()
    world.reads = FormulaReads(
      settings: [
        SettingUse(
          key: "k", label: Words("线", "k"), value: Words(verbatim: "3"),
          layer: Words("街道", "street"))
      ],
      records: [
        Contribution(
          query: Words("会议", "session"), key: "session", count: 2, digest: "d2",
          codes: ["S-1", "S-2"])
      ])
    let leaf = try #require(try world.assess(single("return 100")).explanation.leaves.first)
    #expect(leaf.records.map(\.query.chinese) == ["会议"])
    #expect(leaf.settings.map(\.key) == ["k"])
  }

  // Row "Determinism" and "Vectorised evaluation": scalar per unit, the same every time.
  @Test func `The same run twice gives the same bytes`() throws {
    let world = AssessmentSettings.world()
    func bytes() throws -> String {
      try world.run(Self.assessment) { run in
        try run.assess(
          FormulaUnit("sll-01", name: "甲"), Period.parse("2026-04"), given: Self.golden
        ).json().compact
      }
    }
    #expect(try bytes() == bytes())
  }

  @Test func `A script's failure is handed to the host`() {
    let error = #expect(throws: LuaError.self) {
      try FormulaWorld().assess(self.single("error 'no'"))
    }
    #expect(error?.place.chunk == "init.lua")
  }

  /// Blocks (100, 90, C, 88, 100, 76, 91) with the rates of `domain.md` §8.
  private static let golden: LuaValue = [
    "organisation": 100, "deliberation": 90, "visits": 88, "publicity": 100, "environment": 76,
    "satisfaction": 91,
    "closed_loop": ["response": [63, 64], "solution": [58, 64], "satisfaction": [41, 46]],
  ]

  private static let assessment = """
    local function none() return 0 end
    local function block(id)
      return { id = id, title = id, indicators = {
        { id = "all", title = "全部", weight = 100, value = none } } }
    end
    local function rate(id, weight)
      return { id = id, title = id, weight = weight, curve = "assessment.curve",
        rate = function() return 0, 0 end }
    end
    return gongyue.formula {
      id = "community-assessment", title = "社区考核", period = "month", from = "2026-03-01",
      weights = "assessment.weights", bands = "assessment.bands",
      blocks = { block "organisation", block "deliberation",
        { id = "closed_loop", title = "闭环办理", letter = "C", indicators = {
          rate("response", 30), rate("solution", 35), rate("satisfaction", 35) } },
        block "visits", block "publicity", block "environment", block "satisfaction" },
      deductions = { { id = "red", title = "红牌", each = "assessment.red", most = 10, count = none } },
      bonus = { title = "加分", most = 5, points = none },
      vetoes = { { id = "false_record", title = "弄虚作假", at_most = "pass", when = none } },
      quota = { band = "excellent", most = 2, ties = { "closed_loop", "deliberation" } },
      ranking = { within = "type" },
    }
    """
}
