internal import Governance

/// What `gongyue help …` and `--help` ask about.
enum HelpTopic {
  case program
  case command(CommandInfo)
  case errors
  case options
  case unknown(Problem)

  /// Nil when the arguments ask for something else than help.
  init?(_ arguments: [String]) {
    let words = CommonOptions.movedBehindCommand(arguments).prefix { $0 != "--" }
    if !arguments.contains("--"), Self.withoutOptions(words).isEmpty, !words.contains("--help") {
      self = .program
    } else if words.first == "help" {
      self = Self.topic(Self.withoutOptions(words.dropFirst()))
    } else if words.contains("--help") || words.contains("-h") {
      self = Self.topic(Array(words.prefix(CommandInfo.pathLength(in: Array(words)))))
    } else {
      return nil
    }
  }

  /// The words without common options and their values: only `--lang` means anything to help.
  private static func withoutOptions(_ words: some Sequence<String>) -> [String] {
    var names: [String] = []
    var isValue = false
    for word in words {
      if !isValue, !CommonOptions.names.contains(String(word.prefix { $0 != "=" })) {
        names.append(word)
      }
      isValue = !isValue && CommonOptions.names.contains(word)
    }
    return names.filter { $0 != "--help" && $0 != "-h" }
  }

  private static func topic(_ names: [String]) -> HelpTopic {
    switch names {
    case []: return .program
    case ["errors"]: return .errors
    case ["options"]: return .options
    default: break
    }
    var command = CommandInfo.root
    for name in names {
      guard let next = command.subcommand(name) else {
        let known = command.subcommands.map { $0.path.last! } + ["errors", "options"]
        return .unknown(.unknownCommand(name, under: command.path, known: known))
      }
      command = next
    }
    return .command(command)
  }

  /// The page, or the problem when there is no such page.
  func report() throws -> Report {
    switch self {
    case .program: Self.program(CommandInfo.root)
    case .command(let command): Self.page(of: command)
    case .errors: Self.errors()
    case .options: Self.options()
    case .unknown(let problem): throw problem
    }
  }

  private static func program(_ root: CommandInfo) -> Report {
    Report(
      Words(verbatim: root.abstract),
      [
        .paragraph(
          Words("用法：gongyue 命令 [参数] [选项]", "usage: gongyue COMMAND [arguments] [options]")),
        .tree(root.subcommands.map { line($0.path.last!, $0.abstract) }),
        .paragraph(
          Words(
            "详见：gongyue help 命令、help options（通用选项）、help errors（错误代码）",
            "more: gongyue help COMMAND, gongyue help options, gongyue help errors")),
      ])
  }

  private static func page(of command: CommandInfo) -> Report {
    let usage = say("用法：", "usage: ")
    var blocks: [Report.Block] = [
      .verbatim(usage + command.synopsis(indent: DisplayWidth.of(usage)))
    ]
    if !command.discussion.isEmpty {
      blocks.append(.paragraph(Words(verbatim: command.discussion)))
    }
    let lines =
      command.subcommands.map { line($0.path.last!, $0.abstract) }
      + (command.positionals + command.ownOptions).map { line($0.typed, $0.abstract) }
    if !lines.isEmpty { blocks.append(.tree(lines)) }
    let shared = command.sharedOptions.flatMap(\.names).joined(separator: " ")
    if !shared.isEmpty {
      blocks.append(
        .paragraph(
          Words(
            "另有（见 gongyue help options）：\(shared)", "also (see gongyue help options): \(shared)")
        ))
    }
    return Report(Words(verbatim: command.abstract), blocks)
  }

  private static func options() -> Report {
    let shared = CommandInfo.root.subcommand("units")?.sharedOptions ?? []
    return Report(
      Words("所有命令都有的选项", "Options of all commands"),
      [
        .tree(shared.map { line($0.typed, $0.abstract) }),
        .paragraph(
          Words(
            "身份（--as）：street_leader office supervision，以及带单位的 secretary worker head council "
              + "receptionist resident；楼栋长写成 head@sll-02/B07，居民可写本人编号。",
            "Roles (--as): street_leader office supervision, and with a unit secretary worker head "
              + "council receptionist resident; a building head is head@sll-02/B07, a resident may name the own record."
          )),
      ])
  }

  private static func errors() -> Report {
    let rows = ErrorCode.allCases.map { code -> [Cell] in
      [.verbatim(code.rawValue), .number(Int(code.exitStatus)), .text(code.meaning)]
    }
    return Report(
      Words("错误代码和退出状态", "Error codes and exit statuses"),
      [
        .table(
          Table(
            nil, [.text("代码", "Code"), .number("状态", "Status"), .text("含义", "Meaning")], rows)),
        .paragraph(
          Words(
            "退出状态：0 完成，1 被拒绝或失败，64 命令写错，65 数据有误，74 读写失败，75 超出限额，77 没有权限。",
            "Exit status: 0 done, 1 refused or failed, 64 wrong usage, 65 bad input data, "
              + "74 I/O, 75 a budget was exceeded, 77 not permitted.")),
      ])
  }

  private static func line(_ name: String, _ abstract: String) -> Report.TreeLine {
    Report.TreeLine(1, Words(verbatim: name), note: Words(verbatim: abstract))
  }
}

extension Output {
  /// Shows a page of help.
  func show(_ topic: HelpTopic) throws {
    try write(topic.report().text(in: Spoken.language, width: min(Screen.width, 80)))
  }
}
