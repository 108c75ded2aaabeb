import Governance
import Lua
import Testing

@testable import Plugins

/// Tables of options: a name or a value that is wrong never counts as left out.
struct OptionTests {
  private func running() throws -> Running {
    let world = try ModulesTests.world()
    world.add("case", ["kind": .text("facility_damage"), "extended": .integer(3)])
    return Running(world)
  }

  @Test(arguments: [
    (
      #"gongyue.setting("notice.workdays", { unti = "sll-02" })"#,
      "没有“unti”这个选项 | 是不是想写“unit”？"
    ),
    (
      #"gongyue.setting("notice.workdays", "sll-02")"#,
      "这里要一个写明名称的表，得到的是 “sll-02” | 写成 { unit = \"sll-02\" }；可用：unit、on"
    ),
    (
      #"gongyue.setting("notice.workdays", { unit = 2 })"#,
      "选项“unit”应为文字，这里是 2 | 如 unit = \"…\""
    ),
    (
      #"gongyue.why("notice.workdays", { on = "2026-13-01" })"#,
      "选项“on”应为日期，如 \"2026-05-12\"，这里是 “2026-13-01” | 如 on = \"2026-05-12\""
    ),
    (
      #"gongyue.setting("notice.workdays", { "sll-02" })"#,
      "这里要一个写明名称的表，得到的是 table | 写成 { unit = \"…\" }；可用：unit、on"
    ),
    (
      #"gongyue.cases:sum("extended", { mising = "zero" })"#,
      "没有“mising”这个选项 | 是不是想写“missing”？"
    ),
    (
      #"gongyue.cases:sum("extended", { missing = "zreo" })"#,
      "选项“missing”应为\"unknown\"、\"skip\"、\"zero\"，这里是 “zreo” | 是不是想写“zero”？"
    ),
    (
      #"gongyue.cases:sum("extended", { places = 2 })"#, "没有“places”这个选项 | 可用：missing"
    ),
    (
      #"gongyue.cases:avg("extended", { places = "2" })"#,
      "选项“places”应为0 到 9 的整数，这里是 “2” | 如 places = 2"
    ),
    (
      #"gongyue.cases:group("kind"):avg("extended", { place = 1 })"#,
      "没有“place”这个选项 | 是不是想写“places”？"
    ),
    (
      #"gongyue.calendar.deadline("2026-04-30", 5, { unit = "day" })"#,
      "选项“unit”应为\"workdays\"、\"days\"，这里是 “day” | 是不是想写“days”？"
    ),
    (
      #"gongyue.calendar.deadline("2026-04-30", 5, { countingfirst = true })"#,
      "没有“countingfirst”这个选项 | 是不是想写“counting_first”？"
    ),
    (
      #"gongyue.report.new("试"):table({ { title = "数", aling = "right" } }, { { 1 } })"#,
      "没有“aling”这个选项 | 是不是想写“align”？"
    ),
    (
      #"gongyue.report.new("试"):table({ { align = "right" } }, { { 1 } })"#,
      "第 1 项没有写“title”（标题） | 如 title = \"…\""
    ),
    (
      #"gongyue.report.new("试"):bars { { title = "甲", valeu = 1 } }"#,
      "没有“valeu”这个选项 | 是不是想写“value”？"
    ),
    (
      #"gongyue.words { zh = "合计", ne = "total" }"#,
      "两种语言的文字里没有“ne”这一项 | 写成 { zh = \"…\", en = \"…\" }"
    ),
    (
      #"gongyue.cases:where { "accepted", kind = "facility_damage" }"#,
      "where 要一个“字段 = 值”的表，每一项都要写明字段 | 如 :where { state = \"accepted\" }"
    ),
    (
      #"gongyue.any { "a", kind = "b" }"#,
      "any 要一个列表 | 如 gongyue.any { \"accepted\", \"handling\" }"
    ),
    (
      #"gongyue.cases:count { kind = "facility_damage" }"#,
      "count 只有 1 个参数（query），多写的不起作用"
    ),
    (
      #"gongyue.cases.where { kind = "facility_damage" }"#,
      "where 的参数 1（query）应为 query，实际是 table；要用冒号：对象:where(…)"
    ),
  ])
  func `What a script writes into a table of options is known and of its sort`(
    expression: String, expected: String
  ) throws {
    let problem = try #require(try running().refusal("print(\(expression))"))
    let told = problem.message.chinese + (problem.hint.map { " | \($0.chinese)" } ?? "")
    #expect(told == expected)
  }

  @Test func `Options that are right count, and nil is none`() throws {
    let lines = try running().prints(
      """
      print(gongyue.setting("notice.workdays", { unit = "sll-02", on = "2026-05-12" }))
      print(gongyue.setting("notice.workdays", nil))
      print(gongyue.cases:sum("extended", { missing = "zero" }), gongyue.cases:count(nil))
      """)
    #expect(lines == ["7", "7", "3\t1"])
  }

  @Test func `The reference and the editor's stubs list the options of each function`() {
    let reference = ScriptReference()
    #expect(reference.markdown.contains("  - `counting_first` (boolean): 起始日是否计入"))
    #expect(reference.markdown.contains("  - `title` (string / words): 标题（必填）"))
    #expect(
      reference.luals.contains("{ missing?: \"unknown\"|\"skip\"|\"zero\", places?: integer }"))
    #expect(reference.help("setting").contains("    unit  单位的代码或名称"))
    #expect(reference.markdown.contains("（必填）"))
  }

  @Test(arguments: [
    ("local t = { [gongyue.decimal.of '1.5'] = 1 } for k in pairs(t) do end", true),
    ("local t = { [gongyue.decimal.of '1.5'] = 1, a = 2 } next(t)", true),
    ("local t = { [gongyue.decimal.of '1.5'] = 1 } return gongyue.json.encode(t)", true),
    ("local t = { [tostring(gongyue.decimal.of '1.5')] = 1 } print(t['1.5'])", false),
  ])
  func `A decimal as a key is refused as soon as anybody goes through the table`(
    source: String, isRefused: Bool
  ) throws {
    let problem = try running().refusal(source)
    #expect((problem?.message.chinese.contains("十进制数不能做表的键") ?? false) == isRefused)
  }

  @Test(arguments: [
    (#"return gongyue.json.encode(gongyue.json.decode '{"项": {}, "列": []}')"#, #"{"列":[],"项":{}}"#),
    (
      #"return gongyue.json.encode(gongyue.json.decode '[1, null, {"a": {}}]')"#,
      #"[1,null,{"a":{}}]"#
    ),
    (#"return gongyue.json.encode { gongyue.missing, gongyue.missing }"#, "[null,null]"),
    (#"local t = gongyue.json.object() t.a = 1 t.a = nil return gongyue.json.encode(t)"#, "{}"),
    (#"return gongyue.json.encode {}"#, "[]"),
    (
      #"local t = gongyue.json.object() setmetatable(t, { __index = { a = 1 } }) return tostring(t.a)"#,
      "1"
    ),
  ])
  func `What JSON was read is written again as it was`(source: String, expected: String) throws {
    #expect(try running().prints("print((function() \(source) end)())") == [expected])
  }

  @Test func `Messages name what an author made, not what it is inside`() throws {
    func told(_ source: String) throws -> String {
      let problem = try #require(try running().refusal(source))
      return problem.message.chinese + (problem.hint.map { " | \($0.chinese)" } ?? "")
    }
    #expect(
      try told("gongyue.stats.sum { 1, gongyue.missing }")
        == "有一个值缺了，不能计算 | 缺值不是 0：先用 :where { 字段 = gongyue.isnt(gongyue.missing) } 去掉，"
        + "或用 :sum(字段, { missing = \"skip\" }) 写明怎么算")
    #expect(try told("gongyue.json.encode { gongyue.any { 1 } }") == "条件（gongyue.any 等）不能写成 JSON")
    #expect(try told("gongyue.json.encode(print)") == "函数不能写成 JSON")
  }

  @Test func `A row of each says what a record can do and a row cannot`() throws {
    let problem = try #require(
      try running().refusal("for c in gongyue.cases:each() do c:update({ extended = 4 }, '改') end"))
    #expect(problem.message.chinese == "each() 逐行读出的不能用“update”：这一行读过就没有了")
    #expect(problem.hint?.chinese.contains("ipairs(查询:list())") == true)
  }
}
