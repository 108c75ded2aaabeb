import Governance
import Lua
import Testing

@testable import Plugins

/// What `eval` and `run` show of what a script gives back.
@Suite struct PrintedValuesTests {
  private static func world() -> SmallWorld {
    let world = SmallWorld()
    world.add("building", ["name": .text("三号楼")])
    world.add("building", ["name": .text("四号楼")])
    for (building, state) in [(1, "accepted"), (1, "resolved"), (2, "accepted")]
      as [(Int64, String)]
    {
      world.add(
        "case",
        [
          "building": .integer(building), "state": .text(state), "danger": .boolean(true),
          "reported": .instant(Instant("2026-04-03 09:30")!),
        ])
    }
    return world
  }

  private static func result(_ source: String) throws -> ScriptResult {
    let running = Running(world())
    return try ScriptResult(
      running.interpreter.values(of: source), in: running.context, output: nil)
  }

  static let plain: [(source: String, shown: String, data: String)] = [
    (
      "return 9007199254740993, 0.5, '三'", "9007199254740993\n0.5\n三\n",
      #"{"values":[9007199254740993,0.5,"三"]}"#
    ),
    ("return nil", "", "null"),
    ("return 1, nil", "1\nnil\n", #"{"values":[1,null]}"#),
    ("return gongyue.decimal.of('-0.10')", "-0.10\n", #""-0.10""#),
    (
      "return { 1, 2, 3, total = 6 }", "{ 1, 2, 3, total = 6 }\n",
      #"{"1":1,"2":2,"3":3,"total":6}"#
    ),
    (
      #"return { ["end"] = 'a"b', ["列"] = {}, on = true }"#,
      #"{ ["end"] = "a\"b", on = true, ["列"] = {} }"# + "\n", #"{"end":"a\"b","on":true,"列":[]}"#
    ),
    ("return function() end", "function\n", #"{"type":"function"}"#),
    (
      "return { print, gongyue.missing }", "{ function, gongyue.missing }\n",
      #"[{"type":"function"},null]"#
    ),
    ("return 1/0", "inf\n", #""inf""#),
  ]

  @Test(arguments: plain)
  func `Every value is shown, a table as Lua writes it`(
    source: String, shown: String, data: String
  ) throws {
    let result = try Self.result(source)
    #expect(result.report.text(in: .chinese) == shown)
    #expect(result.data.canonical == data)
  }

  @Test func `A query is shown as a table of its records, as people write values`() throws {
    let result = try Self.result("return gongyue.cases")
    let rows = result.report.csv(in: .chinese).split(separator: "\r\n").map(String.init)
    #expect(rows.count == 4)
    #expect(rows[0] == "编号,单位,危险,楼栋,状态,报告时间")
    #expect(rows[1] == "sll-01-1,sll-01,是,sll-01-1 三号楼,已受理,2026-04-03 09:30")
    #expect(result.data.elements?.count == 3)
    #expect(result.data.elements?.first?["reported"] == .integer(1_775_179_800_000))
  }

  @Test func `A record is shown with times, choices and references written out`() throws {
    let text = try Self.result("return gongyue.cases:first()").report.csv(in: .chinese)
    #expect(text.contains("报告时间,2026-04-03 09:30\r\n"), "\(text)")
    #expect(text.contains("楼栋,sll-01-1 三号楼\r\n"), "\(text)")
    #expect(text.contains("危险,是\r\n"), "\(text)")
  }

  @Test func `The rows of a grouping are shown with the code and name of what they refer to`()
    throws
  {
    let result = try Self.result("return gongyue.cases:group('building'):count()")
    #expect(
      result.report.csv(in: .chinese)
        == "楼栋,条数\r\nsll-01-1 三号楼,2\r\nsll-01-2 四号楼,1\r\n")
    #expect(result.data.canonical == #"[{"building":1,"count":2},{"building":2,"count":1}]"#)
    let alike = try Self.result("return { { building = 1, count = 2 } }")
    #expect(alike.report.text(in: .chinese) == "{ { building = 1, count = 2 } }\n")
  }
}
