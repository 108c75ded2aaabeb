import Foundation
import Governance
import Testing

/// What one call of the real program gave back.
struct Outcome {
  let status: Int32
  let output: String
  let errors: String

  /// The data that `--json` printed, after a look at the envelope.
  func data(of command: String) throws -> JSONValue {
    let json = try JSONValue(parsing: output)
    #expect(json["format"] == .string("gongyue.\(command)/1"))
    return try #require(json["data"])
  }
}

/// The program as it was built beside these tests.
enum Program {
  static let path: String = {
    let tests = try! FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let beside = URL(fileURLWithPath: tests).deletingLastPathComponent()
      .appendingPathComponent("gongyue").path
    guard FileManager.default.isExecutableFile(atPath: beside) else {
      // `swift test` may run the bundle through a helper of its own.
      return CommandLine.arguments.compactMap(program(besideBundle:)).first ?? beside
    }
    return beside
  }()

  private static func program(besideBundle path: String) -> String? {
    guard path.hasSuffix(".xctest") else { return nil }
    let beside = URL(fileURLWithPath: path).deletingLastPathComponent()
      .appendingPathComponent("gongyue").path
    return FileManager.default.isExecutableFile(atPath: beside) ? beside : nil
  }

  /// Runs it to its end.
  ///
  /// - Parameter columns: the width it is told of; nil is a pipe, where lines stay whole.
  static func run(
    _ arguments: [String], in folder: String = NSTemporaryDirectory(),
    columns: Int? = 80, input: String = "", standardOutput: FileHandle? = nil
  ) throws -> Outcome {
    let scratch = try Scratch()
    let output = try scratch.file("output")
    let errors = try scratch.file("errors")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = ProcessInfo.processInfo.environment
      .merging(["COLUMNS": columns.map(String.init) ?? ""]) { $1 }
    process.standardInput = try FileHandle(
      forReadingFrom: try scratch.file("input", containing: input))
    process.standardOutput = try standardOutput ?? FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus,
      output: try String(contentsOf: output, encoding: .utf8),
      errors: try String(contentsOf: errors, encoding: .utf8))
  }
}

/// A folder that is gone when nobody needs it any more.
final class Scratch: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "gongyue-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  func file(_ name: String, containing text: String = "") throws -> URL {
    let file = URL(fileURLWithPath: path).appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: file, atomically: true, encoding: .utf8)
    return file
  }

  func hasFolder(_ name: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path + "/" + name, isDirectory: &isFolder)
      && isFolder.boolValue
  }

  func text(of name: String) throws -> String {
    try String(contentsOfFile: path + "/" + name, encoding: .utf8)
  }
}

extension String {
  /// The lines, without the empty one after the last line feed.
  var lines: [String] {
    var lines = split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  var containsChinese: Bool {
    unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
  }
}
