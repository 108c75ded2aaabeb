import Lua

/// Host functions called from a script: what one call costs.
enum Crossings {
  static let limits = Limits(time: 600, memory: 64 << 20, output: 1 << 20)
  static let nothing = Bilingual("", "")

  static var module: HostModule {
    HostModule(
      "host", nothing,
      functions: [
        HostFunction(
          "add", nothing, Parameter("a", nothing, as: Int.self),
          Parameter("b", nothing, as: Int.self), returns: nothing
        ) { (a: Int, b: Int) in a + b },
        HostFunction(
          "measure", nothing, Parameter("text", nothing, as: String.self), returns: nothing
        ) { (text: String) in text.utf8.count },
      ], isGlobal: true)
  }

  static func measure() throws {
    let lua = Interpreter(limits: limits, modules: [module])
    try Samples.take("two_integers", operations: 3_000_000) {
      _ = try lua.run("local add = host.add for i = 1, 3000000 do add(i, 2) end")
    }
    try Samples.take("chinese_string", operations: 3_000_000) {
      _ = try lua.run(
        "local measure = host.measure for i = 1, 3000000 do measure('公共设施损坏') end")
    }
    try Samples.take("new_string", operations: 3_000_000) {
      _ = try lua.run(
        """
        local measure, texts = host.measure, {}
        for i = 1, 2000 do texts[i] = '公共设施损坏' .. i end
        for _ = 1, 1500 do for i = 1, 2000 do measure(texts[i]) end end
        """)
    }
    Samples.peak("crossings")
  }
}
