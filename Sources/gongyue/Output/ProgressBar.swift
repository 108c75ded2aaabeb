internal import Glibc
internal import Governance
internal import Synchronization

/// One line on standard error that says how far a long job has come.
///
/// It appears only on a terminal and only after a second; it is redrawn at most
/// ten times a second and gone before anything else is written.
final class ProgressBar: Sendable {
  static let standardError = ProgressBar()

  private let isTerminal = isatty(STDERR_FILENO) == 1
  private let started = ContinuousClock.now
  private let drawn = Mutex<ContinuousClock.Instant?>(nil)

  /// Draws the step, unless it is too early or nobody looks.
  func show(_ step: Progress) {
    guard isTerminal else { return }
    drawn.withLock { last in
      let now = ContinuousClock.now
      let isDue = last.map { now - $0 > .milliseconds(100) } ?? (now - started > .seconds(1))
      guard isDue else { return }
      last = now
      put("\r\u{1B}[K" + Self.line(step, in: Spoken.language))
    }
  }

  /// Takes the line away again.
  func clear() {
    drawn.withLock { last in
      if last != nil { put("\r\u{1B}[K") }
      last = nil
    }
  }

  private func put(_ text: String) {
    StandardError.write(text)
  }

  /// `统计 [#######-------------]  35%`, within 80 columns.
  static func line(_ step: Progress, in language: Language) -> String {
    let share = min(max(0, step.done), step.total)
    let full = share * 20 / step.total
    let bar = String(repeating: "#", count: full) + String(repeating: "-", count: 20 - full)
    let percent = "\(share * 100 / step.total)%".padded(to: 4, .trailing)
    let doing = step.doing.text(in: language).escapedForTerminal().truncated(to: 50)
    return "\(doing) [\(bar)] \(percent)"
  }
}
