import Foundation
import Governance
import Lua
import Testing

@testable import Plugins

struct ModulesTests {
  static func world() throws -> SmallWorld {
    let world = SmallWorld()
    let text = try String(
      contentsOfFile: SettingFilesTests.shipped("plugins/law/calendar.yaml"), encoding: .utf8)
    world.calendar = try CalendarFile.read(text)
    world.settings = [
      "notice.workdays": .integer(7), "assessment.weights": .map(["a": .integer(40)]),
    ]
    return world
  }

  @Test(arguments: [
    (#"gongyue.calendar.add_workdays("2026-04-30", 5)"#, "2026-05-11"),
    (#"gongyue.calendar.add_workdays("2026-05-11", -5)"#, "2026-04-30"),
    (#"gongyue.calendar.workdays_between("2026-04-30", "2026-05-11")"#, "5"),
    (
      #"gongyue.calendar.is_workday "2026-05-01", gongyue.calendar.holiday "2026-05-01""#,
      "false\t劳动节"
    ),
    (#"gongyue.words { zh = "合计", en = "total" }"#, "合计"),
    (#"gongyue.words "合计""#, "合计"),
    (#"gongyue.calendar.deadline("2026-04-30", 5).label"#, "自2026年4月30日起5个工作日（当日不计入），至2026年5月11日"),
    (#"gongyue.calendar.deadline("2026-04-30", 5, { unit = "days" }).due"#, "2026-05-06"),
    (#"gongyue.calendar.workday(-1, "2026-04")"#, "2026-04-30"),
    (#"#gongyue.calendar.workdays "2026-04""#, "21"),
    (
      #"gongyue.calendar.add_days("2026-02-28", 1), gongyue.calendar.days_between("2026-01-01", "2026-02-01")"#,
      "2026-03-01\t31"
    ),
    (
      #"gongyue.calendar.add_months("2026-01-31", 1), gongyue.calendar.weekday "2026-05-12""#,
      "2026-02-28\t2"
    ),
    (#"gongyue.calendar.day(gongyue.calendar.instant "2026-05-12 23:59")"#, "2026-05-12"),
    (#"gongyue.calendar.time(gongyue.calendar.instant "2026-05-12")"#, "2026-05-12 00:00"),
    (#"gongyue.calendar.period(gongyue.today, "month"):previous().label"#, "2026年4月"),
    (
      #"gongyue.calendar.period("2026-04").from .. "/" .. gongyue.calendar.period("2026-04").to"#,
      "2026-04-01/2026-04-30"
    ),
    (#""月报 " .. gongyue.calendar.period "2026-04""#, "月报 2026-04"),
    (
      #"gongyue.calendar.period "2026-04" == gongyue.calendar.period("2026-04-09", "month")"#,
      "true"
    ),
    (#"gongyue.calendar.period "2026-03" < gongyue.calendar.period "2026-04""#, "true"),
    (#"gongyue.calendar.period("2026-Q2"):parts("month")[3].text"#, "2026-06"),
    (
      #"#gongyue.calendar.period("2026-04"):trailing(3), gongyue.calendar.period("2026-04"):year_to_date().text"#,
      "3\t2026-01-01/2026-04-30"
    ),
    (
      #"gongyue.calendar.period("2026-04"):last_year().text, gongyue.calendar.period("2026-04"):offset(-4).text"#,
      "2025-04\t2025-12"
    ),
    (#"gongyue.calendar.period("2026-04"):contains "2026-04-30""#, "true"),
    (
      #"gongyue.setting "notice.workdays", gongyue.setting("assessment.weights").a, gongyue.setting "x""#,
      "7\t40\tnil"
    ),
    (#"gongyue.why "notice.workdays""#, "why notice.workdays"),
    (#"gongyue.text.len "十字街", gongyue.text.width "十字街a""#, "3\t7"),
    (
      #"gongyue.text.pad("十字街", 8) .. "|" .. gongyue.text.pad("7", 3, "right") .. "|""#,
      "十字街  |  7|"
    ),
    (
      #"gongyue.text.sub("十字街社区", 2, 3), gongyue.text.sub("十字街社区", -2), gongyue.text.sub("x", 5)"#,
      "字街\t社区\t"
    ),
    (#"gongyue.text.find("十字街社区", "社区"), gongyue.text.find("十字街", "路")"#, "4\tnil"),
    (#"#gongyue.text.split("甲、乙、", "、"), gongyue.text.trim "  甲 ""#, "3\t甲"),
    (#"gongyue.text.truncate("十字街社区", 6)"#, "十字…"),
    (#"gongyue.decimal.of "0.1" + gongyue.decimal.of "0.2""#, "0.3"),
    (#"gongyue.decimal.div(2, 3, 2), gongyue.decimal.div(1, 8, 2, "half_even")"#, "0.67\t0.12"),
    (
      #"gongyue.decimal.round(gongyue.decimal.of "2.345", 2), gongyue.decimal.compare(1, gongyue.decimal.of "1.0")"#,
      "2.35\t0"
    ),
    (#"gongyue.stats.sum { 1, 2, gongyue.decimal.of "0.5" }, gongyue.stats.sum {}"#, "3.5\t0"),
    (
      #"gongyue.stats.mean({ 1, 2 }, 1), gongyue.stats.median { 3, 1, 2 }, gongyue.stats.median { 1, 2 }, gongyue.stats.mean {}"#,
      "1.5\t2.00\t1.50\tnil"
    ),
    (#"gongyue.stats.rate(59, 64), gongyue.stats.rate(1, 0)"#, "92.19\tnil"),
    (
      #"table.concat((function() local t = {} for i, v in ipairs(gongyue.stats.shares({ 1, 1, 1 }, 1)) do t[i] = tostring(v) end return t end)(), " ")"#,
      "33.4 33.3 33.3"
    ),
    (
      #"gongyue.json.encode { b = 1, a = { true, "甲" }, c = gongyue.decimal.of "1.50" }"#,
      #"{"a":[true,"甲"],"b":1,"c":"1.50"}"#
    ),
    (#"gongyue.json.decode('{"a": [1, null, 2.5]}').a[3]"#, "2.5"),
    (#"gongyue.assess("community-assessment", "2026-04").period"#, "2026-04"),
    (#"gongyue.dropped "免开""#, "免开"),
    (#"gongyue.today"#, "2026-05-12"),
  ])
  func `Modules give what they say`(expression: String, expected: String) throws {
    #expect(try Running(Self.world()).prints("print(\(expression))") == [expected])
  }

  @Test(arguments: [
    (#"gongyue.calendar.add_workdays("2026-02-30", 5)"#, "“2026-02-30”不是一个日期"),
    (#"gongyue.calendar.add_workdays("2026-04-30", 1e9)"#, "一次最多推算10000天，这里是1000000000"),
    (#"gongyue.calendar.add_days("9999-12-31", 1)"#, "推算后超出了1年至9999年"),
    (#"gongyue.calendar.period("2026-04"):trailing(100000)"#, "期数太多"),
    (#"print(gongyue.calendar.period("2026-04").form)"#, "期间没有“form”"),
    (#"gongyue.decimal.of "1,5""#, "“1,5” 不是可以精确计算的数"),
    (#"gongyue.decimal.div(1, 0, 2)"#, "不能除以零"),
    (#"gongyue.stats.sum { 0/0 }"#, "nan 不是可以精确计算的数"),
    (#"gongyue.json.encode(print)"#, "函数不能写成 JSON"),
    (#"gongyue.text.pad("x", 1e9)"#, "列数太大"),
    (#"gongyue.report.new("x"):table({ "a" }, { { 1, 2 } })"#, "表格第 1 行有 2 格，而表头只有 1 列"),
  ])
  func `Wrong arguments are named`(source: String, message: String) throws {
    #expect(try Running(Self.world()).refusal(source)?.message.chinese == message)
  }

  @Test func `A report is put together block by block`() throws {
    let running = Running(try Self.world())
    let value = try running.interpreter.run(
      """
      local report = gongyue.report.new "四账汇总"
      report:heading "居民"
      report:table({ { title = "社区" }, { title = "期末", align = "right" } }, { { "十字街", 12 }, { "红卫村" } })
      report:paragraph "以上。"
      report:bars({ { title = "甲", value = 3 } }, "图")
      return report
      """)
    let report = try ScriptResult([value], in: running.context, output: nil).report
    #expect(report.title?.chinese == "四账汇总")
    #expect(report.blocks.count == 4)
    #expect(report.rendered(as: .text, in: .chinese).contains("十字街"))
  }

  /// A text that counts how often one of its bytes is looked at.
  private struct Counted: RandomAccessCollection {
    final class Looks { var count = 0 }
    let bytes: [UInt8]
    let looks = Looks()
    var startIndex: Int { 0 }
    var endIndex: Int { bytes.count }
    subscript(index: Int) -> UInt8 {
      looks.count += 1
      return bytes[index]
    }
  }

  @Test func `Searching is linear whatever the text`() {
    for (text, needle) in [
      (String(repeating: "a", count: 10_000), String(repeating: "a", count: 1_000) + "b"),
      (String(repeating: "ab", count: 5_000), String(repeating: "ab", count: 500) + "b"),
    ] {
      let counted = Counted(bytes: Array(text.utf8))
      #expect(ByteSearch(needle).first(in: counted, from: 0) == nil)
      #expect((10_000...40_000).contains(counted.looks.count))
    }
  }

  @Test func `The log gets its lines`() throws {
    let running = Running(try Self.world())
    _ = try running.prints(#"gongyue.log "开始""#)
    #expect(running.world.lines == ["开始"])
  }
}

struct ReferenceTests {
  let reference = ScriptReference()

  @Test func `Help knows functions, methods and kinds, and guesses`() {
    let help = reference.help("calendar.add_workdays")
    #expect(help.hasPrefix("gongyue.calendar.add_workdays(day, count, counting_first?) → string\n"))
    #expect(reference.help("where").hasPrefix("query:where(conditions)"))
    #expect(reference.help("cases").contains("kind  事项类别"))
    #expect(
      reference.help("calendar.add_workday")
        == "没有“calendar.add_workday”；是不是想写“calendar.add_workdays”？")
  }

  @Test func `Every function has words in both languages`() {
    let api = ScriptAPI(.documentation())
    let module = api.module()
    let all = module.functions + module.modules.flatMap(\.functions) + api.types.flatMap(\.methods)
    for function in all {
      #expect(
        !function.summary.chinese.isEmpty && !function.summary.english.isEmpty, "\(function.name)")
    }
    #expect(all.count > 80)
  }

  @Test func `Stubs are Lua and name every collection`() throws {
    try Interpreter().check(reference.luals, name: "gongyue.lua")
    for kind in BuiltInKinds.all {
      #expect(reference.luals.contains("gongyue.\(kind.collection) = nil"))
    }
    #expect(reference.markdown.contains("### `gongyue.text.find(text, needle) → integer?`"))
  }

  @Test func `No kind hides a part of the API, and one that would is refused`() {
    #expect(ScriptAPI.problems(withKinds: BuiltInKinds.all).isEmpty)
    let bad = ["calendar", "report", "end", "any", "my-kind", "today"].map {
      Kind("x", collection: $0, "甲", "x", code: nil, fields: [])
    }
    #expect(ScriptAPI.problems(withKinds: bad).count == bad.count)
  }
}
