import Foundation
import Governance
import Testing

@Suite struct UsageTests {
  // scripting.md: wrong usage ends with 64; style.md 2.3: input and exact text.
  static let refusals: [(arguments: [String], words: String)] = [
    (
      ["asess"],
      """
      error[usage]: 没有命令“asess”
        hint: 是不是想用“assess”？

      """
    ),
    (
      ["frobnicate"],
      """
      error[usage]: 没有命令“frobnicate”
        hint: gongyue help 列出所有命令

      """
    ),
    (
      ["plugin"],
      """
      error[usage]: “plugin”后面缺少命令
        hint: 可用：check、test、list、show、enable、disable

      """
    ),
    (
      ["plugin", "chek"],
      """
      error[usage]: 没有命令“plugin chek”
        hint: 是不是想用“check”？

      """
    ),
    (
      ["why", "notice.workdays"],
      """
      error[usage]: 缺少参数 UNIT
        hint: 用法：gongyue why KEY UNIT [--date DATE]

      """
    ),
    (
      ["records", "cases", "--limit", "-3"],
      """
      error[usage]: --limit 不能是“-3”
        hint: 值若以“-”开头，要写成 --limit=-3

      """
    ),
    (
      ["why", "a", "b", "c"],
      """
      error[usage]: 多余的参数“c”
        hint: 用法：gongyue why KEY UNIT [--date DATE]

      """
    ),
    (
      ["why", "a", "b", "--dat", "2026-05-12"],
      """
      error[usage]: 没有选项“--dat”
        hint: 是不是想用“--date”？

      """
    ),
    (
      ["why", "a", "b", "--date"],
      """
      error[usage]: 选项“--date”后面缺少 DATE
        hint: 用法：gongyue why KEY UNIT [--date DATE]

      """
    ),
    (
      ["units", "--format", "jsn"],
      """
      error[usage]: --format 不能是“jsn”
        hint: 是不是想用“json”？

      """
    ),
    (
      ["units", "--lang", "fr"],
      """
      error[usage]: --lang 不能是“fr”
        hint: 可用：zh、en

      """
    ),
    (
      ["units", "--today", "2026-02-29"],
      """
      error[usage]: --today 不是日期：“2026-02-29”
        hint: 写成 2026-05-12 的样子

      """
    ),
    (
      ["eval", "return 1", "--time", "0"],
      """
      error[usage]: --time 不是大于 0 的数：“0”
        hint: 例如 --time 0.5

      """
    ),
    (
      ["eval", "return 1", "--memory", "many"],
      """
      error[usage]: --memory 不是正整数：“many”
        hint: 例如 --memory 3

      """
    ),
    (
      ["set", "a", "7", "--unit", "sll-02", "--street", "--basis", "x"],
      """
      error[usage]: --unit、--type、--street 必须且只能写一个
        hint: gongyue help 加命令名，查看用法

      """
    ),
    (
      ["set", "a", "7", "--street", "--bass", "x"],
      """
      error[usage]: 没有选项“--bass”
        hint: 是不是想用“--basis”？

      """
    ),
    (
      ["set", "a", "-7", "--street", "--basis", "x"],
      """
      error[usage]: 没有选项“-7”
        hint: 负数前面请加“--”

      """
    ),
    (
      ["records", "case", "sll-02-2026-0001", "--retract"],
      """
      error[usage]: 用 --retract 时必须写 --reason
        hint: 补上 --reason

      """
    ),
    (
      ["init", "--scale", "3"],
      """
      error[usage]: 用 --scale 时必须写 --demo
        hint: 补上 --demo

      """
    ),
    (
      ["units", "--json=yes"],
      """
      error[usage]: 选项“--json”不带值
        hint: 去掉“=”和后面的内容

      """
    ),
    (
      ["un\u{1B}[2Jits"],
      """
      error[usage]: 没有命令“un\\u{1B}[2Jits”
        hint: gongyue help 列出所有命令

      """
    ),
  ]

  @Test(arguments: refusals)
  func `A wrong command line says what is wrong and what would do`(
    arguments: [String], words: String
  ) throws {
    let outcome = try Program.run(arguments)
    #expect(outcome.errors == words)
    #expect(outcome.status == 64)
    #expect(outcome.output == "")
  }

  @Test func `Everything wrong is said at once, in English too`() throws {
    let outcome = try Program.run(["--lang", "en", "assess", "x", "--dept=2", "--json=1"])
    #expect(
      outcome.errors == """
        error[usage]: there is no option '--dept'
          hint: did you mean '--depth'?
        error[usage]: option '--json' takes no value
          hint: leave out '=' and what follows
        error[usage]: missing PERIOD
          hint: usage: gongyue assess FORMULA PERIOD [--unit UNIT] [--explain] [--depth N] \
        [--what-if KEY=VALUE]…

        """)
    #expect(outcome.status == 64)
  }

  @Test func `Common options may stand before the command`() throws {
    let before = try Program.run(["--lang", "en", "version", "--json"])
    #expect(before.status == 0)
    #expect(before.output == (try Program.run(["version", "--json", "--lang", "en"]).output))
    let version = try before.data(of: "version")["version"]?.text
    #expect(try Program.run(["version"]).output == "gongyue \(try #require(version))\n")
  }

  @Test func `A full disk is an input-output error`() throws {
    let full = try #require(FileHandle(forWritingAtPath: "/dev/full"))
    let outcome = try Program.run(["version"], standardOutput: full)
    #expect(outcome.status == 74)
    #expect(
      outcome.errors == """
        error[file.unavailable]: 无法写入：磁盘已满
          --> 标准输出
          hint: 检查目录是否存在、是否有写权限、磁盘是否已满

        """)
  }

  @Test func `A reader who leaves early is no error`() throws {
    let pipe = Pipe()
    try pipe.fileHandleForReading.close()
    let outcome = try Program.run(["help"], standardOutput: pipe.fileHandleForWriting)
    #expect(outcome.errors == "")
    #expect(outcome.status == 0)
  }

  @Test(arguments: [
    (
      ["units", "--output", "u.xlsx"],
      "error[usage]: 不能写 .xlsx 文件\n  hint: 电子表格能打开 CSV：--output 文件名.csv\n"
    ),
    (
      ["units", "--format", "csv", "--output", "u.xlsx"],
      "error[usage]: 不能写 .xlsx 文件\n  hint: 电子表格能打开 CSV：--output 文件名.csv\n"
    ),
    (
      ["run", "x.lua", "--output", "r.PDF", "--lang", "en"],
      "error[usage]: a .pdf file cannot be written\n"
        + "  hint: word processors and browsers open HTML and print it: --output NAME.html\n"
    ),
    (
      ["version", "--json", "--format", "csv"],
      "error[usage]: --json 和 --format csv 不能同时用\n  hint: 去掉其中一个\n"
    ),
  ])
  func `Output that would not be what it is called is refused before anything is done`(
    arguments: [String], expected: String
  ) throws {
    let scratch = try Scratch()
    let outcome = try Program.run(arguments, in: scratch.path)
    #expect(outcome.errors == expected)
    #expect(outcome.status == 64 && outcome.output == "")
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == [])
  }

  @Test func `--version says the version, as other programs do`() throws {
    let version = try Program.run(["version"])
    #expect(try Program.run(["--version"]).output == version.output)
    #expect(version.status == 0 && version.output.hasPrefix("gongyue "))
    #expect(try Program.run(["version", "--json", "--format", "json"]).status == 0)
  }

  @Test func `--output writes the whole file or nothing`() throws {
    let scratch = try Scratch()
    let printed = try Program.run(["version", "--json"])
    let written = try Program.run(["version", "--output", "v.json"], in: scratch.path)
    #expect(written.status == 0 && written.output == "")
    #expect(try scratch.text(of: "v.json") == printed.output)
    let nowhere = try Program.run(["version", "--output", "no/where.txt"], in: scratch.path)
    #expect(nowhere.status == 74)
    #expect(nowhere.errors.hasPrefix("error[file.unavailable]: 无法写入：目录不存在\n  --> no/where.txt\n"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["v.json"])
  }
}
