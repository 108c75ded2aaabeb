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
    let faults = FormulaFaults(at: place, code: .pluginInvalid)
    let keys = ["id", "title", "arguments", "run"]
    guard let reader = TableReader(table, at: "", faults, keys: keys) else {
      throw Problems(faults.problems)
    }
    let id = reader.id("id")
    let title = reader.words("title", needed: true)
    let items = reader.items("arguments")
    let arguments = items.compactMap { Argument($0.value, at: $0.path, faults) }
    Argument.checkTwice(arguments.map(\.name), faults)
    let run = reader.function("run", needed: true)
    guard faults.problems.isEmpty, let id, let title, let run else {
      throw Problems(faults.problems)
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

extension CommandDeclaration.Argument {
  /// Reads one item of `arguments`; nil, with problems, where it is none.
  fileprivate init?(_ value: LuaValue, at path: String, _ faults: FormulaFaults) {
    let keys = ["name", "type", "title", "required", "default"]
    guard let reader = TableReader(value, at: path, faults, keys: keys) else { return nil }
    let before = faults.problems.count
    let name = reader.read(
      "name", as: Words("没有空格和等号的名称", "a name without blanks and '='"), needed: true
    ) { $0.text.flatMap { Self.isName($0) ? $0 : nil } }
    let sort =
      reader.choice("type", Sort.allCases.map(\.rawValue)).flatMap(Sort.init(rawValue:)) ?? .text
    let title = reader.words("title")
    let isRequired = reader.boolean("required") ?? false
    let fallback = reader.read("default", as: sort.label) { Self.fallback($0, sort) }
    guard let name, faults.problems.count == before else { return nil }
    self.init(
      name: name, title: title ?? Words(verbatim: name), sort: sort, isRequired: isRequired,
      fallback: fallback ?? .nil)
  }

  fileprivate static func checkTwice(_ names: [String], _ faults: FormulaFaults) {
    for (index, name) in names.enumerated() where names[..<index].contains(name) {
      faults.add("arguments", Words("“\(name)”写了两次", "'\(name)' is given twice"))
    }
  }

  /// What stands before the `=` of the command line.
  private static func isName(_ text: String) -> Bool {
    !text.isEmpty
      && text.unicodeScalars.allSatisfy {
        $0 != "=" && !$0.properties.isWhitespace && $0.properties.generalCategory != .control
      }
  }

  private static func decimal(_ value: LuaValue) -> LuaValue? {
    switch value {
    case .decimal: value
    case .integer(let number): LuaValue(Decimal(number))
    case .number(let number): Decimal("\(number)").map { LuaValue($0) }
    default: nil
    }
  }

  /// A default as `run` gets it: the same as if it had been typed; nil for another type.
  private static func fallback(_ value: LuaValue, _ sort: Sort) -> LuaValue? {
    switch sort {
    case .text, .unit: value.text.map { .string($0) }
    case .integer: value.int64.map { .integer($0) }
    case .decimal: decimal(value)
    case .boolean: value.bool.map { .boolean($0) }
    case .day: value.text.flatMap { Day($0) }.map { .string($0.description) }
    case .period:
      value.text.flatMap { try? Period.parse($0) }.map { .object(HostObject(ScriptPeriod($0))) }
    }
  }
}

extension CommandDeclaration.Argument.Sort {
  /// What a default of the type looks like in a declaration.
  fileprivate var label: Words {
    switch self {
    case .text: Words("文字", "a text")
    case .unit: Words("单位的代码或名称", "a unit's id or name")
    case .integer: Words("整数", "a whole number")
    case .decimal: Words("数", "a number")
    case .boolean: Words("true 或 false", "true or false")
    case .day: Words("日期，如 2026-03-01", "a date like 2026-03-01")
    case .period: Words("期间，如 2026-04", "a period like 2026-04")
    }
  }
}
