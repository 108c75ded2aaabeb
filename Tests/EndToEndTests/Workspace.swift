import Foundation
import Governance
import Testing

/// A workspace with the demo street, of its own for each test.
final class Workspace: Sendable {
  let scratch: Scratch

  var path: String { scratch.path }
  var database: String { path + "/gongyue.sqlite" }

  /// Made once, then copied: filling the street takes seconds.
  private static let original: Scratch = {
    do {
      let scratch = try Scratch()
      let made = try Program.run(["init", scratch.path + "/demo", "--demo"])
      guard made.status == 0 else { preconditionFailure(made.errors) }
      return scratch
    } catch { preconditionFailure("\(error)") }
  }()

  init() throws {
    scratch = try Scratch()
    let source = Self.original.path + "/demo"
    for name in try FileManager.default.contentsOfDirectory(atPath: source) {
      try FileManager.default.copyItem(atPath: source + "/" + name, toPath: path + "/" + name)
    }
  }

  func run(_ arguments: String...) throws -> Outcome {
    try Program.run(arguments, in: path)
  }

  /// Runs a script kept in a file.
  func script(_ source: String, _ arguments: String...) throws -> Outcome {
    _ = try scratch.file("script.lua", containing: source)
    return try Program.run(["run", "script.lua"] + arguments, in: path)
  }

  /// What the audit log's end looks like: it moves with every write, but not because a run
  /// failed, which is all that such a run leaves.
  func mark() throws -> String {
    try newestEntry { try run("audit", "show", "--last", "100", "--json") }
  }
}

/// The newest entry of the audit log that does not say that a run failed.
func newestEntry(_ show: () throws -> Outcome) throws -> String {
  let entries = try show().data(of: "audit").elements ?? []
  return entries.first { $0["summary"] != "fail" }?.pretty ?? ""
}

extension Outcome {
  /// Looks at an error's first line and status.
  func expect(
    _ code: ErrorCode, _ words: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(
      errors.hasPrefix("error[\(code.rawValue)]: \(words ?? "")"), "\(errors)",
      sourceLocation: sourceLocation)
    #expect(status == code.exitStatus, "\(errors)", sourceLocation: sourceLocation)
  }
}
