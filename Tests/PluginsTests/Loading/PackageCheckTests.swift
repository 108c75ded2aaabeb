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
        "broken.lua:2: Lua 语法错误：unexpected symbol near 'return' | "
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
    (#"local one = gongyue.cases:first() print(one.code, place == 1)"#, []),
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
      "init.lua:2: 命令里没有“rnu”这一项 | 是不是想写“run”？"
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
      "init.lua": "assert(shared == nil and string.format and table.insert)\nreturn {}"
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
    (["perod=2026-04"], ["命令“show”没有参数“perod” | 是不是想写“period”？", "缺少参数“period”（月份） | period=…"]),
    (
      ["period=2026-13"],
      [
        "没有“2026-13”这个期间：一年只有1月至12月 | 可写：日 2026-05-12，周 2026-W20，旬 2026-05-X2，月 2026-05，季度 2026-Q2，半年 2026-H1，年 2026，起止日 2026-04-01/2026-04-20"
      ]
    ),
    (["period=2026-04", "most=many"], ["参数“most”不能是“many” | 类型：integer"]),
  ])
  func `Wrong arguments are refused together`(typed: [String], expected: [String]) throws {
    let run = try Self.run()
    // A period that does not exist is also missing.
    let problems = found {
      _ = try run.run(run.command("show"), typed.compactMap { Assignment($0) })
    }
    #expect(problems.prefix(expected.count) == expected[...])
  }

  @Test func `An unknown command is answered with the nearest`() throws {
    #expect(
      found { _ = try Self.run().command("shwo") } == ["插件“street.x”没有命令“shwo” | 是不是想写“show”？"])
  }
}
