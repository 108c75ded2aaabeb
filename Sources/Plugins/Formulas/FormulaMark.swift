public import Governance
public import Lua

/// What a formula's function returns instead of a number: one of the states without one, or 零报告.
public struct FormulaMark: LuaObject, Hashable {
  public static let luaType = "mark"

  public let figure: Figure

  public init(_ figure: Figure) {
    self.figure = figure
  }

  /// For the module `gongyue`.
  public static var functions: [HostFunction] {
    [
      HostFunction(
        "dropped", Bilingual("不适用：这一项退出，权重由其余项分担。", "Does not apply: the part drops out."),
        Parameter("reason", Bilingual("原因", "why"), as: ScriptWords.self),
        returns: Bilingual("标记", "a mark")
      ) { FormulaMark(.notApplicable($0.words)) },
      HostFunction(
        "unknown", Bilingual("缺报：结果无法确定，除非公式另有约定。", "Missing: the result cannot be determined."),
        Parameter("reason", Bilingual("原因", "why"), as: ScriptWords.self),
        returns: Bilingual("标记", "a mark")
      ) { FormulaMark(.missing($0.words)) },
      HostFunction(
        "pending", Bilingual("待补：约定日后补报。", "Pending: promised for later."),
        Parameter("reason", Bilingual("原因", "why"), as: ScriptWords.self),
        returns: Bilingual("标记", "a mark")
      ) { FormulaMark(.pending($0.words)) },
      HostFunction(
        "zero_report", Bilingual("零报告：查过，确实没有。", "Zero report: looked, and there was nothing."),
        returns: Bilingual("标记", "a mark")
      ) { FormulaMark(.zeroReport) },
    ]
  }

  /// For the interpreter's types.
  public static func type(in language: Language) -> HostType {
    HostType(
      luaType, Bilingual("没有数值的原因", "why there is no number"),
      metamethods: [
        HostFunction(
          "__tostring", Bilingual("原因", "the reason"),
          Parameter("mark", Bilingual("标记", "the mark"), as: FormulaMark.self),
          returns: Bilingual("文字", "text")
        ) { ($0.figure.reason ?? Words("零报告", "zero report")).text(in: language) }
      ])
  }
}
