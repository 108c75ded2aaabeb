internal import Governance
internal import Lua

/// What makes definitions, and what a formula says instead of a number.
struct DefinitionAPI {
  let context: ScriptContext

  var functions: [HostFunction] {
    [
      maker(.formula, Bilingual("定义公式", "Defines a formula.")),
      maker(.command, Bilingual("定义命令", "Defines a command.")),
      maker(
        .convention, Bilingual("定义公约（本版尚不支持）", "Defines a convention (not in this version yet).")),
      maker(.form, Bilingual("定义表单（本版尚不支持）", "Defines a form (not in this version yet).")),
    ] + FormulaMark.functions + [ChecklistAPI(context: context).function]
  }

  private func maker(_ sort: ScriptDefinition.Sort, _ summary: Bilingual) -> HostFunction {
    HostFunction(
      sort.rawValue, summary,
      Parameter("definition", Bilingual("定义的表", "the table"), as: LuaValue.self),
      returns: Bilingual(
        "定义，放进 init.lua 返回的列表", "the definition, for the list that init.lua returns")
    ) { table -> ScriptDefinition in
      guard table.fields != nil else {
        throw Problem(
          .pluginInvalid,
          Words("gongyue.\(sort.rawValue) 要一个表", "gongyue.\(sort.rawValue) takes a table"))
      }
      return ScriptDefinition(sort: sort, table: table, place: self.context.caller())
    }
  }

  static var types: [HostType] {
    let left = Parameter<LuaValue>("left", Bilingual("左", "left"))
    let right = Parameter<LuaValue>("right", Bilingual("右", "right"))
    // What has no value gives none to any calculation it enters.
    let spreading = ["__add", "__sub", "__mul", "__div", "__unm"].map { name in
      HostFunction(name, Bilingual("没有数值的仍没有", "Stays without a number."), left, right) {
        one, other -> LuaValue in
        one.object(as: FormulaMark.self) == nil ? other : one
      }
    }
    let mark = FormulaMark.type
    return [
      HostType("definition", Bilingual("插件提供的一项", "Something a plugin offers.")),
      HostType(
        mark.name, mark.summary, methods: mark.methods,
        metamethods: mark.metamethods + spreading),
    ]
  }
}
