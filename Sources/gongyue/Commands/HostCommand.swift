internal import ArgumentParser
internal import Core
internal import Governance

/// A command that shows an answer.
protocol PrintingCommand: ParsableCommand {
  var output: OutputOptions { get }
}

/// A command that opens the workspace, asks one question and shows the answer.
protocol HostCommand: PrintingCommand {
  var common: CommonOptions { get }

  /// Refuses options that do not go together, before anything is opened.
  func check() throws

  func ask(_ host: Host) throws -> Answer
}

extension HostCommand {
  func check() throws {}

  func run() throws {
    try check()
    let host = try Open.host(try common.opening())
    try output.show(try ask(host))
  }
}

extension OutputOptions {
  /// Writes the answer where and how it was asked for, then its warnings; its problems
  /// are thrown, so that they decide the exit status.
  func show(_ answer: Answer) throws {
    ProgressBar.standardError.clear()
    let width = output == nil ? Screen.width : Screen.unlimited
    try deliver(answer.rendered(as: chosen, in: Spoken.language, width: width))
    for warning in answer.warnings { StandardError.warn(warning) }
    if !answer.problems.isEmpty { throw Problems(answer.problems) }
  }

  private func deliver(_ text: String) throws {
    guard let output else { return try Output.standard.write(text) }
    // Spreadsheets take a file for UTF-8 only when it says so.
    try AtomicFile.replace(output, with: chosen == .csv ? "\u{FEFF}" + text : text)
  }
}
