internal import Governance
internal import Lua

/// One named entry of a table that a script function takes: `unit` of `{ unit = "sll-02" }`.
struct Option {
  /// What an entry may be.
  enum Sort {
    case text, words, boolean, number, day, period
    case integer(ClosedRange<Int>)
    case choice([String])
  }

  let name: String
  let sort: Sort
  let summary: Bilingual
  let isNeeded: Bool

  init(_ name: String, _ sort: Sort, _ chinese: String, _ english: String, isNeeded: Bool = false) {
    self.name = name
    self.sort = sort
    self.summary = Bilingual(chinese, english)
    self.isNeeded = isNeeded
  }

  fileprivate var documentation: OptionDocumentation {
    OptionDocumentation(name: name, summary: summary, type: sort.luaType, isNeeded: isNeeded)
  }
}

/// The entries that one table may have, declared beside the function that takes it.
protocol OptionList {
  static var options: [Option] { get }
}

/// A table of options as an argument; left out, it has none.
struct Options<List: OptionList>: LuaReadable {
  let table: OptionTable

  static var luaName: String { "table" }
  static var isOptional: Bool { true }
  static var options: [OptionDocumentation] { List.options.map(\.documentation) }

  static func read(_ arguments: borrowing Arguments, at index: Int) throws -> Options? {
    let value = try arguments.value(at: index)
    return Options(table: try OptionTable(value.isNil ? [:] : value, List.options))
  }
}

/// A list whose items are tables of options; a text, or one in both languages, stands for
/// an item's title.
struct OptionItems<List: OptionList>: LuaReadable {
  let items: [OptionTable]

  static var luaName: String { "table" }
  static var options: [OptionDocumentation] { List.options.map(\.documentation) }

  static func read(_ arguments: borrowing Arguments, at index: Int) throws -> OptionItems? {
    guard let items = try arguments.value(at: index).items else { return nil }
    let takesTitles = List.options.contains { $0.name == "title" }
    return OptionItems(
      items: try items.enumerated().map { number, item throws(Problem) in
        if takesTitles, let title = try item.readWords() {
          return OptionTable(["title": title.luaValue], needing: List.options)
        }
        return try OptionTable(item, List.options, number: number + 1)
      })
  }
}

/// The entries of a table of options, each known and of its sort.
struct OptionTable {
  private let values: [String: LuaValue]

  /// - Parameter number: which item of a list it is.
  /// - Throws: `input.invalid` for what is no such table, an entry that no option names, with
  ///   the nearest one, an entry of another sort, and one that is needed and missing.
  init(_ value: LuaValue, _ options: [Option], number: Int? = nil) throws(Problem) {
    guard let fields = value.onlyFields else { throw .notOptions(value, options, number) }
    for name in fields.keys.sorted() {
      guard let option = options.first(where: { $0.name == name }) else {
        throw .noSuchOption(name, options)
      }
      let value = fields[name] ?? .nil
      guard option.sort.admits(value) else { throw .optionExpects(option, value) }
    }
    for option in options where option.isNeeded && fields[option.name] == nil {
      throw .optionMissing(option, number)
    }
    values = fields
  }

  /// Entries made by the program itself.
  fileprivate init(_ values: [String: LuaValue], needing options: [Option]) {
    self.values = values
  }

  subscript(name: String) -> LuaValue { values[name] ?? .nil }

  func day(_ name: String) throws(Problem) -> Day? {
    guard let text = self[name].text else { return nil }
    return try Day.parse(text)
  }
}

extension Option.Sort {
  fileprivate func admits(_ value: LuaValue) -> Bool {
    switch self {
    case .text: value.text != nil
    case .words: (try? value.readWords()) != nil
    case .boolean: value.bool != nil
    case .number: value.rational != nil
    case .day: value.text.map { Day($0) != nil } ?? false
    case .period: value.text != nil || value.object(as: ScriptPeriod.self) != nil
    case .integer(let range): value.int.map(range.contains) ?? false
    case .choice(let choices): value.text.map(choices.contains) ?? false
    }
  }

  /// What it is called in the reference and by editors.
  fileprivate var luaType: String {
    switch self {
    case .text, .day: "string"
    case .words: ScriptWords.luaName
    case .boolean: "boolean"
    case .number: "number|decimal"
    case .period: "string|period"
    case .integer: "integer"
    case .choice(let choices): choices.map { "\"\($0)\"" }.joined(separator: "|")
    }
  }

  fileprivate var words: Words {
    switch self {
    case .text: .aText
    case .words: Words("文字或 { zh = …, en = … }", "a text or { zh = …, en = … }")
    case .boolean: Words("true 或 false", "true or false")
    case .number: Words("数", "a number")
    case .day: Words("日期，如 \"2026-05-12\"", "a date such as \"2026-05-12\"")
    case .period: Words("期间，如 \"2026-04\"", "a period such as \"2026-04\"")
    case .integer(let range):
      range.lowerBound == .min
        ? Words("整数", "a whole number")
        : range.upperBound == .max
          ? Words("不小于 \(range.lowerBound) 的整数", "a whole number of \(range.lowerBound) or more")
          : Words(
            "\(range.lowerBound) 到 \(range.upperBound) 的整数",
            "a whole number from \(range.lowerBound) to \(range.upperBound)")
    case .choice(let choices):
      Words(
        choices.map { "\"\($0)\"" }.joined(separator: "、"),
        choices.map { "\"\($0)\"" }.joined(separator: ", "))
    }
  }

  /// How it is written, for a hint.
  fileprivate var example: String {
    switch self {
    case .boolean: "true"
    case .number, .integer: "2"
    case .day: "\"2026-05-12\""
    case .period: "\"2026-04\""
    case .choice(let choices): "\"\(choices.first ?? "")\""
    case .text, .words: "\"…\""
    }
  }
}

extension Words {
  fileprivate var luaValue: LuaValue { ["zh": .string(chinese), "en": .string(english)] }
}

extension LuaValue {
  /// The fields of a table that has nothing but named ones; nil for anything else.
  var onlyFields: [String: LuaValue]? {
    if case .mixed = self { nil } else { fields }
  }

  /// The items of a table that has nothing but items; nil for anything else.
  var onlyItems: [LuaValue]? {
    switch self {
    case .list(let items): items
    case .record(let fields): fields.isEmpty ? [] : nil
    default: nil
    }
  }
}

extension Problem {
  private static func known(_ options: [Option]) -> Words {
    let names = options.map(\.name)
    guard !names.isEmpty else { return Words("这里没有选项", "there are no options here") }
    return Words(
      "可用：\(names.joined(separator: "、"))", "known: \(names.joined(separator: ", "))")
  }

  fileprivate static func notOptions(
    _ found: LuaValue, _ options: [Option], _ number: Int?
  ) -> Problem {
    let which = number.map { Words("第 \($0) 项", "item \($0)") } ?? Words("这里", "this")
    let example =
      options.first.map { option in
        let value = found.text.map { "\"\($0.prefix(60))\"" } ?? option.sort.example
        return "{ \(option.name) = \(value) }"
      } ?? "{}"
    return Problem(
      .inputInvalid,
      Words(
        "\(which.chinese)要一个写明名称的表，得到的是 \(found.spelled)",
        "\(which.english) should be a table of named options, found \(found.spelled)"),
      hint: Words(
        "写成 \(example)；\(known(options).chinese)",
        "write \(example); \(known(options).english)"))
  }

  fileprivate static func noSuchOption(_ name: String, _ options: [Option]) -> Problem {
    Problem(
      .inputInvalid, Words("没有“\(name)”这个选项", "there is no option '\(name)'"),
      hint: nearest(to: name, in: options.map(\.name)).map {
        Words("是不是想写“\($0)”？", "did you mean '\($0)'?")
      } ?? known(options))
  }

  fileprivate static func optionExpects(_ option: Option, _ found: LuaValue) -> Problem {
    let sort = option.sort.words
    var hint: Words?
    if case .choice(let choices) = option.sort, let text = found.text {
      hint = nearest(to: text, in: choices).map {
        Words("是不是想写“\($0)”？", "did you mean '\($0)'?")
      }
    }
    return Problem(
      .inputInvalid,
      Words(
        "选项“\(option.name)”应为\(sort.chinese)，这里是 \(found.spelled)",
        "the option '\(option.name)' should be \(sort.english), found \(found.spelled)"),
      hint: hint
        ?? Words(
          "如 \(option.name) = \(option.sort.example)",
          "such as \(option.name) = \(option.sort.example)"))
  }

  fileprivate static func optionMissing(_ option: Option, _ number: Int?) -> Problem {
    let which = number.map { Words("第 \($0) 项", "item \($0) ") } ?? Words("", "")
    return Problem(
      .inputInvalid,
      Words(
        "\(which.chinese)没有写“\(option.name)”（\(option.summary.chinese)）",
        "\(which.english)has no '\(option.name)' (\(option.summary.english))"),
      hint: Words(
        "如 \(option.name) = \(option.sort.example)",
        "such as \(option.name) = \(option.sort.example)"))
  }
}
