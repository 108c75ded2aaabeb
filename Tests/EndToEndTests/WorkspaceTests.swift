import Foundation
import Governance
import Testing

/// The journeys of issue 2, through the real program.
@Suite struct WorkspaceTests {
  @Test func `Without a workspace every command says so and how to make one`() throws {
    let empty = try Scratch()
    for command in [
      ["units"], ["assess", "community-assessment", "2026-04"], ["audit", "verify"],
    ] {
      let outcome = try Program.run(command, in: empty.path)
      outcome.expect(.workspaceMissing)
      #expect(outcome.errors.contains("\n  hint: ") && outcome.errors.contains("gongyue init"))
    }
  }

  @Test func `init refuses a folder that is a workspace already`() throws {
    let workspace = try Workspace()
    let before = try workspace.mark()
    try workspace.run("init").expect(.workspaceExists)
    #expect(try workspace.mark() == before)
  }

  @Test func `The workspace is found from any folder inside it`() throws {
    let workspace = try Workspace()
    let inside = try Program.run(["units"], in: workspace.path + "/scripts")
    #expect(inside.status == 0)
    #expect(inside.output == (try workspace.run("units").output))
    #expect(inside.output.contains("sll-02"))
    let elsewhere = try Program.run(["units", "--workspace", workspace.path])
    #expect(elsewhere.output == inside.output)
  }

  @Test(arguments: [
    ["units"], ["records", "case", "--unit", "sll-02", "--limit", "5"], ["settings", "sll-02"],
    ["why", "notice.workdays", "sll-02"], ["plugin", "list"],
    ["plugin", "show", "street.community-assessment"],
    ["assess", "community-assessment", "2026-04"],
    ["assess", "community-assessment", "2026-04", "--unit", "sll-02", "--explain"],
    ["run", "scripts/overview.lua"], ["audit", "show", "--last", "3"],
  ])
  func `Each answer comes in every format`(command: [String]) throws {
    let workspace = try Workspace()
    func run(_ format: String) throws -> Outcome {
      try Program.run(command + ["--format", format], in: workspace.path)
    }
    for format in ReportFormat.allCases.map(\.rawValue) {
      let outcome = try run(format)
      #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(format): \(outcome.errors)")
    }
    let text = try run("text").output
    #expect(text.containsChinese)
    #expect(text.lines.allSatisfy { DisplayWidth.of($0) <= 80 }, "\(text)")
    let json = try JSONValue(parsing: run("json").output)
    #expect(json["format"]?.text == "gongyue.\(command[0])/1" && json["data"] != nil)
    #expect(try run("html").output.hasPrefix("<!DOCTYPE html>"))
  }

  @Test
  func `Tables are aligned: under a rule no line is wider than the rule, and numbers end together`()
    throws
  {
    let workspace = try Workspace()
    let outcome = try workspace.run("assess", "community-assessment", "2026-04")
    var rules = 0
    var width: Int?
    var ends: Set<Int> = []
    for line in outcome.output.lines {
      if line.hasPrefix("--") {
        rules += 1
        width = DisplayWidth.of(line)
      } else if line.isEmpty {
        width = nil
      } else if let width {
        #expect(DisplayWidth.of(line) <= width, "\(line)")
        let score = try #require(line.firstMatch(of: #/\d\d\.\d\d /#))
        ends.insert(DisplayWidth.of(String(line[..<score.range.upperBound])))
      }
    }
    #expect(rules >= 2 && ends.count == 1)
  }

  @Test func `One unit explained fits one screen of Chinese and opens further with --depth`()
    throws
  {
    let workspace = try Workspace()
    let command = ["assess", "community-assessment", "2026-04", "--unit", "sll-02"]
    let first = try Program.run(command + ["--explain"], in: workspace.path).output.lines
    #expect(first.count <= 24 && first.allSatisfy { DisplayWidth.of($0) <= 80 })
    let second = try Program.run(command + ["--explain", "--depth", "2"], in: workspace.path)
    #expect(second.output.lines.count > first.count)
  }

  @Test func `What-if shows a difference and stores nothing; a rule it breaks is refused`() throws {
    let workspace = try Workspace()
    let before = try workspace.mark()
    let plain = try workspace.run("assess", "community-assessment", "2026-04")
    let key = "assessment.weights="
    let sound = try workspace.run(
      "assess", "community-assessment", "2026-04", "--what-if",
      key + "organisation=15,deliberation=15,closed_loop=25,visits=15,publicity=10,"
        + "environment=15,satisfaction=5")
    #expect(sound.status == 0, "\(sound.errors)")
    #expect(sound.output != plain.output)
    try workspace.run(
      "assess", "community-assessment", "2026-04", "--what-if",
      key + "organisation=10,deliberation=15,closed_loop=25,visits=15,publicity=10,"
        + "environment=15,satisfaction=5"
    ).expect(.settingInvalid)
    #expect(try workspace.mark() == before)
    #expect(try workspace.run("assess", "community-assessment", "2026-04").output == plain.output)
  }

  @Test func `A closed result replays to the same bytes in a new process`() throws {
    let workspace = try Workspace()
    let assessed = try workspace.run("assess", "community-assessment", "2026-03")
    let closed = try workspace.run("close", "community-assessment", "2026-03", "--json")
    #expect(closed.status == 0, "\(closed.errors)")
    let id = try #require(try closed.data(of: "close")["id"]?.text)
    #expect(try workspace.run("replay", id).output == assessed.output)
    let json = try workspace.run("replay", id, "--json").output
    #expect(try workspace.run("replay", id, "--json").output == json)
    try workspace.run("close", "community-assessment", "2026-05").expect(.periodOpen)
  }

  @Test func `set asks for a basis, says what it changes, and why shows it`() throws {
    let workspace = try Workspace()
    let set = ["set", "notice.workdays", "9", "--unit", "sll-02", "--basis", "居民会议通过"]
    let before = try workspace.mark()
    #expect(try Program.run(set + ["--impact"], in: workspace.path).status == 0)
    #expect(try workspace.mark() == before)
    let stored = try Program.run(set, in: workspace.path)
    #expect(stored.status == 0, "\(stored.errors)")
    let why = try workspace.run("why", "notice.workdays", "sll-02").output
    #expect(why.contains("9") && why.contains("居民会议通过"))
    try workspace.run("set", "notice.workdays", "1", "--unit", "sll-02", "--basis", "x")
      .expect(.settingRefused)
  }

  @Test func `A backup is restored only by force, and the audit chain still holds`() throws {
    let workspace = try Workspace()
    #expect(try workspace.run("backup", "copy.sqlite").status == 0)
    _ = try workspace.run(
      "set", "notice.workdays", "9", "--unit", "sll-02", "--basis", "居民会议通过")
    try workspace.run("restore", "copy.sqlite").expect(.workspaceExists)
    let restored = try workspace.run("restore", "copy.sqlite", "--force")
    #expect(restored.status == 0, "\(restored.errors)")
    #expect(restored.output.lines.last == "备份以后的 1 次改动不在其中，旧数据库里还有。", "\(restored.output)")
    let entry = try workspace.mark()
    #expect(entry.contains("恢复备份 ") && entry.contains("copy.sqlite"), "\(entry)")
    #expect(!(try workspace.run("why", "notice.workdays", "sll-02").output.contains("居民会议通过")))
    #expect(try workspace.run("audit", "verify").status == 0)
    let doctor = try workspace.run("doctor")
    #expect(doctor.status == 0, "\(doctor.errors)")
  }

  @Test func `Shipped plugins pass their checks and tests`() throws {
    let workspace = try Workspace()
    for command in ["check", "test"] {
      let outcome = try workspace.run("plugin", command)
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
  }
}
