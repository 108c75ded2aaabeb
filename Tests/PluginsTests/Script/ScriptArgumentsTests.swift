import Governance
import Plugins
import Testing

struct ScriptArgumentsTests {
  static let sources: [(source: String, names: Set<String>?)] = [
    ("return 1", []),
    ("return arguments.unit or arguments.day", ["unit", "day"]),
    (#"return arguments["unit"], arguments . day"#, ["unit", "day"]),
    ("-- arguments.unit\nreturn 'arguments.day'", []),
    ("return command.arguments.unit", []),
    ("for name in pairs(arguments) do print(name) end", nil),
    ("return arguments[name]", nil),
    ("local given = arguments\nreturn arguments.unit", nil),
    ("return arguments", nil),
  ]

  @Test(arguments: sources)
  func `What a script takes is what it asks for by name`(source: String, names: Set<String>?) {
    #expect(ScriptArguments(of: source).names == names)
    #expect(ScriptArguments(of: "\u{FEFF}" + source).names == names)
  }

  @Test func `An argument that one of several files takes is taken`() {
    let scripts = ["return arguments.unit", "return 1"].map(ScriptArguments.init(of:))
    #expect(ScriptArguments.problem(with: "unit", of: scripts) == nil)
    #expect(
      ScriptArguments.problem(with: "nuit", of: scripts)?.message.english
        == "the script has no argument 'nuit'")
    let any = scripts + [ScriptArguments(of: "return pairs(arguments)")]
    #expect(ScriptArguments.problem(with: "nuit", of: any) == nil)
  }
}
