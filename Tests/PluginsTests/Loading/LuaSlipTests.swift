import Governance
import Lua
import Testing

@testable import Plugins

/// What people write who are new to Lua, told in Chinese with what to write instead.
struct LuaSlipTests {
  private func told(_ source: String) throws -> String {
    let problem = try #require(try Running(ModulesTests.world()).refusal(source))
    let line = problem.place?.line.map { "\($0): " } ?? ""
    return line + problem.message.chinese + (problem.hint.map { " | \($0.chinese)" } ?? "")
  }

  @Test(arguments: [
    (
      "local x = 1\nlocal t = { id = “t”， a = 1 }",
      "2: 第 18 个字是全角字符 「“」，Lua 不认得（这个文件里共 3 处） | 请改成英文的 \""
    ),
    ("print（1）", "1: 第 6 个字是全角字符 「（」，Lua 不认得（这个文件里共 2 处） | 请改成英文的 ("),
    ("local x　= 1", "1: 第 8 个字是全角字符 U+3000，Lua 不认得 | 请改成普通的空格"),
    ("local 数 = 1", "1: 第 7 个字是字符 「数」，Lua 不认得 | 名称只能用英文字母、数字和下划线；文字要放在英文引号里：\"…\""),
    ("local t = { a = 1； b = 2 }", "1: 第 18 个字是全角字符 「；」，Lua 不认得 | 请改成英文的 ;"),
    ("local t = \"abc”", "1: 文字没有收尾的英文引号：第 15 个字是全角的“”” | 请改成英文的 \""),
    ("-- “注释”，\nlocal t = '“文字”' if t != 1 then end", "2: Lua 里没有“!=” | 不等于写 ~="),
    ("local n = 0\nn += 1", "2: Lua 里没有“+=” | 写成 n = n + …"),
    ("local n = 0\nn++", "2: Lua 里没有“++” | 写成 n = n + 1"),
    ("// 注释\nlocal x = 1", "1: Lua 里没有“//” | 注释写 --"),
    ("if a then\nelse if b then\nend", "2: Lua 里没有“else if” | 连写成 elseif（分开写要多一个 end）"),
    (
      "for i = 1, 3 do\n  if i == 2 then continue end\nend",
      "2: Lua 里没有“continue” | 用 if 把后面的包起来，或写 goto 续 … ::续:: 那样的标号（标号用英文）"
    ),
    ("if a = 1 then end", "1: Lua 里没有“=” | 在条件里，等于写 =="),
    ("if a && b then end", "1: Lua 里没有“&&” | “并且”写 and"),
    ("local x = a ? 1 : 2", "1: Lua 里没有“?” | “如果……就……否则……”写 条件 and 甲 or 乙"),
    ("let x = 1", "1: Lua 里没有“let” | 写成 local x = …"),
    ("local t = { a: 1 }", "1: Lua 里没有“a:” | 表里写 a = 值"),
    ("if a then\nprint(1)", "2: Lua 语法错误：到文件末尾，第 1 行的 if 没有收尾，还缺 end"),
    ("local x = = 1", "1: Lua 语法错误：在 '=' 附近，写法不对"),
  ])
  func `What is no Lua is named with its line and what to write`(
    source: String, expected: String
  ) throws {
    #expect(try told(source).hasPrefix(expected))
  }

  @Test(arguments: [
    ("return os.time()", "1: 全局变量“os”没有值（是 nil），不能再取它里面的东西 | 这里没有时钟：今天是 gongyue.today"),
    ("return math.random(6)", "1: 字段“random”没有定义（是 nil），不能当函数调用 | 这里没有随机数"),
    ("return 1 // 0", "1: 不能除以 0 | 先判断除数"),
    ("return null.x", "1: 全局变量“null”没有值（是 nil），不能再取它里面的东西 | “没有值”写 nil"),
    ("return prnt(1)", "1: 全局变量“prnt”没有定义（是 nil），不能当函数调用 | 是不是想写“print”？"),
    (
      "return gongyue.case:count()",
      "1: 字段“case”没有值（是 nil），不能再取它里面的东西 | 如果是 gongyue.case：没有这个名称，是不是想写 gongyue.cases？"
    ),
    ("local t = {} return t[0].x", "1: 列表里的这一项没有值（是 nil），不能再取它里面的东西 | 列表从 1 数起"),
    ("return 1 + nil", "1: 不能拿 nil 计算 | 先看有没有值"),
    ("return '甲' .. {}", "1: 不能拿 table 连接 | 先写成文字"),
    ("return #gongyue.cases", "1: 不能拿 query 求长度：“cases”是 query | 查询的条数写 :count()"),
    ("return 1 < '2'", "1: number 和 string 不能比较大小 | 两边要是同一种"),
    ("return ('x'):rep({})", "1: rep 的第 1 个参数不对：应为 number，实际是 table"),
    (
      "return gongyue.decimal.of '1.5' + 1.5",
      "1: 十进制数不能和不精确的小数 1.5 一起计算或比较，请用整数或十进制数 | 写成 gongyue.decimal.of \"1.5\""
    ),
    ("return gongyue.decimal.of '1.5' < '2'", "1: 十进制数只能和整数、十进制数一起计算或比较，这里是 string | 文字先变成数"),
    ("local x = gongyue.decimal.of '9999999999.99' return x * x", "1: 十进制数放不下：结果太大"),
    (
      "return gongyue.decimal.of '1.5' / 2",
      "1: 十进制数不能用 /、//、% 或 ^：要写明保留几位小数 | 相除写 gongyue.decimal.div(a, b, 2)"
    ),
    ("collectgarbage 'stop'", "1: collectgarbage 在这里只能写 \"count\"，不能写 \"stop\""),
  ])
  func `Lua's own words come in the language asked for, with what to write`(
    source: String, expected: String
  ) throws {
    #expect(try told(source).hasPrefix(expected))
  }

  @Test func `Decimals say in Chinese what a script catches`() throws {
    let lines = try Running(ModulesTests.world()).prints(
      """
      local of = gongyue.decimal.of
      print(select(2, pcall(function() return of "1.5" + 1.5 end)))
      print(select(2, pcall(function() return of "1.5" / 2 end)))
      print(tostring(of "1.5" / gongyue.unknown "缺报"), tostring(of "1.5" + gongyue.unknown "缺报"))
      """)
    #expect(
      lines == [
        "test.lua:2: 十进制数不能和不精确的小数 1.5 一起计算或比较，请用整数或十进制数",
        "test.lua:3: 十进制数不能用 /、//、% 或 ^：要写明保留几位小数", "缺报\t缺报",
      ])
  }

  @Test(arguments: [
    ("rate = in_tme", "4: “in_tme”没有定义，Lua 会当它是 nil | 是不是想写“in_time”？"),
    ("rate = function() return null end", "4: “null”没有定义，Lua 会当它是 nil | “没有值”写 nil"),
    (
      "rate = function() return os.time() end",
      "4: “os”没有定义，Lua 会当它是 nil | 这里没有时钟：今天是 gongyue.today"
    ),
    (
      "rate = function() local a <const>, b = 1, 2 for i, v in ipairs {} do goto done ::done:: end return a, b end",
      nil
    ),
  ])
  func `A name that nobody defines is found without running`(
    entry: String, expected: String?
  ) throws {
    let source = """
      local gongyue = require "gongyue"
      local function in_time(s, ...) return 1, select("#", ...) end
      return { gongyue.formula {
        id = "t", title = "试", \(entry),
      } }
      """
    let package = try PackageCheckTests.package(
      ["init.lua": source], manifest: PackageCheckTests.head)
    let told = PackageCheck(package).problems.map { problem in
      (problem.place?.line.map { "\($0): " } ?? "") + problem.message.chinese
        + (problem.hint.map { " | \($0.chinese)" } ?? "")
    }.filter { $0.contains("没有定义") }
    #expect(told.count == (expected == nil ? 0 : 1))
    if let expected { #expect(told.first?.hasPrefix(expected) == true, "\(told)") }
  }
}
