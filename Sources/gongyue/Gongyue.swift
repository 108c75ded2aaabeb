internal import ArgumentParser
internal import Governance

/// The command line: decode, ask the host, render.
@main struct Gongyue: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gongyue",
    abstract: say("公约：街道和社区自己写规矩的工具", "Gongyue: communities write their own rules"),
    subcommands: [
      Init.self, Units.self, Records.self, Settings.self, Why.self, Change.self, Plugin.self,
      Assess.self, Close.self, Replay.self, Run.self, Eval.self, Audit.self, Backup.self,
      Restore.self, Doctor.self, API.self, Version.self,
    ])

  static func main() {
    Shell(arguments: Array(CommandLine.arguments.dropFirst())).run()
  }
}
