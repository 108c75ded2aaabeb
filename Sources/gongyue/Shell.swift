internal import ArgumentParser
internal import Glibc
internal import Governance

/// One call of the program: help or a command, its output, its errors, its exit status.
struct Shell {
  let arguments: [String]

  /// `gongyue --version` is what every other program understands.
  init(arguments: [String]) {
    let isVersion = arguments.first == "--version"
    self.arguments = isVersion ? ["version"] + arguments.dropFirst() : arguments
  }

  /// Runs the command and ends the process with its status.
  func run() -> Never {
    // Whoever reads our output may stop early; that is no error.
    signal(SIGPIPE, SIG_IGN)
    var status: Int32 = 0
    do {
      try answer()
      try Output.standard.flush()
    } catch {
      try? Output.standard.flush()
      status = complain(about: error)
    }
    exit(status)
  }

  private func answer() throws {
    try Self.checkEncoding()
    if let typed = Spoken.typed(in: arguments), Language(rawValue: typed) == nil {
      throw Problem.unknownLanguage(typed)
    }
    if let topic = HelpTopic(arguments) { return try Output.standard.show(topic) }
    let command = try parsed()
    guard type(of: command).configuration.subcommands.isEmpty else { throw usage(message: "") }
    try (command as? any PrintingCommand)?.output.check()
    var runnable = command
    try runnable.run()
  }

  /// Swift puts U+FFFD where arguments are no UTF-8: what was typed is lost, and would be
  /// stored so.
  private static func checkEncoding() throws {
    for index in 1..<max(1, Int(CommandLine.argc)) {
      guard let bytes = CommandLine.unsafeArgv[index] else { continue }
      if String(validatingCString: bytes) == nil { throw Problem.notUTF8(argument: index) }
    }
  }

  private func parsed() throws -> any ParsableCommand {
    do {
      return try Gongyue.parseAsRoot(CommonOptions.movedBehindCommand(arguments))
    } catch {
      if Gongyue.exitCode(for: error) == .success {
        // A completion script was asked for.
        try Output.standard.write(Gongyue.fullMessage(for: error) + "\n")
        throw Finished()
      }
      throw usage(message: Gongyue.message(for: error))
    }
  }

  /// What is wrong with the arguments, in our words.
  private func usage(message: String) -> Problems {
    Usage(of: CommandInfo.root)
      .problems(in: CommonOptions.movedBehindCommand(arguments), message: message)
  }

  /// Ends the process at once, from whatever thread notices that it cannot go on:
  /// nothing is flushed or committed any more.
  static func giveUp(over problem: Problem) {
    StandardError.report(Problems([problem]))
    _exit(problem.code.exitStatus)
  }

  /// Shows what went wrong and says which status it gives.
  private func complain(about error: any Error) -> Int32 {
    ProgressBar.standardError.clear()
    if error is Finished { return 0 }
    let problems =
      switch error {
      case let problem as Problem: [problem]
      case let problems as Problems: problems.all
      default: [Problem.unexpected(error)]
      }
    StandardError.report(Problems(problems))
    return problems[0].code.exitStatus
  }
}

/// Everything asked for has been written; thrown to end early without an error.
struct Finished: Error {}

extension Problem {
  /// An error that no layer put into words.
  static func unexpected(_ error: any Error) -> Problem {
    Problem(
      .internal,
      Words("程序内部错误：\(error)", "unexpected error: \(error)"),
      hint: Words("请把这条信息报告给维护者", "please report this to the maintainers"))
  }
}
