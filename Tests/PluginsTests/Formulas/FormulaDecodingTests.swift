import Governance
import Lua
import Testing

@testable import Plugins

/// What is wrong with a formula is reported at once, with the path inside its table.
struct FormulaDecodingTests {
  @Test func `Every fault is named with its path, place and what would do`() throws {
    let problems = try FormulaWorld.problems(
      """
      return gongyue.formula {
        id = "f", titel = "考核", period = "moon", from = "2026-13-01",
        blocks = {
          { id = "a", title = "甲", weight = 50, indicators = {
            { id = "x", title = "X", weight = "30", rate = function() end },
            { id = "y", title = "Y", weight = 70, rate = 3 },
          } },
          { id = "b", title = "乙", weight = 45, needs = { "zz" }, indicators = {
            { id = "z", title = "Z", weight = 100, curve = { full = 60, zero = 95 },
              value = function() return 1 end },
          } },
        },
        deductions = { { id = "d", title = "丁", each = -1 } },
        vetoes = { { id = "v", title = "否", at_most = "pass", when = function() end } },
      }
      """)
    #expect(
      problems.map(\.message.chinese) == [
        "titel：没有这一项", "title：没有写，这一项必填",
        "period：应为day / week / ten_days / month / quarter / half_year / year，实际是 “moon”",
        "from：应为日期，如 2026-03-01，实际是 “2026-13-01”",
        "blocks[1].indicators[1].weight：应为数，实际是 “30”",
        "blocks[1].indicators[2].rate：应为函数，实际是 3",
        "blocks[2].indicators[1].curve：满分线 60 必须高于零分线 95",
        "blocks[2].needs：没有叫“zz”的指标", "blocks：权重合计为95，必须是100（少5）",
        "deductions[1].each：应为不小于0的数或设置的键，实际是 -1",
        "deductions[1].count：没有写，这一项必填", "vetoes[1].at_most：公式没有可用的 bands",
      ])
    #expect(problems.allSatisfy { $0.code == .formulaInvalid })
    #expect(problems.allSatisfy { $0.place == Place(file: "init.lua", line: 3) })
    #expect(problems[0].hint?.chinese == "是不是想写 title？")
  }

  @Test func `Indicator weights that total 95 are refused with their block's path`() throws {
    let problems = try FormulaWorld.problems(
      """
      local function one() return 1 end
      return { id = "f", title = "考核", blocks = { { id = "a", title = "甲", weight = 100, indicators = {
        { id = "x", title = "X", weight = 30, value = one },
        { id = "y", title = "Y", weight = 65, value = one } } } } }
      """)
    #expect(problems.map(\.message.chinese) == ["blocks[1].indicators：权重合计为95，必须是100（少5）"])
  }

  @Test(arguments: [
    (
      "bands = { { id = 'a', title = 'A', at_least = 90 }, { id = 'b', title = 'B', at_most = 89.99 } }",
      "bands：“B”与“A”之间有空档：89.99到90分"
    ),
    (
      "bands = { { id = 'a', title = 'A', at_least = 90, more_than = 90 }, { id = 'b', title = 'B' } }",
      "bands[1]：at_least 与 more_than 只能写一个"
    ),
    ("rounding = { places = 12 }", "rounding.places：最多9位"),
    ("rounding = { mode = 'up' }", "rounding.mode：应为half_away / half_even，实际是 “up”"),
    ("to = '2026-01-01', from = '2026-02-01'", "to：要晚于 from"),
    ("missing = 'none'", "missing：应为\"unknown\"、\"skip\"、\"zero\" 或一个数，实际是 “none”"),
    ("when_empty = 101", "when_empty：应为\"reweight\"、\"full_mark\" 或0到100的分数，实际是 101"),
    ("per = 0", "per：要大于0"),
    (
      "aggregate = { time = 'sum', space = 'sum', nature = 'stock' }",
      "aggregate.time：“户数”是存量，不能按时间累加"
    ),
    (
      "aggregate = { time = 'sum', space = 'sum' }", "aggregate.nature：按时间累加时要写明，存量不能累加"
    ),
    ("aggregate = { time = 'last' }", "aggregate.space：没有写，时间与空间都要说明"),
    ("curve = { points = { {60, 0}, {50, 100} } }", "curve：折线至少两个点，且横坐标从小到大"),
    (
      "brackets = { steps = { { from = 0, to = 9, gives = 1 }, { from = 10, gives = 2 } } }",
      "brackets：分段有空档：一段到9为止，下一段从10开始"
    ),
    (
      "curve = { full = 95, zero = 60 }, brackets = { steps = { { from = 0, gives = 1 } } }",
      "：curve 与 brackets 只能写一个"
    ),
    ("quota = { band = 'x', most = 2 }", "quota.band：公式没有可用的 bands"),
    ("weight = 3", "weight：只有一个数的公式没有权重"),
    ("subject = 4", "subject：应为文字，实际是 4"),
  ])
  func `A wrong entry is refused in plain words`(entry: String, message: String) throws {
    let problems = try FormulaWorld.problems(
      "return { id = 'f', title = '户数', value = function() return 1 end, \(entry) }")
    #expect(
      problems.map(\.message.chinese) == [
        message.hasPrefix("：") ? String(message.dropFirst()) : message
      ])
  }

  @Test func `A formula needs blocks or one function`() throws {
    let problems = try FormulaWorld.problems("return { id = 'f', title = '户数' }")
    #expect(problems.map(\.message.chinese) == ["blocks：要写 blocks，或者写一个 rate 或 value 函数"])
    #expect(try FormulaWorld.problems("return 3").map(\.message.chinese) == ["应为表，实际是 number"])
  }

  @Test func `The settings a formula reads are known before it runs`() throws {
    let table = try FormulaWorld.interpreter().run(
      """
      local function one() return 1 end
      return { id = "f", title = "考核", weights = "w", bands = "b",
        blocks = { { id = "a", title = "甲", indicators = {
          { id = "x", title = "X", weight = 100, curve = "c", value = one } } } },
        deductions = { { id = "d", title = "丁", each = "e", most = 3, count = one } },
        bonus = { most = "m", points = one } }
      """)
    #expect(try FormulaDeclaration(table).settingKeys == ["w", "b", "c", "e", "m"])
  }
}
