import Governance
import Testing

@Suite struct HelpTests {
  /// Every command of issue 2, with what it takes.
  static let commands: [[String]] = [
    ["init"], ["units"], ["records"], ["settings"], ["why"], ["set"], ["plugin"],
    ["plugin", "check"], ["plugin", "test"], ["plugin", "list"], ["plugin", "show"],
    ["plugin", "enable"], ["plugin", "disable"], ["assess"], ["close"], ["replay"], ["run"],
    ["eval"], ["audit"], ["audit", "show"], ["audit", "verify"], ["backup"], ["restore"],
    ["doctor"], ["api"], ["version"],
  ]

  // decisions.md 23: one screen is 80 × 24.
  @Test(arguments: [[]] + commands)
  func `Help fits one screen, in Chinese unless English is asked for`(command: [String]) throws {
    let chinese = try Program.run(["help"] + command)
    let english = try Program.run(["help"] + command + ["--lang", "en"])
    for outcome in [chinese, english] {
      #expect(outcome.status == 0 && outcome.errors.isEmpty)
      #expect(outcome.output.lines.count <= 24)
      #expect(outcome.output.lines.allSatisfy { DisplayWidth.of($0) <= 80 })
    }
    #expect(chinese.output.containsChinese)
    #expect(!english.output.containsChinese)
  }

  @Test(arguments: commands)
  func `--help says the same as help`(command: [String]) throws {
    #expect(try Program.run(command + ["--help"]).output == Program.run(["help"] + command).output)
  }

  @Test func `Help of a command names its arguments, options and what each is for`() throws {
    #expect(
      try Program.run(["help", "assess"]).output == """
        按公式评分并排名，不保存

        用法：gongyue assess FORMULA PERIOD [--unit UNIT] [--explain] [--depth N]
              [--what-if KEY=VALUE]…

          FORMULA              公式，如 community-assessment
          PERIOD               期间，如 2026-04、2026-Q2、2026-W20
          --unit UNIT          只看一个单位
          --explain            说明每个数怎么来的
          --depth N            说明展开几层（默认 1）
          --what-if KEY=VALUE  假如设置是这个值，会怎样（可多次）

        另有（见 gongyue help options）：--workspace --as --today --lang --time --memory
        --purpose --format --json --output

        """)
  }

  @Test func `Without arguments the program says what it can do`() throws {
    let bare = try Program.run([])
    #expect(bare.status == 0)
    #expect(bare.output == (try Program.run(["help"]).output))
    #expect(bare.output.hasPrefix("公约：街道和社区自己写规矩的工具\n\n用法：gongyue 命令 [参数] [选项]\n"))
    #expect(try Program.run(["--lang", "en"]).output.hasPrefix("Gongyue: communities write"))
  }

  // scripting.md: exit status and codes; decisions.md 22: help errors prints the table.
  @Test func `help errors lists every code with its status`() throws {
    let lines = try Program.run(["help", "errors"]).output.lines
    for code in ErrorCode.allCases {
      let line = try #require(lines.first { $0.hasPrefix(code.rawValue + " ") })
      let status = line.dropFirst(code.rawValue.count).split(separator: " ").first
      #expect(status == "\(code.exitStatus)")
      #expect(line.contains(code.meaning.chinese))
    }
    let table = lines.dropFirst(2).prefix(ErrorCode.allCases.count + 2)
    let meanings = ErrorCode.allCases.map { code in
      table.first { $0.hasPrefix(code.rawValue + " ") }.map { line in
        DisplayWidth.of(line) - DisplayWidth.of(code.meaning.chinese)
      }
    }
    #expect(Set(meanings).count == 1 && meanings.first != nil)
  }

  @Test func `An unknown page has a suggestion`() throws {
    let outcome = try Program.run(["help", "asess"])
    #expect(outcome.status == 64)
    #expect(outcome.errors == "error[usage]: 没有命令“asess”\n  hint: 是不是想用“assess”？\n")
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `Completion scripts are written for each shell`(shell: String) throws {
    let outcome = try Program.run(["--generate-completion-script", shell])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("gongyue") && outcome.output.contains("assess"))
  }
}
