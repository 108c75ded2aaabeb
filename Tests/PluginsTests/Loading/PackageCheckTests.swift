import Governance
import Lua
import Testing

@testable import Plugins

struct PackageCheckTests {
  static let head =
    "id: x\ntitle: 甲\nversion: 1.0.0\napi: 1\nlayer: street\nreads:\n  cases: [kind]\n"

  static func package(_ files: [String: String], manifest: String = head) throws -> Package {
    var texts = ["plugin.yaml": manifest, "init.lua": "return {}"]
    texts.merge(files) { $1 }
    return try Package(PackageFiles(folder: "plugins/street/x", texts: texts), owner: .street)
  }

  static func lines(_ problems: [Problem]) -> [String] {
    problems.map { problem in
      let place = problem.place?.description.replacing("plugins/street/x/", with: "") ?? ""
      return place + ": " + problem.message.chinese
        + (problem.hint.map { " | \($0.chinese)" } ?? "")
    }
  }

  @Test func `All that is wrong in the sources is said at once, each with its place`() throws {
    let package = try Self.package([
      "init.lua": """
      local gongyue = require "gongyue"
      -- gongyue.nothing in a comment, "gongyue.nothing" in a text
      local text = "gongyue.nothing"
      local function run()
        gongyue.calender.add_workdays("2026-04-30", 5)
        gongyue.calendar.add_workday("2026-04-30", 5)
        gongyue.setting "notice.workday"
        gongyue.setting("assessment." .. text)
        gongyue.posts:count()
        if gongyue.decimal.of "1.5" == 1.5 then return end
        if gongyue.decimal.compare(1, 2) == 0 then return end
      end
      return { gongyue.command { id = "a", title = "甲", run = run } }
      """,
      "broken.lua": "local x = \nreturn }",
      "tests/a.lua":
        "local gongyue = require 'gongyue'\ngongyue.test 'x' (function(t) gongyue.posts:count() end)",
    ])
    let check = PackageCheck(package, settingKeys: ["notice.workdays"])
    #expect(
      Self.lines(check.problems) == [
        "broken.lua:2: Lua 语法错误：在 'return' 附近，写法不对 | "
          + "看这一行和它前面：引号、括号是否成对，if、for、function 有没有 end",
        "init.lua:5: gongyue 没有“calender” | 是不是想写“gongyue.calendar”？",
        "init.lua:6: gongyue.calendar 没有“add_workday” | 是不是想写“gongyue.calendar.add_workdays”？",
        "init.lua:7: 没有“notice.workday”这项设置 | 是不是想写“notice.workdays”？",
        "init.lua:9: 插件“street.x”没有获准读取 posts | 在 plugins/street/x/plugin.yaml:6 的 reads 里写明 posts: all，再重新启用",
      ])
    #expect(
      Self.lines(check.warnings) == [
        "init.lua:10: 十进制数和数字用 == 比较永远不相等 | 请写 a:eq(b)，或 gongyue.decimal.compare(a, b) == 0"
      ])
  }

  @Test(arguments: [
    (#"s:setting("notice.workday")"#, ["没有“notice.workday”这项设置 | 是不是想写“notice.workdays”？"]),
    (#"s:setting "notice.workdays""#, []),
    (
      #"gongyue.cases:where { kind = "rental_started", place = "x" }:count()"#,
      [
        "插件“street.x”没有获准读取 cases.place | 在 plugins/street/x/plugin.yaml:7 的 reads 里写明 cases: [place]，再重新启用"
      ]
    ),
    (
      "print(gongyue.cases:first().place)",
      [
        "插件“street.x”没有获准读取 cases.place | 在 plugins/street/x/plugin.yaml:7 的 reads 里写明 cases: [place]，再重新启用"
      ]
    ),
    (
      #"gongyue.cases:where({ unit = "x" }):order("knid"):first()"#,
      ["“cases”（事项）没有“knid”这一项 | 是不是想写“kind”？"]
    ),
    (
      #"gongyue.cases:except { kindd = gongyue.any { "a" } }:columns("code", "kind")"#,
      ["“cases”（事项）没有“kindd”这一项 | 是不是想写“kind”？"]
    ),
    // Names that are put together are the run's business.
    (#"gongyue.cases:where { [name] = 1, kind = { place = 1 } }:order("ki" .. "nd"):list()"#, []),
    (#"local one = gongyue.cases:first() print(one.code, s == 1)"#, []),
    (
      "gongyue.questions:create { unit = s, text = name }",
      [
        "插件“street.x”没有获准改写 questions | 在 plugins/street/x/plugin.yaml 的 writes 里写明 questions: all，再重新启用"
      ]
    ),
    (
      "gongyue.cases:create { unit = s }",
      ["插件“street.x”没有获准改写 cases | 在 plugins/street/x/plugin.yaml 的 writes 里写明 cases: all，再重新启用"]
    ),
  ])
  func `Settings and fields named outright are checked`(body: String, expected: [String]) throws {
    let package = try Self.package([
      "init.lua": """
      local gongyue = require "gongyue"
      local function run(s, name)
        \(body)
      end
      return { gongyue.command { id = "a", title = "甲", run = run } }
      """
    ])
    let check = PackageCheck(package, settingKeys: ["notice.workdays"])
    #expect(Self.lines(check.problems) == expected.map { "init.lua:3: \($0)" })
  }

  @Test(arguments: [
    ("return 5", "init.lua: init.lua 要返回一个列表，这里是 5 | return { gongyue.formula { … } }"),
    (
      "return { 7 }",
      "init.lua: init.lua 返回的第 1 项不是定义，而是 7 | 用 gongyue.formula { … } 或 gongyue.command { … }"
    ),
    (
      "local g = require 'gongyue'\nreturn { g.convention { id = 'a' } }",
      "init.lua:2: 这个版本还不能装载公约（gongyue.convention），下一版会支持 | 请先把这一项从 init.lua 返回的列表里去掉"
    ),
    (
      "local g = require 'gongyue'\nreturn { g.command { id = 'a', title = '甲', rnu = 1 } }",
      "init.lua:2: rnu：没有这一项 | 是不是想写 run？"
    ),
    (
      "local g = require 'gongyue'\nlocal c = function() return g.command { id = 'a', title = '甲', run = print } end\nreturn { c(), c() }",
      "init.lua: “a”定义了两次 | 同一公式的不同版本要用 from、to 错开"
    ),
    ("require 'blocks.visit'", "init.lua:1: require 找不到“blocks.visit” | 是不是想写“blocks.visits”？"),
    ("require '../../law/x'", "init.lua:1: require 找不到“../../law/x” | 只能引用插件自己的文件和 gongyue"),
    (
      "local g = require 'gongyue'\nprint(g.cases:count())",
      "init.lua:2: 插件装载时不能读取“事项”记录 | 请把读取写进 rate、value、run 等函数里"
    ),
    ("while true do end", "init.lua:1: 运行了 20000001 条指令，超过上限 20000000 条，已停止"),
    ("error('不行')", "init.lua:1: 不行"),
    ("error({})", "init.lua:1: 脚本报错，给出的是 table，没有写原因 | 请写成 error(\"原因\")"),
  ])
  func `What a package must not be is said in a sentence`(source: String, expected: String) throws {
    let package = try Self.package(["init.lua": source, "blocks/visits.lua": "return {}"])
    let lines = Self.lines(PackageCheck(package).problems)
    #expect(lines.contains(expected), "\(lines)")
  }

  @Test func `A package may build on another of a fitting version`() throws {
    let base = try Self.package([:])
    func check(_ extends: String) throws -> [String] {
      let text = Self.head.replacing("id: x", with: "id: y") + "extends: \(extends)\n"
      let package = try Package(
        PackageFiles(
          folder: "plugins/street/y", texts: ["plugin.yaml": text, "init.lua": "return {}"]),
        owner: .street)
      return PackageCheck(package, others: [base]).problems.map(\.message.chinese)
    }
    #expect(try check("street.x ^1.0.0") == [])
    #expect(try check("street.x ^2.0.0") == ["需要“street.x”的 ^2.0.0 版，现有 1.0.0"])
    #expect(try check("street.z") == ["没有插件“street.z”"])
  }

  @Test func `Nothing of one package reaches another`() throws {
    let spoiler = try Self.package([
      "init.lua": "string.format = nil; table.insert = nil; shared = 1\nreturn {}"
    ])
    let victim = try Self.package([
      "init.lua":
        "assert(rawget(_G, 'shared') == nil and string.format and table.insert)\nreturn {}"
    ])
    _ = PackageCheck(spoiler).problems  // run first, whatever is said of it
    #expect(PackageCheck(victim).problems == [])
  }
}

struct CommandTests {
  static let source = """
    local gongyue = require "gongyue"
    return {
      gongyue.command {
        id = "show", title = "显示",
        arguments = {
          { name = "period", type = "period", title = "月份", required = true },
          { name = "most", type = "integer", default = 5 },
          { name = "share", type = "decimal" },
        },
        run = function(a) print(a.period.label, a.most, a.share) return a.period.label end,
      },
    }
    """

  static func run() throws -> PackageRun {
    let package = try PackageCheckTests.package(["init.lua": source])
    let context = ScriptContext(
      world: SmallWorld(),
      capabilities: Capabilities(actor: .office, purpose: .command, manifest: package.manifest))
    return try PackageRun(package, context: context)
  }

  @Test func `A command gets its arguments by type`() throws {
    let run = try Self.run()
    let command = try run.command("show")
    let result = try run.run(
      command,
      [Assignment(name: "period", value: "2026-04"), Assignment(name: "share", value: "1.50")])
    #expect(result.data == "2026年4月")
  }

  @Test(arguments: [
    ["period=2026年4月", "most=1,0００", "share=1.50"], ["period=2026-4", "most=0.1万", "share=１.5"],
    ["period=4月", "most=1千", "share=1.5"],
  ])
  func `A command's arguments are read as people write them`(typed: [String]) throws {
    let command = try Self.run().command("show")
    let read = try command.read(typed.compactMap { Assignment($0) }, on: Day("2026-05-12"))
    #expect(read["most"] == .integer(1000))
    #expect(read["share"].rational == Decimal("1.5").map { Rational($0) })
    #expect(read["period"].isNil == false)
  }

  @Test(arguments: [
    (["perod=2026-04"], ["命令“show”没有参数“perod” | 是不是想写“period”？", "缺少参数“period”（月份） | period=…"]),
    (
      ["period=2026-13"],
      [
        "没有“2026-13”这个期间：一年只有1月至12月 | 可写：日 2026-05-12，周 2026-W20，旬 2026-05-X2，月 2026-05，季度 2026-Q2，半年 2026-H1，年 2026，起止日 2026-04-01/2026-04-20；也可写 2026年5月、2026年5月12日"
      ]
    ),
    (["period=2026-04", "most=many"], ["参数“most”应是整数，不能是“many” | 例如 most=7"]),
  ])
  func `Wrong arguments are refused together`(typed: [String], expected: [String]) throws {
    let run = try Self.run()
    // A period that does not exist is also missing.
    let problems = found {
      _ = try run.run(run.command("show"), typed.compactMap { Assignment($0) })
    }
    #expect(problems.prefix(expected.count) == expected[...])
  }

  static let declarations: [(String, [String])] = [
    ("arguments = 'x'", ["arguments：应为列表，实际是 “x”"]),
    ("arguments = { name = 'a' }", ["arguments：应为列表，实际是 table"]),
    ("arguments = { 'a' }", ["arguments[1]：应为表，实际是 string"]),
    (
      "arguments = { { name = 'a', required = 'yes' }, { nmae = 'b' }, { name = 'c', type = 'number' } }",
      [
        "arguments[1].required：应为true 或 false，实际是 “yes”",
        "arguments[2].nmae：没有这一项 | 是不是想写 name？", "arguments[2].name：没有写，这一项必填",
        "arguments[3].type：应为text / integer / decimal / boolean / day / period / unit，实际是 “number”",
      ]
    ),
    ("arguments = { { name = 'a b' } }", ["arguments[1].name：应为没有空格和等号的名称，实际是 “a b”"]),
    ("arguments = { { name = 'a', title = 3 } }", ["arguments[1].title：应为文字，实际是 3"]),
    (
      "arguments = { { name = 'a', type = 'integer', default = 'x' } }",
      ["arguments[1].default：应为整数，实际是 “x”"]
    ),
    (
      "arguments = { { name = 'a', type = 'period', default = '2026-13' } }",
      ["arguments[1].default：应为期间，如 2026-04，实际是 “2026-13”"]
    ),
    ("arguments = { { name = 'a' }, { name = 'a' } }", ["arguments：“a”写了两次"]),
    ("titel = '甲'", ["titel：没有这一项 | 是不是想写 title？"]),
  ]

  @Test(arguments: declarations)
  func `What a command declares is checked to the last argument, all at once`(
    declared: String, expected: [String]
  ) throws {
    let package = try PackageCheckTests.package([
      "init.lua": """
      local g = require "gongyue"
      return { g.command { id = "a", title = "甲", run = print,
        \(declared) } }
      """
    ])
    let lines = PackageCheckTests.lines(PackageCheck(package).problems)
    #expect(lines == expected.map { "init.lua:2: \($0)" })
  }

  @Test func `Everything missing from a command is said at once`() throws {
    let package = try PackageCheckTests.package([
      "init.lua": "return { require 'gongyue'.command { arguments = 3 } }"
    ])
    #expect(
      PackageCheckTests.lines(PackageCheck(package).problems).sorted() == [
        "init.lua:1: arguments：应为列表，实际是 3", "init.lua:1: id：没有写，这一项必填",
        "init.lua:1: run：没有写，这一项必填", "init.lua:1: title：没有写，这一项必填",
      ])
  }

  @Test func `A default is what typing it would have given`() throws {
    let package = try PackageCheckTests.package([
      "init.lua": """
      local g = require "gongyue"
      return { g.command { id = "a", title = "甲", run = function(a)
        return a.p.label .. " " .. a.d .. " " .. tostring(a.n) .. " " .. tostring(a.b)
      end, arguments = {
        { name = "p", type = "period", default = "2026-04" },
        { name = "d", type = "day", default = "2026-04-03" },
        { name = "n", type = "decimal", default = 0.5 },
        { name = "b", type = "boolean", default = false },
      } } }
      """
    ])
    let context = ScriptContext(
      world: SmallWorld(),
      capabilities: Capabilities(actor: .office, purpose: .command, manifest: package.manifest))
    let run = try PackageRun(package, context: context)
    let result = try run.run(run.command("a"), [])
    #expect(result.data == .string("2026年4月 2026-04-03 0.5 false"))
  }

  @Test func `An unknown command is answered with the nearest`() throws {
    #expect(
      found { _ = try Self.run().command("shwo") } == ["插件“street.x”没有命令“shwo” | 是不是想写“show”？"])
  }
}
