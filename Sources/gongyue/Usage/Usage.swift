internal import Governance

/// Explains a command line that the argument parser refused, everything wrong at once.
struct Usage {
  private let root: CommandInfo

  init(of root: CommandInfo) {
    self.root = root
  }

  /// - Parameter message: what the parser said, shown only when nothing better is found.
  func problems(in arguments: [String], message: String) -> Problems {
    var command = root
    var rest = arguments[...]
    while !command.subcommands.isEmpty {
      let known = command.subcommands.map { $0.path.last! }
      guard let name = rest.popFirst() else {
        return Problems([.missingCommand(under: command.path, known: known)])
      }
      guard let next = command.subcommand(name) else {
        let isOption = name.hasPrefix("-")
        return Problems([
          isOption
            ? .unknownOption(name, known: Array(CommonOptions.names), usage: Self.line(of: command))
            : .unknownCommand(name, under: command.path, known: known)
        ])
      }
      command = next
    }
    var check = Check(command: command)
    check.read(Array(rest))
    let found = check.problems
    return Problems(found.isEmpty ? [.wrongUsage(message, usage: Self.line(of: command))] : found)
  }

  fileprivate static func line(of command: CommandInfo) -> Words {
    Words("用法：\(command.synopsis)", "usage: \(command.synopsis)")
  }
}

/// One pass over the arguments of one command.
private struct Check {
  let command: CommandInfo
  private(set) var problems: [Problem] = []
  private var positionals: [String] = []
  private var seen: Set<String> = []

  init(command: CommandInfo) {
    self.command = command
  }

  mutating func read(_ arguments: [String]) {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      if argument == "--" {
        positionals += rest
        break
      }
      if argument.hasPrefix("-"), argument != "-" {
        read(option: argument, &rest)
      } else {
        positionals.append(argument)
      }
    }
    checkPositionals()
    for option in command.options where option.kind == .option && !option.isOptional {
      if seen.isDisjoint(with: option.names) {
        problems.append(.missingOption(option.typed, usage: usage))
      }
    }
  }

  private mutating func read(option argument: String, _ rest: inout ArraySlice<String>) {
    let name = String(argument.prefix { $0 != "=" })
    guard let option = command.options.first(where: { $0.names.contains(name) }) else {
      refuse(unknown: argument, name, &rest)
      return
    }
    seen.insert(name)
    let attached = argument.count > name.count ? String(argument.dropFirst(name.count + 1)) : nil
    if option.kind == .flag {
      if attached != nil { problems.append(.flagTakesNoValue(name)) }
      return
    }
    if attached == nil, let next = rest.first, Self.isNegative(next) {
      rest.removeFirst()
      problems.append(.negativeValue(next, of: name))
      return
    }
    guard let value = attached ?? value(from: &rest) else {
      problems.append(.missingValue(of: name, named: option.valueName, usage: usage))
      return
    }
    check(value, of: option, named: name)
  }

  /// A mistyped option takes its value with it, so that is not called superfluous too.
  private mutating func refuse(
    unknown argument: String, _ name: String, _ rest: inout ArraySlice<String>
  ) {
    let known = command.options.flatMap(\.names)
    problems.append(.unknownOption(name, known: known, usage: usage))
    guard let meant = nearest(to: name, in: known) else { return }
    seen.insert(meant)
    let option = command.options.first { $0.names.contains(meant) }
    if option?.kind == .option, !argument.contains("=") { _ = value(from: &rest) }
  }

  /// `-3` looks like an option and is none.
  private static func isNegative(_ text: String) -> Bool {
    text.hasPrefix("-") && text.dropFirst().first.map { $0.isNumber } ?? false
  }

  /// The next argument, unless it is an option itself.
  private func value(from rest: inout ArraySlice<String>) -> String? {
    guard let next = rest.first, !next.hasPrefix("-") || next == "-" else { return nil }
    rest.removeFirst()
    return next
  }

  private mutating func checkPositionals() {
    let expected = command.positionals
    let missing = expected.dropFirst(positionals.count).filter { !$0.isOptional }
    if !missing.isEmpty {
      problems.append(.missingArguments(missing.map(\.valueName), usage: usage))
    }
    for (argument, value) in zip(expected, positionals) {
      check(value, of: argument, named: argument.valueName)
    }
    guard expected.last?.isRepeating != true else { return }
    problems += positionals.dropFirst(expected.count).map { .extraArgument($0, usage: usage) }
  }

  private mutating func check(_ value: String, of argument: ArgumentInfo, named name: String) {
    guard !argument.values.isEmpty, !argument.values.contains(value) else { return }
    problems.append(.notOffered(value, by: name, values: argument.values))
  }

  private var usage: Words { Usage.line(of: command) }
}
