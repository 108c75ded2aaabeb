internal import Governance
internal import Lua

/// The right sides of conditions.
struct ComparisonAPI {
  let context: ScriptContext

  /// As many values as one `any` may list: the database bounds its parameters.
  static let mostValues = 5000

  static var types: [HostType] {
    [
      HostType(
        "comparison", Bilingual("条件的右边", "The right side of a condition."),
        metamethods: [
          HostFunction(
            "__eq", Bilingual("是否都是 gongyue.missing", "Whether both are gongyue.missing."),
            Parameter("left", Bilingual("左", "left"), as: ScriptComparison.self),
            Parameter("right", Bilingual("右", "right"), as: LuaValue.self)
          ) { left, right -> Bool in
            left.isMissing && right.object(as: ScriptComparison.self)?.isMissing == true
          }
        ]),
      HostType("field", Bilingual("同一记录的另一字段", "Another field of the same record.")),
    ]
  }

  static var missing: LuaValue { .object(HostObject(ScriptComparison(content: .missing))) }

  var functions: [HostFunction] {
    [
      HostFunction(
        "any", Bilingual("是其中之一", "One of several values."),
        Parameter("values", Bilingual("值的列表", "a list of values"), as: LuaValue.self),
        returns: Bilingual("条件", "a comparison")
      ) { values -> ScriptComparison in
        guard let items = values.onlyItems else {
          throw Problem(
            .inputInvalid, Words("any 要一个列表", "any takes a list"),
            hint: Words(
              "如 gongyue.any { \"accepted\", \"handling\" }",
              "such as gongyue.any { \"accepted\", \"handling\" }"))
        }
        guard items.count <= Self.mostValues else {
          throw Problem(
            .inputInvalid,
            Words(
              "any 最多\(Self.mostValues)个值", "any takes at most \(Self.mostValues) values"),
            hint: Words("已有的记录可用 having 对应", "records that exist are matched by having"))
        }
        return ScriptComparison(content: .oneOf(items))
      },
      compare("at_most", .atMost, Bilingual("小于或等于", "At most this.")),
      compare("at_least", .atLeast, Bilingual("大于或等于", "At least this.")),
      compare("less", .less, Bilingual("小于（日期：早于）", "Less than this; earlier.")),
      compare("more", .greater, Bilingual("大于（日期：晚于）", "More than this; later.")),
      HostFunction(
        "isnt", Bilingual("不是；没有值的也算不是", "Is not this; a missing value is not either."),
        Parameter(
          "value", Bilingual("值、any 或 missing", "a value, any or missing"), as: LuaValue.self),
        returns: Bilingual("条件", "a comparison")
      ) { ScriptComparison(content: .isnt($0)) },
      HostFunction(
        "between", Bilingual("在两者之间，含两头", "Between the two, both included."),
        Parameter("low", Bilingual("下限", "the lower end"), as: LuaValue.self),
        Parameter("high", Bilingual("上限", "the upper end"), as: LuaValue.self),
        returns: Bilingual("条件", "a comparison")
      ) { ScriptComparison(content: .between($0, $1)) },
      HostFunction(
        "field", Bilingual("同一记录的另一字段", "Another field of the same record."),
        Parameter("name", Bilingual("字段", "the field"), as: String.self),
        returns: Bilingual("可放在条件里", "for use in a condition")
      ) { ScriptField(name: $0) },
    ]
  }

  private func compare(_ name: String, _ sign: Comparison, _ summary: Bilingual) -> HostFunction {
    HostFunction(
      name, summary,
      Parameter(
        "value", Bilingual("值，或 gongyue.field", "a value, or gongyue.field"), as: LuaValue.self),
      returns: Bilingual("条件", "a comparison")
    ) { ScriptComparison(content: .compare(sign, $0)) }
  }
}
