internal import Governance
public import Lua

/// What a formula's functions are given: `s.unit`, `s.period`, `s.within`, `s:setting "key"`.
public struct ScriptSubject: LuaObject {
  public static let luaType = "subject"
  public let subject: FormulaSubject

  public init(_ subject: FormulaSubject) { self.subject = subject }

  /// The part of the period that is over: to its last day, or to today.
  var within: Period {
    let period = subject.period
    guard subject.seen < period.last, subject.seen >= period.first else { return period }
    return (try? Period(from: period.first, to: subject.seen)) ?? period
  }
}

/// The subject's fields and method.
struct SubjectAPI {
  let context: ScriptContext

  private static var subject: Parameter<ScriptSubject> {
    Parameter("s", Bilingual("考核对象", "the subject"))
  }

  var type: HostType {
    HostType(
      ScriptSubject.luaType,
      Bilingual("公式正在考核的单位和期间", "The unit and period that a formula is asked about."),
      methods: [setting], metamethods: [Self.index])
  }

  private var setting: HostFunction {
    HostFunction(
      "setting", Bilingual("该单位在期末的设置值", "A setting of the unit on the period's last day."),
      Self.subject, Parameter("key", Bilingual("设置的代码", "the setting's key"), as: String.self),
      returns: Bilingual("值", "the value")
    ) { _, key -> LuaValue in
      let world = try context.require(Words("读取设置", "read settings"))
      return try world.setting(key, unit: nil, on: nil).map { LuaValue($0) } ?? .nil
    }
  }

  private static var index: HostFunction {
    HostFunction(
      "__index",
      Bilingual(
        "unit、name、type、period、from、to、seen、within、year_to_date",
        "unit, name, type, period, from, to, seen, within, year_to_date"),
      subject, Parameter("name", Bilingual("字段", "the field"), as: String.self)
    ) { script, name -> LuaValue in try script.field(name) }
  }
}

extension ScriptSubject {
  private static let fields = [
    "unit", "name", "type", "period", "from", "to", "seen", "within", "year_to_date", "setting",
  ]

  fileprivate func field(_ name: String) throws(Problem) -> LuaValue {
    switch name {
    case "unit": return .string(subject.unit.id.rawValue)
    // Always the Chinese name: what a formula finds may not depend on the language spoken.
    case "name": return .string(subject.unit.name.chinese)
    case "type": return subject.unit.type.map { .string($0) } ?? .nil
    case "period": return .object(HostObject(ScriptPeriod(subject.period)))
    case "from": return .string(subject.period.first.description)
    case "to": return .string(subject.period.last.description)
    case "seen": return .string(subject.seen.description)
    case "within": return .object(HostObject(ScriptPeriod(within)))
    case "year_to_date": return .object(HostObject(ScriptPeriod(subject.period.yearToDate)))
    default:
      let near = nearest(to: name, in: Self.fields)
      throw Problem(
        .scriptError, Words("考核对象没有“\(name)”", "the subject has no '\(name)'"),
        hint: near.map { Words("是不是想写“\($0)”？", "did you mean '\($0)'?") }
          ?? Words(
            "可用：\(Self.fields.joined(separator: "、"))",
            "known: \(Self.fields.joined(separator: ", "))"))
    }
  }
}
