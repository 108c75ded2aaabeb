internal import Governance
internal import Lua

/// What makes definitions, and what a formula says instead of a number.
struct DefinitionAPI {
  let context: ScriptContext

  var functions: [HostFunction] {
    [
      maker(.formula, Bilingual("定义公式", "Defines a formula.")),
      maker(.command, Bilingual("定义命令", "Defines a command.")),
      maker(.convention, Bilingual("定义公约（本版尚不支持）", "Defines a convention (not in this version yet).")),
      maker(.form, Bilingual("定义表单（本版尚不支持）", "Defines a form (not in this version yet).")),
      verdict("dropped", .dropped, Bilingual("不适用：不计，权重由其余分担", "Does not apply: left out, its weight shared.")),
      verdict("unknown", .unknown, Bilingual("无法确定", "Cannot be determined.")),
    ]
  }

  private func maker(_ sort: ScriptDefinition.Sort, _ summary: Bilingual) -> HostFunction {
    HostFunction(
      sort.rawValue, summary,
      Parameter("definition", Bilingual("定义的表", "the table"), as: LuaValue.self),
      returns: Bilingual("定义，放进 init.lua 返回的列表", "the definition, for the list that init.lua returns")
    ) { table -> ScriptDefinition in
      guard table.fields != nil else {
        throw Problem(
          .pluginInvalid,
          Words("gongyue.\(sort.rawValue) 要一个表", "gongyue.\(sort.rawValue) takes a table"))
      }
      return ScriptDefinition(sort: sort, table: table, place: self.context.caller())
    }
  }

  private func verdict(
    _ name: String, _ sort: ScriptVerdict.Sort, _ summary: Bilingual
  ) -> HostFunction {
    HostFunction(
      name, summary, Parameter("reason", Bilingual("原因", "why"), as: String.self),
      returns: Bilingual("代替数值返回", "to return instead of a number")
    ) { ScriptVerdict(sort, $0) }
  }

  static var types: [HostType] {
    let verdict = Parameter<LuaValue>("left", Bilingual("左", "left"))
    let other = Parameter<LuaValue>("right", Bilingual("右", "right"))
    // What cannot be determined stays so through every calculation.
    let spreading = ["__add", "__sub", "__mul", "__div", "__unm"].map { name in
      HostFunction(name, Bilingual("无法确定的仍无法确定", "Stays undetermined."), verdict, other) {
        left, right -> ScriptVerdict in
        left.object(as: ScriptVerdict.self) ?? right.object(as: ScriptVerdict.self)
          ?? ScriptVerdict(.unknown, "")
      }
    }
    let itself = Parameter<ScriptVerdict>("verdict", Bilingual("结论", "the verdict"))
    return [
      HostType("definition", Bilingual("插件提供的一项", "Something a plugin offers.")),
      HostType(
        "verdict", Bilingual("代替数值：不适用或无法确定", "Instead of a number: dropped or unknown."),
        metamethods: spreading + [
          HostFunction("__tostring", Bilingual("原因", "Why."), itself) { $0.reason },
          HostFunction(
            "__index", Bilingual("sort、reason", "sort, reason"), itself,
            Parameter("name", Bilingual("字段", "the field"), as: String.self)
          ) { verdict, name -> String? in
            name == "sort" ? verdict.sort.rawValue : name == "reason" ? verdict.reason : nil
          },
        ]),
    ]
  }
}
