public import Governance
public import Lua

/// Everything that scripts can call: this list is the contract.
///
/// From it come the interpreter's functions, the argument errors, `help()`, the
/// reference page and the editor's stubs.
public struct ScriptAPI {
  public let context: ScriptContext

  public init(_ context: ScriptContext) {
    self.context = context
  }

  /// - Parameter isGlobal: in `run`, `eval` and at the prompt `gongyue` is a global too.
  public func module(isGlobal: Bool = false) -> HostModule {
    module(with: [], isGlobal: isGlobal)
  }

  func module(with more: [HostFunction], isGlobal: Bool = false) -> HostModule {
    HostModule(
      "gongyue", Bilingual("公约的脚本接口", "The script API of Gongyue."),
      functions: comparisons + DefinitionAPI(context: context).functions + settings
        + [words, log, assess, help] + more,
      values: values, modules: modules, isGlobal: isGlobal)
  }

  public var types: [HostType] {
    QueryAPI(context: context).types + ComparisonAPI.types + DefinitionAPI(context: context).types
      + [
        PeriodAPI(context: context).type, SubjectAPI(context: context).type, ReportAPI.type,
        ChecklistAPI(context: context).type,
      ]
  }

  private var comparisons: [HostFunction] { ComparisonAPI(context: context).functions }

  private var modules: [HostModule] {
    [CalendarAPI(context: context).module, TextAPI.module, JSONAPI.module, ReportAPI.module]
      + NumberAPI.modules
  }

  private var values: [String: LuaValue] {
    var values: [String: LuaValue] = ["missing": ComparisonAPI.missing]
    for kind in context.kinds {
      values[kind.collection] = .object(HostObject(ScriptQuery(Query(kind: kind.id))))
    }
    values["today"] = context.today.map { .string($0.description) }
    return values
  }

  /// What a collection may not be called: it would hide something of the API, or be no name in Lua.
  public static func problems(withKinds kinds: [Kind]) -> [Problem] {
    let api = ScriptAPI(.documentation())
    let module = api.module()
    let reserved = Set(module.functions.map(\.name) + module.modules.map(\.name))
      .union(["missing", "today", "settings", "state", "measure", "test"])
    return kinds.compactMap { kind in
      let name = kind.collection
      guard reserved.contains(name) || luaKeywords.contains(name) || !isName(name) else {
        return nil
      }
      return Problem(
        .pluginInvalid,
        Words(
          "“\(kind.label.chinese)”的复数名“\(name)”与脚本接口或 Lua 关键字相同，或不是名称",
          "the plural '\(name)' of \(kind.label.english) is taken by the script API or by Lua, or is no name"
        ))
    }
  }

  static let luaKeywords: Set<String> = [
    "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in",
    "local", "nil", "not", "or", "repeat", "return", "then", "true", "until", "while",
  ]

  private static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, !(48...57).contains(first) else { return false }
    return text.utf8.allSatisfy {
      (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "_")
    }
  }
}

/// Settings, log, assessments, help.
extension ScriptAPI {
  private var settings: [HostFunction] {
    let key = Parameter<String>("key", Bilingual("设置的代码", "the setting's key"))
    let options = Parameter<Options<SettingOptions>>(
      "options", Bilingual("问的是谁、哪一天的", "whose it is, and on which day"))
    return [
      HostFunction(
        "setting", Bilingual("设置的值", "The value of a setting."), key, options,
        returns: Bilingual("值", "the value")
      ) { key, options -> LuaValue in
        let (unit, day) = try self.target(options.table)
        let world = try self.context.require(Words("读取设置", "read settings"))
        return try world.setting(key, unit: unit, on: day).map { LuaValue($0) } ?? .nil
      },
      HostFunction(
        "why", Bilingual("设置的值从哪里来", "Where the value of a setting comes from."), key, options,
        returns: Bilingual("说明", "the explanation")
      ) { key, options -> String in
        let (unit, day) = try self.target(options.table)
        let world = try self.context.require(Words("读取设置", "read settings"))
        return try world.why(key, unit: unit, on: day)
      },
    ]
  }

  private enum SettingOptions: OptionList {
    static let options = [
      Option(
        "unit", .text, "单位的代码或名称；不写则是考核对象或街道的",
        "a unit's id or name; the subject's or the street's without"),
      Option("on", .day, "哪一天的；不写则是今天或期末的", "on which day; today or the period's last without"),
    ]
  }

  private func target(_ options: OptionTable) throws -> (UnitID?, Day?) {
    let world = try context.require(Words("读取设置", "read settings"))
    let unit = try options["unit"].text.map { try world.unit(named: $0) }
    if let unit { try world.admit(unit) }
    return (unit, try options.day("on"))
  }

  private var words: HostFunction {
    HostFunction(
      "words",
      Bilingual("读的人所用语言的文字", "A text in the language of whoever reads."),
      Parameter(
        "texts",
        Bilingual("{ zh = …, en = … }；只写一段文字则两种语言都用它", "{ zh = …, en = … }; one text is for both"),
        as: ScriptWords.self),
      returns: Bilingual("文字", "the text")
    ) { $0.words.text(in: self.context.language) }
  }

  private var log: HostFunction {
    HostFunction(
      "log", Bilingual("在运行日志里记一行", "Writes a line to the run's log."),
      Parameter("text", Bilingual("文字", "the text"), as: String.self)
    ) { text in
      try self.context.require(Words("记日志", "write a log")).log(text)
    }
  }

  private var assess: HostFunction {
    HostFunction(
      "assess", Bilingual("按公式考核；只在命令里", "Assesses by a formula; in commands only."),
      Parameter("formula", Bilingual("公式的代码", "the formula's id"), as: String.self),
      Parameter("period", Bilingual("期间", "the period"), as: LuaValue.self),
      returns: Bilingual("{ period, units = { … } }", "{ period, units = { … } }")
    ) { formula, period -> LuaValue in
      guard self.context.capabilities.purpose != .formula else {
        throw Problem(
          .denied, Words("公式里不能再做考核", "a formula cannot assess"),
          hint: Words("请改用命令（gongyue.command）", "use a command (gongyue.command)"))
      }
      let world = try self.context.require(Words("考核", "assess"))
      return try world.assess(formula, ScriptPeriod.read(period))
    }
  }

  private var help: HostFunction {
    HostFunction(
      "help", Bilingual("某个函数的说明", "What a function does."),
      Parameter(
        "name",
        Bilingual(
          "如 \"calendar.add_workdays\"；不写则列出全部", "such as \"calendar.add_workdays\"; all without"),
        as: String?.self),
      returns: Bilingual("说明", "the text")
    ) { name -> String in
      ScriptReference(self, language: self.context.language).help(name)
    }
  }
}
