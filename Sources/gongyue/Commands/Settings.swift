internal import ArgumentParser
internal import Core
internal import Governance

struct Settings: HostCommand {
  static let configuration = CommandConfiguration(
    commandName: "settings",
    abstract: say("一个单位的全部设置及来源", "all settings of a unit and where they come from"))

  @Argument(
    help: ArgumentHelp(say("单位代码或名称", "the unit's id or name"), valueName: "UNIT"))
  var unit: String

  @Option(help: ArgumentHelp(say("与另一个单位比较", "compare with another unit"), valueName: "UNIT"))
  var diff: String?

  @Flag(help: ArgumentHelp(say("找出多余、无效或快到期的设置", "find idle, dead and expiring settings")))
  var lint = false

  @Option(help: ArgumentHelp(say("哪一天的设置", "as of this day"), valueName: "DATE"))
  var date: String?

  @OptionGroup var common: CommonOptions
  @OptionGroup var output: OutputOptions

  func check() throws {
    if lint, diff != nil { throw Problem.excludes("--diff", "--lint") }
  }

  func ask(_ host: Host) throws -> Answer {
    let day = try date.map { try readDay($0, option: "--date", on: host.today) }
    if lint { return try host.lintSettings(of: unit, on: day) }
    if let diff { return try host.settings(of: unit, comparedWith: diff, on: day) }
    return try host.settings(of: unit, on: day)
  }
}

struct Why: HostCommand {
  static let configuration = CommandConfiguration(
    commandName: "why",
    abstract: say("一个设置为什么是这个值", "why a setting has its value"))

  @Argument(help: ArgumentHelp(say("设置的代码或名称", "the setting's key or label"), valueName: "KEY"))
  var key: String

  @Argument(help: ArgumentHelp(say("单位代码或名称", "the unit's id or name"), valueName: "UNIT"))
  var unit: String

  @Option(help: ArgumentHelp(say("哪一天（默认：今天）", "on which day (default: today)"), valueName: "DATE"))
  var date: String?

  @OptionGroup var common: CommonOptions
  @OptionGroup var output: OutputOptions

  func ask(_ host: Host) throws -> Answer {
    try host.why(
      key, unit: unit, on: try date.map { try readDay($0, option: "--date", on: host.today) })
  }
}

/// The command `set`.
struct Change: HostCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: say("更改一个设置", "change a setting"),
    discussion: say(
      "为单位、类型或整个街道更改，三选一，并写明依据。", "For a unit, a type or the street (one of them), with its basis.")
  )

  @Argument(help: ArgumentHelp(say("设置的代码或名称", "the setting's key or label"), valueName: "KEY"))
  var key: String

  @Argument(help: ArgumentHelp(say("新的值", "the new value"), valueName: "VALUE"))
  var value: String?

  @Option(help: ArgumentHelp(say("为这个单位", "for this unit"), valueName: "UNIT"))
  var unit: String?

  @Option(help: ArgumentHelp(say("为这类社区", "for this type of community"), valueName: "TYPE"))
  var type: String?

  @Flag(help: ArgumentHelp(say("为整个街道", "for the whole street")))
  var street = false

  @Option(
    help: ArgumentHelp(
      say("强度：default、set（默认）或 mandate", "default, set (the default) or mandate"),
      valueName: "STRENGTH"))
  var strength: Strength?

  @Option(help: ArgumentHelp(say("从哪一天起", "from this day"), valueName: "DATE"))
  var from: String?

  @Option(help: ArgumentHelp(say("到哪一天止（不含）", "until this day (excluded)"), valueName: "DATE"))
  var to: String?

  @Flag(help: ArgumentHelp(say("取消已有的设置", "take the setting away")))
  var unset = false

  @Flag(help: ArgumentHelp(say("只看会影响谁，不保存", "only show whose results change")))
  var impact = false

  @Option(help: ArgumentHelp(say("依据（会记入审计）", "what it rests on (recorded)"), valueName: "TEXT"))
  var basis: String

  @OptionGroup var common: CommonOptions
  @OptionGroup var output: OutputOptions

  enum Strength: String, CaseIterable, ExpressibleByArgument {
    case `default`, set, mandate
  }

  func check() throws {
    if unset, value != nil { throw Problem.excludes("VALUE", "--unset") }
    if !unset, value == nil { throw Problem.needsOneOf(["VALUE", "--unset"]) }
    _ = try target
  }

  func ask(_ host: Host) throws -> Answer {
    let change = SettingChange(
      key: key, value: value, target: try target, strength: strength?.rawValue,
      from: try from.map { try readDay($0, option: "--from", on: host.today) },
      to: try to.map { try readDay($0, option: "--to", on: host.today) }, basis: basis)
    return impact ? try host.impact(of: change) : try host.set(change)
  }

  private var target: SettingChange.Target {
    get throws {
      switch (unit, type, street) {
      case (let unit?, nil, false): .unit(unit)
      case (nil, let type?, false): .type(type)
      case (nil, nil, true): .street
      default: throw Problem.needsOneOf(["--unit", "--type", "--street"])
      }
    }
  }
}
