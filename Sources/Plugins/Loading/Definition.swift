public import Governance
public import Lua

/// One thing that a package offers, checked and ready to run.
public enum Definition: Sendable {
  case formula(FormulaDeclaration)
  case command(CommandDeclaration)

  public var id: String {
    switch self {
    case .formula(let formula): formula.id
    case .command(let command): command.id
    }
  }

  public var title: Words {
    switch self {
    case .formula(let formula): formula.title
    case .command(let command): command.title
    }
  }

  /// 公式, 命令.
  public var sort: Words {
    switch self {
    case .formula: Words("公式", "formula")
    case .command: Words("命令", "command")
    }
  }
}

/// What `gongyue run` calls: `gongyue.command { id, title, arguments, run }`.
public struct CommandDeclaration: Hashable, Sendable {
  public let id: String
  public let title: Words
  public let arguments: [Argument]
  public let run: LuaFunction
  public let place: Place

  /// One `name=value` of the command line.
  public struct Argument: Hashable, Sendable {
    public enum Sort: String, CaseIterable, Hashable, Sendable {
      case text, integer, decimal, boolean, day, period, unit
    }

    public let name: String
    public let title: Words
    public let sort: Sort
    public let isRequired: Bool
    public let fallback: LuaValue
  }
}

extension CommandDeclaration {
  /// Reads the table.
  ///
  /// - Throws: `Problems` (`plugin.invalid`) with everything that is wrong.
  public init(_ table: LuaValue, at place: Place) throws(Problems) {
    let reader = CommandReader(place: place)
    reader.checkKeys(
      table, known: ["id", "title", "arguments", "run"], of: Words("命令", "a command"))
    let id = reader.id(table["id"])
    let title = reader.title(table["title"])
    let arguments = (table["arguments"].items ?? []).compactMap { reader.argument($0) }
    let names = arguments.map(\.name)
    for (index, name) in names.enumerated() where names[..<index].contains(name) {
      reader.add(Words("参数“\(name)”写了两次", "the argument '\(name)' is given twice"))
    }
    if table["run"].function == nil {
      reader.add(
        Words("命令要有函数 run", "a command needs a function run"),
        hint: Words("run = function(arguments) … end", "run = function(arguments) … end"))
    }
    try reader.check()
    guard let id, let title, let run = table["run"].function else {
      throw Problems(reader.problems)
    }
    self.init(id: id, title: title, arguments: arguments, run: run, place: place)
  }

  /// Reads what was typed into the table that `run` gets.
  ///
  /// - Throws: `Problems` (`input.invalid`): unknown names with the nearest one,
  ///   values of the wrong type, what is missing.
  public func read(
    _ assignments: [Assignment], on today: Day? = nil
  ) throws(Problems) -> LuaValue {
    var values: [String: LuaValue] = [:]
    var problems: [Problem] = []
    for assignment in assignments {
      guard let argument = arguments.first(where: { $0.name == assignment.name }) else {
        problems.append(unknown(assignment.name))
        continue
      }
      do {
        values[argument.name] = try argument.read(assignment.value, on: today)
      } catch {
        problems.append(error)
      }
    }
    for argument in arguments where values[argument.name] == nil {
      if argument.isRequired, argument.fallback.isNil {
        problems.append(
          Problem(
            .inputInvalid,
            Words(
              "缺少参数“\(argument.name)”（\(argument.title.chinese)）",
              "the argument '\(argument.name)' (\(argument.title.english)) is missing"),
            hint: Words("\(argument.name)=…", "\(argument.name)=…")))
      } else {
        values[argument.name] = argument.fallback
      }
    }
    guard problems.isEmpty else { throw Problems(problems) }
    return .record(values)
  }

  private func unknown(_ name: String) -> Problem {
    let known = arguments.map(\.name)
    let near = nearest(to: name, in: known)
    return Problem(
      .inputInvalid, Words("命令“\(id)”没有参数“\(name)”", "'\(id)' has no argument '\(name)'"),
      hint: near.map { Words("是不是想写“\($0)”？", "did you mean '\($0)'?") }
        ?? Words(
          known.isEmpty ? "这个命令不带参数" : "可用：\(known.joined(separator: "、"))",
          known.isEmpty ? "it takes none" : "known: \(known.joined(separator: ", "))"))
  }
}

extension CommandDeclaration.Argument {
  /// What a person typed, as its type says.
  func read(_ text: String, on today: Day?) throws(Problem) -> LuaValue {
    let type = sort.typed
    if sort == .period {
      return .object(HostObject(ScriptPeriod(try Period.parse(text, today: today))))
    }
    if let value = type.read(text, Typing(today: today, label: title)) { return LuaValue(value) }
    let (expected, example) = (type.expectation, sort.example)
    throw Problem(
      .inputInvalid,
      Words(
        "参数“\(name)”应是\(expected.chinese)，不能是“\(text)”",
        "the argument '\(name)' takes \(expected.english), not '\(text)'"),
      hint: Words("例如 \(name)=\(example)", "for example \(name)=\(example)"))
  }
}

extension CommandDeclaration.Argument.Sort {
  /// What a person types for it.
  fileprivate var typed: ValueType {
    switch self {
    case .text, .unit: .text
    case .integer: .integer
    case .decimal: .decimal(places: nil)
    case .boolean: .boolean
    case .day: .day
    case .period: .period
    }
  }

  fileprivate var example: String {
    switch self {
    case .text: "…"
    case .unit: "sll-02"
    case .integer: "7"
    case .decimal: "7.5"
    case .boolean: "是"
    case .day: "2026-05-12"
    case .period: "2026-05"
    }
  }
}

/// Reads commands and notes what is wrong.
private final class CommandReader {
  let place: Place
  private(set) var problems: [Problem] = []

  init(place: Place) { self.place = place }

  func add(_ message: Words, hint: Words? = nil) {
    problems.append(Problem(.pluginInvalid, message, at: place, hint: hint))
  }

  func check() throws(Problems) {
    guard problems.isEmpty else { throw Problems(problems) }
  }

  func checkKeys(_ table: LuaValue, known: [String], of what: Words) {
    for key in (table.fields ?? [:]).keys.sorted() where !known.contains(key) {
      add(
        Words("\(what.chinese)里没有“\(key)”这一项", "\(what.english) has no '\(key)'"),
        hint: nearest(to: key, in: known).map { Words("是不是想写“\($0)”？", "did you mean '\($0)'?") }
          ?? Words("可用：\(known.joined(separator: "、"))", "known: \(known.joined(separator: ", "))"))
    }
  }

  func id(_ value: LuaValue) -> String? {
    guard let id = value.text, ManifestReader.isName(id) else {
      add(
        Words(
          "命令要有代码 id，用小写字母、数字和连字符",
          "a command needs an id of lower-case letters, digits and hyphens"))
      return nil
    }
    return id
  }

  func title(_ value: LuaValue) -> Words? {
    if let words = value.words { return words }
    add(Words("命令要有名称 title", "a command needs a title"))
    return nil
  }

  func argument(_ value: LuaValue) -> CommandDeclaration.Argument? {
    let what = Words("参数", "an argument")
    checkKeys(value, known: ["name", "type", "title", "required", "default"], of: what)
    guard let name = value["name"].text else {
      add(Words("参数要有名称 name", "an argument needs a name"))
      return nil
    }
    let type = value["type"].text ?? "text"
    guard let sort = CommandDeclaration.Argument.Sort(rawValue: type) else {
      let known = CommandDeclaration.Argument.Sort.allCases.map(\.rawValue)
      add(
        Words("参数“\(name)”没有“\(type)”这种类型", "the argument '\(name)' has no type '\(type)'"),
        hint: nearest(to: type, in: known).map { Words("是不是想写“\($0)”？", "did you mean '\($0)'?") }
          ?? Words("可用：\(known.joined(separator: "、"))", "known: \(known.joined(separator: ", "))"))
      return nil
    }
    return CommandDeclaration.Argument(
      name: name, title: value["title"].words ?? Words(verbatim: name), sort: sort,
      isRequired: value["required"].bool ?? false, fallback: value["default"])
  }
}
