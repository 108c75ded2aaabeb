import Foundation
import Governance
import Testing

/// What scripts do, and what stops them.
@Suite struct ScriptTests {
  // Issue 2: add_workdays("2026-04-30", 5) is 2026-05-11; 4 and 5 May are days off, 9 May is worked.
  @Test func `eval prints what the script prints`() throws {
    let workspace = try Workspace()
    let outcome = try workspace.run(
      "eval", "print(gongyue.calendar.add_workdays(\"2026-04-30\", 5))")
    #expect(outcome.output == "2026-05-11\n")
    #expect(outcome.errors == "" && outcome.status == 0)
  }

  @Test func `What a script prints cannot drive the terminal`() throws {
    let workspace = try Workspace()
    let outcome = try workspace.run("eval", #"print("\27[2J公约\u{202E}")"#)
    #expect(outcome.output == "\\u{1B}[2J公约\\u{202E}\n")
  }

  @Test func `Arguments reach a script; several files run in order`() throws {
    let workspace = try Workspace()
    let one = try workspace.script(
      "print(arguments.unit, arguments.month)", "unit=sll-02", "month=4")
    #expect(one.output == "sll-02\t4\n")
    _ = try workspace.scratch.file("a.lua", containing: "x = 1 print('a')")
    _ = try workspace.scratch.file("b.lua", containing: "print('b', rawget(_G, 'x'))")
    #expect(try workspace.run("run", "a.lua", "b.lua").output == "a\nb\tnil\n")
  }

  static let stopped: [(source: String, code: ErrorCode)] = [
    ("while true do end", .limitTime),
    ("while true do pcall(function() while true do end end) end", .limitTime),
    ("coroutine.wrap(function() while true do end end)()", .limitTime),
    ("string.find(string.rep('a', 40), string.rep('a*', 20) .. 'b')", .limitTime),
    ("local t = {} while true do t[#t + 1] = string.rep('x', 100000) .. #t end", .limitMemory),
    ("while true do print(string.rep('x', 1000)) end", .limitOutput),
    ("local x =", .scriptSyntax),
    ("error('故意')", .scriptError),
    ("local n = nil; return n.field", .scriptError),
    ("return gongyue.casez:count()", .scriptError),
  ]

  @Test(arguments: stopped)
  func `A script that misbehaves ends with its own code and line, and leaves nothing`(
    source: String, code: ErrorCode
  ) throws {
    let workspace = try Workspace()
    let before = try workspace.mark()
    _ = try workspace.scratch.file("bad.lua", containing: "-- one\n" + source)
    let time = code == .limitTime ? ["--time", "1"] : []
    let outcome = try Program.run(
      ["run", "bad.lua", "--memory", "32"] + time, in: workspace.path)
    outcome.expect(code)
    #expect(outcome.errors.contains("\n  --> bad.lua:2\n"), "\(outcome.errors)")
    #expect(try workspace.mark() == before)
  }

  // How soon after its second it stops is measured by `make hostile`.
  @Test func `--time bounds a script that cannot be told to stop, and not before its time`() throws
  {
    let workspace = try Workspace()
    let spent = try ContinuousClock().measure {
      try workspace.run("eval", "while true do pcall(error) end", "--time", "1").expect(.limitTime)
    }
    #expect(spent > .seconds(1))
  }

  @Test func `A script that fails half-way leaves nothing; a dry run shows and keeps nothing`()
    throws
  {
    let workspace = try Workspace()
    let before = try workspace.mark()
    let create = """
      gongyue.merits:create { unit = "sll-02", day = "2026-05-11", points = 1, title = "清扫" }
      """
    try workspace.script(create + "\nerror('停')").expect(.scriptError)
    #expect(try workspace.mark() == before)
    let dry = try workspace.script(create, "--dry-run")
    #expect(dry.status == 0, "\(dry.errors)")
    #expect(try workspace.mark() == before)
    let kept = try workspace.script(create)
    #expect(kept.status == 0, "\(kept.errors)")
    #expect(try workspace.mark() != before)
  }

  @Test func `--json carries what was printed and the result`() throws {
    let workspace = try Workspace()
    let data = try workspace.run("eval", "print('一')", "--json").data(of: "eval")
    #expect(data["output"] == "一\n")
    #expect(data["result"] != nil)
  }

  @Test func `A reader who leaves early does not disturb a long listing`() throws {
    let workspace = try Workspace()
    let pipe = Pipe()
    try pipe.fileHandleForReading.close()
    let outcome = try Program.run(
      ["eval", "for i = 1, 20000 do print(i) end"], in: workspace.path,
      standardOutput: pipe.fileHandleForWriting)
    #expect(outcome.errors == "" && outcome.status == 0)
  }
}
