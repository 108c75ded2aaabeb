internal import Governance
internal import Synchronization

/// What a script printed, kept until the answer is drawn.
private final class Printed: Sendable {
  private let text = Mutex("")

  func append(_ line: String) {
    text.withLock { $0 += line + "\n" }
  }

  var all: String { text.withLock { $0 } }
}

extension OutputOptions {
  /// Shows what a script prints and then its answer.
  ///
  /// The body is handed what takes one printed line, without its line feed. On the screen
  /// each line appears as it is printed. In a file, JSON, HTML and
  /// Markdown it becomes part of the whole; in CSV only tables have a place.
  func show(
    printing body: (@escaping @Sendable (String) -> Void) throws -> Answer
  ) throws {
    guard chosen != .text || output != nil else {
      return try show(try body { Self.printLine($0) })
    }
    let printed = Printed()
    let answer = try body { printed.append($0) }
    try show(joined(answer, with: printed.all))
  }

  /// A full disk or a closed reader is met again, and reported, when the end is flushed.
  private static func printLine(_ line: String) {
    ProgressBar.standardError.clear()
    try? Output.standard.write(line.escapedForTerminal(keepingLines: true) + "\n")
  }

  private func joined(_ answer: Answer, with printed: String) -> Answer {
    var answer = answer
    if chosen == .json {
      answer.data = .object([
        JSONValue.Member("output", .string(printed)), JSONValue.Member("result", answer.data),
      ])
    } else if !printed.isEmpty {
      answer.report.blocks.insert(.verbatim(printed), at: 0)
    }
    return answer
  }
}
