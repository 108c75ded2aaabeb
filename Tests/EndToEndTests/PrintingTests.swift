import Foundation
import Governance
import Testing

/// How answers and errors reach people, pipes and programs.
@Suite struct PrintingTests {
  static let workspace = Result { try Workspace() }

  private static func run(
    _ arguments: [String], columns: Int? = 80, input: String = ""
  ) throws -> Outcome {
    try Program.run(arguments, in: try workspace.get().path, columns: columns, input: input)
  }

  static let values: [(arguments: [String], input: String, output: String)] = [
    (["eval", "1+1"], "", "2\n"),
    (
      ["eval", "return 9007199254740993, 0.1 + 0.2, '三'"], "",
      "9007199254740993\n0.30000000000000004\n三\n"
    ),
    (["eval", "-"], "return 6 * 7", "42\n"),
    (
      ["run", "-"], "print(arguments.unit) return { 1, 2, 3, total = 6 }",
      "{ 1, 2, 3, total = 6 }\n"
    ),
    (["run", "-", "unit=sll-02"], "print(arguments.unit)", "sll-02\n"),
    (["run", "-"], "return function() end", "function\n"),
  ]

  @Test(arguments: values)
  func `A script is typed, piped or named, and all it gives back is shown`(
    arguments: [String], input: String, output: String
  ) throws {
    let outcome = try Self.run(arguments, input: input)
    #expect(outcome.output.hasSuffix(output), "\(outcome.output)\(outcome.errors)")
    #expect(outcome.status == 0)
  }

  @Test func `An error in what is piped names standard input`() throws {
    let outcome = try Self.run(["run", "-"], input: "\nerror('停')")
    outcome.expect(.scriptError)
    #expect(outcome.errors.contains("--> stdin:2"), "\(outcome.errors)")
  }

  @Test func `A query of the demo street is a table, its groups have names`() throws {
    let all = try Self.run(["eval", "return gongyue.cases:limit(3)", "--format", "csv"])
    #expect(all.rows.count == 4, "\(all.errors)")
    #expect(all.rows[1].contains("sll-01-2026-0001,sll-01,"), "\(all.output)")
    #expect(all.rows[1].contains("2026-03-02 09:41"), "\(all.output)")
    let groups = try Self.run(
      ["eval", "return gongyue.cases:where { unit = 'sll-02' }:group('building'):count()"])
    #expect(groups.output.contains("sll-02-B-2026-0001 1号楼"), "\(groups.output)\(groups.errors)")
  }

  @Test func `In a pipe lines are whole, on a wide terminal its width is used`() throws {
    let piped = try Self.run(["settings", "sll-02"], columns: nil)
    for key in ["assessment.curve.organisations", "residents_meeting.notice_days"] {
      for columns in [nil, 80, 170] as [Int?] {
        let output = try Self.run(["settings", "sll-02"], columns: columns).output
        #expect(output.lines.contains { $0.contains(key + " ") }, "\(key) at \(columns ?? 0)")
      }
    }
    #expect(piped.output.lines.contains { DisplayWidth.of($0) > 90 })
    let wide = try Self.run(["settings", "sll-02"], columns: 170).output
    #expect(wide.lines.contains { DisplayWidth.of($0) > 90 })
    #expect(wide.lines.allSatisfy { DisplayWidth.of($0) <= 170 })
  }

  static let refused: [(arguments: [String], code: ErrorCode)] = [
    (["units", "sll-99"], .unitUnknown),
    (["eval", "x ="], .scriptSyntax), (["records", "nothing"], .kindUnknown),
  ]

  @Test(arguments: refused)
  func `Errors under --json are JSON with the same code in either language`(
    arguments: [String], code: ErrorCode
  ) throws {
    for language in ["zh", "en"] {
      for format in [["--json"], ["--format", "json"], ["--format=json"]] {
        let outcome = try Self.run(arguments + format + ["--lang", language])
        let error = try JSONValue(parsing: outcome.errors)
        #expect(error["format"] == "gongyue.errors/1")
        let first = try #require(error["data"]?.elements?.first)
        #expect(first["code"] == .string(code.rawValue))
        #expect(first["message"]?.text?.containsChinese == (language == "zh"))
        #expect(outcome.status == code.exitStatus && outcome.output == "")
      }
    }
  }
}
