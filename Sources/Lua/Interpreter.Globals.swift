extension Interpreter {
  /// From now on no script can make or change a global, so that what one call leaves behind
  /// in one is not there for the next. What the host sets by `set(global:to:)` still counts.
  ///
  /// - Parameter refuse: called with the name that a script tried to assign; it throws.
  public func freezeGlobals(
    refusing refuse: @escaping (String) throws -> Void
  ) throws(LuaError) {
    let function = HostFunction(
      "refuse", Bilingual("不许给全局变量赋值", "No global may be assigned."),
      Parameter("globals", Bilingual("全局表", "the globals"), as: Named.self),
      Parameter("name", Bilingual("名称", "the name"), as: Named.self),
      Parameter("value", Bilingual("值", "the value"), as: Named?.self)
    ) { _, name, _ in try refuse(name.text) }
    add(HostModule(Self.module, Bilingual("全局变量", "globals"), functions: [function]))
    _ = try run(Self.freezing, name: "globals", arguments: [.string(Self.module)])
  }

  private static let module = "frozen globals"

  /// Moves the globals into a table behind the one that scripts write to.
  private static let freezing = """
    local globals, kept, refuse = _G, {}, require(...).refuse
    local pairs, rawset, setmetatable = pairs, rawset, setmetatable
    for name, value in pairs(globals) do kept[name] = value end
    for name in pairs(kept) do globals[name] = nil end
    kept.rawset = function(target, name, value)
      if target == globals then refuse(target, name) end
      return rawset(target, name, value)
    end
    setmetatable(globals, {
      __index = kept, __newindex = refuse, __metatable = false,
      __pairs = function() return pairs(kept) end,
    })
    """

  /// An argument of which only the text counts, or else the type: nothing is converted.
  private struct Named: LuaReadable {
    let text: String

    static var luaName: String { "any" }

    static func read(_ arguments: borrowing Arguments, at index: Int) throws -> Named? {
      Named(text: try String.read(arguments, at: index) ?? arguments.typeName(at: index))
    }
  }
}
