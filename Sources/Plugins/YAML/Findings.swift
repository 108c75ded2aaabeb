internal import Governance

/// Everything found wrong with one file, in the order of its lines.
final class Findings {
  let file: String
  let code: ErrorCode
  private(set) var problems: [Problem] = []

  init(file: String, code: ErrorCode) {
    self.file = file
    self.code = code
  }

  func add(_ message: Words, line: Int?, hint: Words? = nil) {
    problems.append(Problem(code, message, at: Place(file: file, line: line), hint: hint))
  }

  /// Adds a problem that something else found, at a line of this file.
  func add(_ problem: Problem, line: Int?) {
    problems.append(problem.at(Place(file: file, line: line)))
  }

  /// The problems by line; those without a line come first.
  var sorted: [Problem] {
    problems.enumerated()
      .sorted {
        ($0.element.place?.line ?? 0, $0.offset) < ($1.element.place?.line ?? 0, $1.offset)
      }
      .map(\.element)
  }

  /// - Throws: `Problems` when anything was found.
  func check() throws(Problems) {
    guard problems.isEmpty else { throw Problems(sorted) }
  }
}
