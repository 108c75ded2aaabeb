import Core
import Foundation
import Governance
import SQLiteStorage
import Synchronization
import Testing

/// Scripts that try to hang, exhaust, hide or half-finish.
@Suite struct HostileScriptTests {
  static let stopped: [(source: String, code: ErrorCode)] = [
    ("xpcall(error, function() while true do end end)", .limitTime),
    (
      "while true do local c = coroutine.wrap(function() coroutine.yield() end) pcall(c) end",
      .limitTime
    ),
    ("pcall(function() while true do gongyue.persons:count() end end)", .limitTime),
    ("table.move({}, 1, 1e11, 2)", .limitTime),
    ("local t = {} while true do t[#t + 1] = gongyue.persons:list() end", .limitMemory),
    ("while true do gongyue.buildings:list() end", .limitTime),
    (
      "local l, q = {}, gongyue.persons for i = 1, 900 do l[i] = 'x' .. i end for i = 1, 9 do q = q:except { code = gongyue.any(l) } end return q:count()",
      .limitTime
    ),
    ("for i = 1, 1e9 do pcall(gongyue.assess, 'community-assessment', '2026-04') end", .limitTime),
    ("while true do gongyue.merits:create(merit) end", .limitTime),
    ("while true do pcall(function() gongyue.merits:create(merit) error 'x' end) end", .limitTime),
    ("local s = 'x' while true do s = s .. s end", .limitMemory),
    (
      "pcall(function() local t = {} while true do t[#t + 1] = ('x'):rep(1000) .. #t end end) while true do end",
      .limitMemory
    ),
    ("while true do gongyue.log(('x'):rep(100000)) end", .limitOutput),
    ("local r = gongyue.report.new 'x' while true do r:paragraph 'x' end", .limitOutput),
  ]

  // How soon after its second it stops is measured by `make hostile`. What another budget must
  // end has the workspace's own minute: no time that a busy machine makes too short.
  @Test(arguments: stopped)
  func `A hostile script is stopped with its code, and its writes are gone`(
    source: String, code: ErrorCode
  ) throws {
    let workspace = try Workspace()
    let before = try workspace.mark()
    let merit = "merit = { unit = 'sll-02', day = '2026-05-11', points = 1, title = '清扫' }"
    let outcome = try Program.run(
      ["eval", "\(merit) gongyue.merits:create(merit) \(source)", "--memory", "32"]
        + (code == .limitTime ? ["--time", "1"] : []), in: workspace.path)
    outcome.expect(code)
    #expect(outcome.errors.contains("\n  --> eval:1\n"), "\(outcome.errors)")
    #expect(try workspace.mark() == before)
  }

  // Nothing within Lua can stop this one: a single call that never asks a hook.
  @Test func `The second wall ends a call that ignores its deadline, and nothing is written`()
    throws
  {
    let workspace = try Workspace()
    let before = try workspace.mark()
    let circle = "local mt = {} local t = setmetatable({}, mt) mt.__call = t t()"
    let merit =
      "gongyue.merits:create { unit = 'sll-02', day = '2026-05-11', points = 1, title = '清扫' }"
    let outcome = try workspace.run("eval", "\(merit) \(circle)", "--time", "1")
    outcome.expect(.limitTime, "运行超过了 1 秒仍停不下来，程序已自行结束，没有写入任何内容")
    #expect(try workspace.mark() == before)
    #expect(try workspace.run("doctor").status == 0)
    let next = try workspace.run("eval", "print(gongyue.merits:where { title = '清扫' }:count())")
    #expect(next.status == 0)
  }

  /// What takes the line waits for longer than the wall does: no hook comes by, and it is no
  /// instruction of Lua either.
  @Test func `The second wall has patience with the host's own calls, for a second`() throws {
    let workspace = try Workspace()
    let given = Mutex<Problem?>(nil)
    let host = try Host.open(
      Opening(
        directory: workspace.path, seconds: 1,
        overrun: { problem in
          given.withLock { $0 = problem }
        }),
      drivers: Drivers(
        open: { try SQLiteDriver.open($0, creating: $1) },
        inMemory: { try SQLiteDriver.inMemory() },
        restore: { try SQLiteDriver.restore(from: $0, to: $1, force: $2) }))
    let spent = ContinuousClock().measure {
      _ = try? host.evaluate("print 'x'", isDryRun: true) { _ in
        while given.withLock({ $0 == nil }) { Thread.sleep(forTimeInterval: 0.01) }
      }
    }
    #expect(given.withLock { $0?.code } == .limitTime)
    #expect(spent > .seconds(2), "a second of its own, and one of patience")
  }

  /// Every way of a script's text to the terminal.
  static let escapes: [(source: String, status: Int32)] = [
    (#"print "\27[31m\7""#, 0), (#"gongyue.log "\27[31m""#, 0), (#"return "\27[31m""#, 0),
    (#"return { ["\27[31m"] = "\27[31m" }"#, 0), (#"error "\27[31m""#, 1),
    (#"error("\27[31m", 0)"#, 1), (#"gongyue["\27[31m"]()"#, 1),
    (#"math.floor(setmetatable({}, { __name = "\27[31m" }))"#, 1),
    (#"local r = gongyue.report.new "\27[31m" r:paragraph "\u{202E}\27[31m" return r"#, 0),
  ]

  @Test func `A script's text cannot drive the terminal, whichever way it goes`() throws {
    let workspace = try Workspace()
    let record = #"gongyue.merits:create { unit = "sll-02", day = "2026-05-11", points = 1, "#
    #expect(try workspace.run("eval", record + #"title = "\27[31m" }"#).status == 0)
    var outcomes = try Self.escapes.map { (try workspace.run("eval", $0.source), $0.status) }
    outcomes.append((try workspace.run("records", "merits"), 0))
    for (outcome, status) in outcomes {
      let text = outcome.output + outcome.errors
      #expect(outcome.status == status, "\(text)")
      #expect(text.contains("\\u{1B}[31m") || text.contains("\\u001b[31m"), "\(text)")
      #expect(
        !text.unicodeScalars.contains { "\u{1B}\u{7}\u{202E}".unicodeScalars.contains($0) },
        "\(text)")
    }
  }

  static let refused: [(source: String, code: ErrorCode)] = [
    // 100,000 nested conditions once walked off the end of the stack.
    (
      "local q = gongyue.persons for i = 1, 100000 do q = q:where { unit = 'sll-01' } end",
      .inputInvalid
    ),
    (
      "local q = gongyue.persons for i = 1, 100000 do q = q:except { unit = 'sll-01' } end",
      .inputInvalid
    ),
    ("local q = gongyue.cases for i = 1, 1000 do q = q:having(q, { 'unit' }) end", .inputInvalid),
    ("local q = gongyue.cases for i = 1, 10000 do q = q:order 'reported' end", .inputInvalid),
    ("gongyue.text.split(('a,'):rep(2000000), ',')", .inputInvalid),
    ("gongyue.text.trim((' '):rep(4000000))", .inputInvalid),
    ("gongyue.json.decode('[' .. ('0,'):rep(1000000) .. '0]')", .inputInvalid),
    ("gongyue.json.encode(('\\1'):rep(2000000))", .inputInvalid),
    ("local t = {} for i = 1, 5001 do t[i] = 'k' .. i end gongyue.any(t)", .inputInvalid),
    (
      "local r = gongyue.report.new() while true do r:paragraph(('a'):rep(100000)) end",
      .limitOutput
    ),
    ("local a = ('a'):rep(3000000) return { a, a }", .limitOutput),
    ("gongyue.calendar.add_workdays('2026-01-01', math.maxinteger)", .inputInvalid),
    ("gongyue.calendar.period('2026-04'):offset(math.mininteger)", .periodInvalid),
    ("gongyue.json.decode(('['):rep(1000000))", .inputInvalid),
    ("local t = {} t[1] = t return t", .scriptError),
    ("return 1 + nil", .scriptError),
    ("setmetatable({}, { __gc = function() while true do end end })", .scriptError),
    ("gongyue.assess('community-assessment', '2099-01')", .periodInvalid),
  ]

  @Test(arguments: refused)
  func `What would blow up is refused with its line`(source: String, code: ErrorCode) throws {
    let workspace = try Workspace()
    let outcome = try workspace.run("eval", source)
    outcome.expect(code)
  }

  @Test func `As many values as any takes are looked for`() throws {
    let outcome = try Workspace().run(
      "eval",
      "local t = {} for i = 1, 5000 do t[i] = 'k' .. i end "
        + "return gongyue.cases:where { place = gongyue.any(t) }:count()")
    #expect(outcome.status == 0 && outcome.output == "0\n", "\(outcome.output) \(outcome.errors)")
  }

  @Test func `A cell as long as a report may be is drawn`() throws {
    let source = """
      local rows = { { "x", ("中"):rep(300000) } }
      for i = 2, 20000 do rows[i] = { "x", "y" } end
      local report = gongyue.report.new()
      report:table({ "a", { title = "b", align = "right" } }, rows)
      return report
      """
    let outcome = try Workspace().run("eval", source)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.utf8.count < 8 << 20)
  }

  @Test func `Files that are no scripts are refused by name`() throws {
    let workspace = try Workspace()
    let file = URL(fileURLWithPath: workspace.path + "/odd.lua")
    let contents: [Data] = [
      Data([0xC4, 0xE3, 0xBA, 0xC3]),  // 你好 in GB18030
      Data("return 1\0".utf8),
      Data(("--" + String(repeating: "x", count: 600 << 10)).utf8),
      Data([0x1B, 0x4C, 0x75, 0x61, 0x54]),  // a compiled chunk
    ]
    for content in contents {
      try content.write(to: file)
      let outcome = try workspace.run("run", "odd.lua")
      #expect([1, 65, 75].contains(outcome.status), "\(outcome.status) \(outcome.errors)")
      #expect(outcome.errors.contains("odd.lua"), "\(outcome.errors)")
    }
    try Data().write(to: file)
    #expect(try workspace.run("run", "odd.lua").status == 0)
  }

  @Test func `What scripts read of sensitive kinds for a purpose is in the audit log`() throws {
    let workspace = try Workspace()
    let code = "return gongyue.cases:count()"
    for extra in [[], ["--dry-run"]] {
      let before = try workspace.mark()
      let outcome = try Program.run(
        ["eval", code, "--as", "worker@sll-02", "--purpose", "入户走访"] + extra,
        in: workspace.path)
      #expect(outcome.status == 0, "\(outcome.errors)")
      let after = try workspace.mark()
      #expect(after != before)
      #expect(after.contains("worker@sll-02") && after.contains("read"), "\(after)")
    }
    let before = try workspace.mark()
    _ = try workspace.run("eval", code, "--as", "worker@sll-02")
    #expect(try workspace.mark() == before)
  }
}
