internal import ArgumentParser
internal import Core
internal import Governance

struct Plugin: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plugin",
    abstract: say("检查、测试、启用和停用插件", "check, test, enable and disable plugins"),
    subcommands: [
      Check.self, Test.self, List.self, Show.self, Enable.self, Disable.self,
    ])

  struct Check: HostCommand {
    static let configuration = CommandConfiguration(
      commandName: "check",
      abstract: say("一次列出插件的所有错误", "list everything wrong with plugins"))

    @Argument(
      help: ArgumentHelp(
        say("插件目录或代码（默认：全部）", "folders or ids (default: all)"), valueName: "PLUGIN"),
      completion: .directory)
    var plugins: [String] = []

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions

    func ask(_ host: Host) throws -> Answer {
      try host.checkPlugins(plugins)
    }
  }

  struct Test: PrintingCommand {
    static let configuration = CommandConfiguration(
      commandName: "test", abstract: say("运行插件自带的测试", "run the plugins' own tests"))

    @Argument(
      help: ArgumentHelp(
        say("插件目录或代码（默认：全部）", "folders or ids (default: all)"), valueName: "PLUGIN"),
      completion: .directory)
    var plugins: [String] = []

    @Flag(
      help: ArgumentHelp(
        say("随程序提供的插件，不需要工作区", "those that come with the program; needs no workspace")))
    var shipped = false

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      if shipped {
        return try output.show(try Host.testShipped(try common.opening(), drivers: Open.drivers))
      }
      try output.show(try Open.host(try common.opening()).testPlugins(plugins))
    }
  }

  struct List: HostCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: say("列出所有插件", "list all plugins"))

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions

    func ask(_ host: Host) throws -> Answer {
      try host.plugins()
    }
  }

  struct Show: HostCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: say("一个插件提供什么、读写什么", "what a plugin offers, reads and writes"))

    @Argument(help: ArgumentHelp(say("插件代码", "the plugin's id"), valueName: "PLUGIN"))
    var plugin: String

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions

    func ask(_ host: Host) throws -> Answer {
      try host.plugin(plugin)
    }
  }

  struct Enable: HostCommand {
    static let configuration = CommandConfiguration(
      commandName: "enable",
      abstract: say("启用插件，或确认它的新版本", "enable a plugin or accept its new version"))

    @Argument(help: ArgumentHelp(say("插件代码", "the plugin's id"), valueName: "PLUGIN"))
    var plugin: String

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions

    func ask(_ host: Host) throws -> Answer {
      try host.enablePlugin(plugin)
    }
  }

  struct Disable: HostCommand {
    static let configuration = CommandConfiguration(
      commandName: "disable", abstract: say("停用插件", "disable a plugin"))

    @Argument(help: ArgumentHelp(say("插件代码", "the plugin's id"), valueName: "PLUGIN"))
    var plugin: String

    @Option(help: ArgumentHelp(say("为什么停用", "why"), valueName: "TEXT"))
    var reason: String?

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions

    func ask(_ host: Host) throws -> Answer {
      try host.disablePlugin(plugin, reason: reason)
    }
  }
}
