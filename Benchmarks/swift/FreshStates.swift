import Lua

/// A fresh interpreter with its limits, a small formula, its result, the end.
enum FreshStates {
  static let states = 1000

  static func measure() throws {
    try Samples.take("open", operations: states) {
      for _ in 0..<states {
        let lua = Interpreter(limits: Crossings.limits)
        _ = try lua.run(
          "local function score(n, d) return 100 * n // d end return score(58, 64)")
      }
    }
    Samples.peak("open")
  }
}
