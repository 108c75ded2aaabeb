import Foundation
import Governance
import Testing

/// The pages that people read are held to what the program does.
@Suite struct DocumentationTests {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  /// Every Markdown page, by its path in the repository.
  static let pages: [String] = {
    let documentation =
      (FileManager.default.enumerator(atPath: root + "/Documentation")?
      .allObjects as? [String] ?? []).map { "Documentation/" + $0 }
    let top = ["README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CHANGELOG.md"]
    return (top + documentation).filter { $0.hasSuffix(".md") }.sorted()
  }()

  static func text(_ page: String) throws -> String {
    try String(contentsOfFile: root + "/" + page, encoding: .utf8)
  }

  @Test(arguments: pages)
  func `What a page shows is what the program prints`(page: String) throws {
    let blocks = Fence.all(in: try Self.text(page))
    guard blocks.contains(where: { $0.language == "console" }) else { return }
    let workspace = try Workspace()
    var folder = ""
    for block in blocks {
      if let file = block.file {
        _ = try workspace.scratch.file(folder + file, containing: block.text)
      }
      guard block.language == "console" else { continue }
      for step in Step.all(in: block.lines) {
        // A page may make a workspace of its own and go there.
        if let made = step.folder, workspace.scratch.hasFolder(made) {
          folder = made + "/"
          continue
        }
        let printed = try step.printed(in: workspace.path + "/" + folder)
        #expect(
          Step.matches(step.expected, printed),
          "\(page): \(step.command)\n\(printed.joined(separator: "\n"))")
      }
    }
  }

  @Test(arguments: pages)
  func `Every link leads to something`(page: String) throws {
    let folder = URL(fileURLWithPath: Self.root + "/" + page).deletingLastPathComponent()
    for match in try Self.text(page).matches(of: /\]\((?<target>[^)#:]+)(#[^)]*)?\)/) {
      let target = folder.appendingPathComponent(String(match.target)).path
      #expect(FileManager.default.fileExists(atPath: target), "\(page): \(match.target)")
    }
  }

  // A test named between two stars.
  @Test(arguments: ["Documentation/Safety.md", "Documentation/Domain.md"])
  func `Every test that a page names is there`(page: String) throws {
    let files =
      (FileManager.default.enumerator(atPath: Self.root + "/Tests")?
      .allObjects as? [String] ?? []).filter { $0.hasSuffix(".swift") }
    let tests = try files.reduce(into: Set<String>()) { tests, file in
      let source = try Self.text("Tests/" + file)
      tests.formUnion(source.matches(of: /func `([^`]+)`/).map { String($0.1) })
    }
    let named = try Self.text(page).replacing("**", with: "").matches(of: /\*([^*\n]+)\*/).map {
      String($0.1)
    }
    #expect(named.count > 40)
    for name in named {
      #expect(tests.contains(name), "\(page): \(name)")
    }
  }

  @Test(arguments: ["README.md", "README.zh-CN.md"])
  func `The first page stays short`(page: String) throws {
    #expect(try Self.text(page).lines.count <= 120)
  }

  @Test(arguments: HelpTests.commands)
  func `The page of the command line names every command with its options`(
    command: [String]
  ) throws {
    let page = try Self.text("Documentation/CommandLine.md")
    let name = "`gongyue \(command.joined(separator: " "))"
    let row = try #require(page.lines.first { $0.contains(name + " ") || $0.contains(name + "`") })
    let help = try Program.run(["help"] + command).output
    let shared = try Program.run(["help", "options"]).output
    // What stands after "另有" is common to all commands.
    for option in Self.options(in: help.components(separatedBy: "另有")[0]) {
      let known = row.contains(option) || Self.options(in: shared).contains(option)
      #expect(known, "\(command): \(option)")
    }
  }

  @Test func `The page of the command line names every common option and error code`() throws {
    let page = try Self.text("Documentation/CommandLine.md")
    for option in Self.options(in: try Program.run(["help", "options"]).output) {
      #expect(page.contains("`\(option)"), "\(option)")
    }
    for code in ErrorCode.allCases {
      #expect(page.contains("| `\(code.rawValue)` | \(code.exitStatus) |"), "\(code.rawValue)")
    }
  }

  // `make docs` writes both; the program itself says whether they are fresh.
  @Test(arguments: [("markdown", "Scripting.md"), ("luals", "gongyue.lua")])
  func `The script reference is the one that the program prints`(
    format: String, file: String
  ) throws {
    let printed = try Program.run(["api", "--format", format, "--lang", "zh"]).output
    let isFresh = try Self.text("Documentation/" + file) == printed
    #expect(isFresh, "run `make docs`")
  }

  static func options(in text: String) -> Set<String> {
    Set(text.matches(of: /--[a-z][a-z-]+/).map { String($0.output) })
  }
}

/// One fenced block of a page: its language, the file it is to be kept as, its lines.
private struct Fence {
  let language: String
  let file: String?
  let lines: [String]

  var text: String { lines.joined(separator: "\n") + "\n" }

  /// ```` ```lua file=plugins/street/x/init.lua ```` keeps what follows in the workspace.
  static func all(in page: String) -> [Fence] {
    var fences: [Fence] = []
    var open: (info: [Substring], lines: [String])?
    for line in page.lines {
      guard line.hasPrefix("```") else {
        open?.lines.append(line)
        continue
      }
      if let done = open {
        let file = done.info.first { $0.hasPrefix("file=") }?.dropFirst(5)
        fences.append(
          Fence(
            language: done.info.first.map(String.init) ?? "", file: file.map(String.init),
            lines: done.lines))
        open = nil
      } else {
        open = (line.dropFirst(3).split(separator: " "), [])
      }
    }
    return fences
  }
}

/// A command of a transcript, and the lines under it.
private struct Step {
  let command: String
  var expected: [String]

  static func all(in lines: [String]) -> [Step] {
    var steps: [Step] = []
    for line in lines {
      if line.hasPrefix("$ ") {
        steps.append(Step(command: String(line.dropFirst(2)), expected: []))
      } else if !steps.isEmpty {
        steps[steps.count - 1].expected.append(line)
      }
    }
    return steps
  }

  /// Where `cd FOLDER` goes.
  var folder: String? { command.hasPrefix("cd ") ? String(command.dropFirst(3)) : nil }

  /// What the shell prints, both streams, the workspace being where it stands already.
  ///
  /// `make demo` ends with the ranking; building it again is another test's work.
  func printed(in folder: String) throws -> [String] {
    if self.folder != nil { return [] }
    let line = command == "make demo" ? "gongyue assess community-assessment 2026-04" : command
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", line]
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = [
      "PATH": URL(fileURLWithPath: Program.path).deletingLastPathComponent().path
        + ":/usr/bin:/bin",
      // Pages show a terminal of 80 columns.
      "COLUMNS": "80",
    ]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self).lines.map(Self.trimmed)
  }

  /// Whether the printed lines are those expected, `…` standing for any number of lines,
  /// or for anything within a line.
  static func matches(_ expected: [String], _ printed: [String]) -> Bool {
    var expected = expected.map(trimmed)[...]
    while expected.last == "" { expected.removeLast() }
    var printed = printed[...]
    while printed.last == "" { printed.removeLast() }
    return matches(expected, printed)
  }

  private static func matches(_ expected: ArraySlice<String>, _ printed: ArraySlice<String>) -> Bool
  {
    guard let first = expected.first else { return printed.isEmpty }
    let rest = expected.dropFirst()
    if first == "…" {
      return (printed.startIndex...printed.endIndex).contains { matches(rest, printed[$0...]) }
    }
    guard let line = printed.first else { return false }
    return matches(first, line) && matches(rest, printed.dropFirst())
  }

  private static func matches(_ expected: String, _ line: String) -> Bool {
    let parts = expected.split(separator: "…", omittingEmptySubsequences: false)
    guard let last = parts.last, parts.count > 1 else { return expected == line }
    guard line.hasPrefix(parts[0]) else { return false }
    var rest = line.dropFirst(parts[0].count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let found = rest.firstRange(of: part) else { return false }
      rest = rest[found.upperBound...]
    }
    return rest.hasSuffix(last)
  }

  private static func trimmed(_ line: String) -> String {
    var line = line
    while line.last == " " { line.removeLast() }
    return line
  }
}
