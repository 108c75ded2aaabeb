internal import Governance
internal import Lua

extension LuaValue {
  init(_ value: Governance.Value?) {
    switch value {
    case nil: self = .nil
    case .boolean(let value): self = .boolean(value)
    case .integer(let value): self = .integer(value)
    case .decimal(let value): self = .decimal(units: value.units, places: value.places)
    case .text(let text): self = .string(text)
    case .day(let day): self = .string(day.description)
    case .instant(let instant): self = .integer(instant.milliseconds)
    }
  }

  init(_ value: SettingValue) {
    switch value {
    case .boolean(let value): self = .boolean(value)
    case .integer(let value): self = .integer(value)
    case .decimal(let value): self = .decimal(units: value.units, places: value.places)
    case .text(let text): self = .string(text)
    case .day(let day): self = .string(day.description)
    case .list(let items): self = .list(items.map { LuaValue($0) })
    case .map(let members): self = .record(members.mapValues { LuaValue($0) })
    }
  }

  init(_ decimal: Decimal) {
    self = .decimal(units: decimal.units, places: decimal.places)
  }

  /// A number exactly; a binary one as a person writes it. Nil for anything else.
  var rational: Rational? {
    switch self {
    case .integer(let value): Rational(value)
    case .decimal(let units, let places): Rational(Decimal(units: units, places: places))
    case .number(let value): Rational(value)
    default: nil
    }
  }

  /// What a value of this sort is called by its author, who never made a `comparison`.
  var named: Words {
    switch self {
    case .list, .record, .mixed: Words("表", "a table")
    case .function: Words("函数", "a function")
    case .object(let object): Self.names[object.type] ?? Words(verbatim: object.type)
    default: Words(verbatim: spelled)
    }
  }

  private static let names: [String: Words] = [
    ScriptQuery.luaType: Words(
      "查询（先 :count() 或 :list()）", "a query (:count() or :list() it first)"),
    ScriptGrouping.luaType: Words("分组的查询（先 :count() 等）", "a grouped query (:count() it first)"),
    ScriptComparison.luaType: Words("条件（gongyue.any 等）", "a condition (gongyue.any and so on)"),
    ScriptField.luaType: Words("gongyue.field", "gongyue.field"),
    ScriptPeriod.luaType: Words("期间", "a period"),
    ScriptRecord.luaType: Words("记录", "a record"),
    ScriptDefinition.luaType: Words("定义", "a definition"),
    ScriptSubject.luaType: Words("考核对象", "a subject"),
    ScriptReport.luaType: Words("报告", "a report"),
    ScriptChecklist.luaType: Words("清单", "a checklist"),
    FormulaMark.luaType: Words("没有数值的标记", "a mark without a number"),
  ]

  /// What the value is called in a message.
  var spelled: String {
    switch self {
    case .nil: "nil"
    case .boolean(let value): String(value)
    case .integer(let value): String(value)
    case .number(let value): String(value)
    case .decimal(let units, let places): Decimal(units: units, places: places).description
    case .string(let text): "“\(text.prefix(60))”"
    case .object(let object) where (object.value as? ScriptComparison)?.isMissing ?? false:
      "gongyue.missing"
    default: typeName
    }
  }
}

extension SettingValue {
  /// A script's value as a setting.
  ///
  /// - Throws: `input.invalid` for what no setting can be: a function, nil, an infinite number.
  init(script value: LuaValue) throws(Problem) {
    switch value {
    case .boolean(let value): self = .boolean(value)
    case .integer(let value): self = .integer(value)
    case .decimal(let units, let places): self = .decimal(Decimal(units: units, places: places))
    case .string(let text): self = .text(text)
    case .list(let items):
      var values: [SettingValue] = []
      for item in items { values.append(try SettingValue(script: item)) }
      self = .list(values)
    case .record(let fields):
      var members: [String: SettingValue] = [:]
      for (key, value) in fields { members[key] = try SettingValue(script: value) }
      self = .map(members)
    default:
      guard let decimal = value.rational?.decimal else {
        throw Problem(
          .inputInvalid,
          Words("\(value.spelled) 不能作为设置的值", "\(value.spelled) cannot be a setting"))
      }
      self = decimal.places == 0 ? .integer(decimal.units) : .decimal(decimal)
    }
  }
}

extension Field {
  /// A script's value in the form it is stored in.
  ///
  /// Accepted are also: a choice's Chinese or English label, a number for a
  /// decimal where nothing is lost, a period object for a period.
  ///
  /// - Throws: `input.invalid` naming field, value and what was expected.
  func value(_ raw: LuaValue) throws(Problem) -> Value {
    switch (type, raw) {
    case (.text, .string(let text)): return .text(text)
    case (.unit, .string(let text)): return .text(text)
    case (.boolean, .boolean(let value)): return .boolean(value)
    case (.integer, _), (.reference, _):
      if let number = raw.int64 { return .integer(number) }
    case (.decimal(let places), _):
      if let number = raw.rational?.decimal, let value = try? number.rescaled(to: places) {
        return .decimal(value)
      }
    case (.day, .string(let text)):
      if let day = Day(text) { return .day(day) }
    case (.instant, .string(let text)):
      if let instant = Instant(text) { return .instant(instant) }
    case (.instant, _):
      if let number = raw.int64 { return .instant(Instant(milliseconds: number)) }
    case (.period, .string(let text)):
      return .text(try Period.parse(text).description)
    case (.period, _):
      if let period = raw.object(as: ScriptPeriod.self) { return .text(period.period.description) }
    case (.choice(let choices), .string(let text)):
      return .text(try code(text, among: choices))
    default: break
    }
    throw .fieldExpects(self, raw)
  }

  private func code(_ text: String, among choices: [Choice]) throws(Problem) -> String {
    if choices.contains(where: { $0.code == text }) { return text }
    let labelled = choices.first { $0.label.chinese == text || $0.label.english == text }
    if let labelled { return labelled.code }
    throw .noSuchChoice(text, self, choices)
  }

  /// A stored value read back from a column of text or numbers.
  var conversion: LuaColumn.Conversion {
    switch type {
    case .boolean: .boolean
    case .decimal(let places): .decimal(places: places)
    default: .plain
    }
  }

  /// What scripts may compare it with, in words.
  var expected: Words {
    switch type {
    case .text: Words("文字", "text")
    case .integer: Words("整数", "a whole number")
    case .decimal(let places): Words("最多\(places)位小数的数", "a number with at most \(places) decimals")
    case .boolean: Words("true 或 false", "true or false")
    case .day: Words("日期，如 \"2026-05-12\"", "a date such as \"2026-05-12\"")
    case .instant:
      Words("时刻（毫秒数）、日期或期间", "a moment in milliseconds, a date or a period")
    case .period: Words("期间，如 \"2026-04\"", "a period such as \"2026-04\"")
    case .choice(let choices):
      Words(
        "下列之一：" + choices.map { "\($0.code)（\($0.label.chinese)）" }.joined(separator: "、"),
        "one of " + choices.map(\.code).joined(separator: ", "))
    case .reference: Words("记录的编号（整数）", "the id of a record")
    case .unit: Words("单位代码，如 \"sll-02\"", "a unit's id such as \"sll-02\"")
    }
  }
}

extension Problem {
  static func fieldExpects(_ field: Field, _ found: LuaValue) -> Problem {
    Problem(
      .inputInvalid,
      Words(
        "“\(field.key)”（\(field.label.chinese)）应为\(field.expected.chinese)，这里是 \(found.spelled)",
        "'\(field.key)' (\(field.label.english)) should be \(field.expected.english), "
          + "found \(found.spelled)"))
  }

  static func noSuchChoice(_ text: String, _ field: Field, _ choices: [Choice]) -> Problem {
    let near = nearest(to: text, in: choices.flatMap { [$0.code, $0.label.chinese] })
    return Problem(
      .inputInvalid,
      Words(
        "“\(field.key)”（\(field.label.chinese)）没有“\(text)”这一项",
        "'\(field.key)' (\(field.label.english)) has no choice '\(text)'"),
      hint: near.map { Words("是不是想写“\($0)”？", "did you mean '\($0)'?") }
        ?? Words("应为\(field.expected.chinese)", "it should be \(field.expected.english)"))
  }

  /// Every field that a record needs and has not, at once.
  static func fieldsMissing(_ fields: [Field], of kind: Kind) -> Problem {
    Problem(
      .inputInvalid,
      Words(
        "缺少" + fields.map { "“\($0.key)”（\($0.label.chinese)）" }.joined(separator: "、"),
        fields.map { "'\($0.key)' (\($0.label.english))" }.joined(separator: ", ")
          + (fields.count == 1 ? " is missing" : " are missing")),
      hint: fields.count == 1
        ? nil
        : Words(
          "必填的字段见 gongyue api（\(kind.collection)）",
          "gongyue api marks the required fields (\(kind.collection))"))
  }

  static func noSuchField(_ name: String, _ kind: Kind) -> Problem {
    let known = (kind.fields + Kind.common).map(\.key)
    let labelled = (kind.fields + Kind.common).map { "\($0.label.chinese)（\($0.key)）" }
    let near = nearest(to: name, in: known)
    return Problem(
      .fieldUnknown,
      Words(
        "“\(kind.collection)”（\(kind.label.chinese)）没有“\(name)”这一项",
        "'\(kind.collection)' (\(kind.label.english)) has no field '\(name)'"),
      hint: near.map { Words("是不是想写“\($0)”？", "did you mean '\($0)'?") }
        ?? Words("可用：\(labelled.joined(separator: "、"))", "known: \(known.joined(separator: ", "))")
    )
  }
}
