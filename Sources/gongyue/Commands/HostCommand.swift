internal import ArgumentParser
internal import Core
internal import Governance
internal import Storage

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
    try output.show(of: try Open.host(try common.opening()), ask)
  }
}

extension OutputOptions {
  /// Shows what a host answers, then what it has to say of how that was stored.
  func show(of host: Host, _ ask: (Host) throws -> Answer) throws {
    defer { StandardError.warn(host.takeWarnings()) }
    try show(try ask(host))
  }

  /// Writes the answer where and how it was asked for, then its warnings; its problems
  /// are thrown, so that they decide the exit status.
  func show(_ answer: Answer) throws {
    ProgressBar.standardError.clear()
    let width = output == nil ? Screen.width : Screen.unlimited
    try deliver { try $0(answer.rendered(as: chosen, in: Spoken.language, width: width)) }
    for warning in answer.warnings { StandardError.warn(warning) }
    if !answer.problems.isEmpty { throw Problems(answer.problems) }
  }

  /// The same for rows that come one after another.
  func show(_ listing: Listing) throws {
    try deliver { try listing.write(as: chosen, in: Spoken.language, to: $0) }
  }

  /// Whether an answer is wanted as what can be written row by row.
  var streams: Bool { Listing.streams(as: chosen) }

  private func deliver(_ body: ((String) throws -> Void) throws -> Void) throws {
    guard let output else { return try body(Output.standard.write) }
    let file = try OutputFile(output)
    // Spreadsheets take a file for UTF-8 only when it says so.
    if chosen == .csv { try file.write("\u{FEFF}") }
    try body(file.write)
    try file.finish()
  }
}
