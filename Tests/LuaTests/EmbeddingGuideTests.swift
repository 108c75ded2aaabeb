import Foundation
import Lua
import Testing

// What `Documentation/Embedding.md` shows; a test below sees to it that it shows just this.

/// What scripts hold of a household.
struct Meter: LuaObject {
  static let luaType = "meter"
  let household: String
  let litres: Int
}

let meters = [Meter(household: "甲", litres: 4200), Meter(household: "乙", litres: 15_300)]

/// What scripts may call.
var water: HostModule {
  HostModule(
    "water", Bilingual("水表", "Water meters."),
    functions: [
      HostFunction(
        "meter", Bilingual("一户的水表", "The meter of a household."),
        Parameter("household", Bilingual("户", "the household"), as: String.self),
        returns: Bilingual("水表；没有这户时为 nil", "the meter, or nil")
      ) { (household: String) -> Meter? in meters.first { $0.household == household } }
    ])
}

/// What they may do with one.
var meter: HostType {
  HostType(
    "meter", Bilingual("水表", "A water meter."),
    methods: [
      HostFunction(
        "litres", Bilingual("本月用水，升", "Litres used this month."),
        Parameter("meter", Bilingual("水表", "the meter"), as: Meter.self),
        returns: Bilingual("升", "litres")
      ) { (meter: Meter) in meter.litres }
    ])
}

/// What a stranger's script says of a household: at most 50 ms beyond a second, at most 8 MiB.
func bill(_ household: String, by script: String) throws -> LuaValue {
  try RunThread.run {
    let lua = Interpreter(
      limits: Limits(time: 1, memory: 8 << 20, output: 64 << 10), modules: [water], types: [meter],
      language: .english)
    return try lua.run(script, name: "bill.lua", arguments: [.string(household)])
  }
}

/// What went wrong, in a sentence.
func words(of error: LuaError) -> String {
  switch error {
  case .syntax(let message, _, _, _): message
  case .runtime(let message, _, _, _): message
  case .exceeded(let budget, let used, let limit, let place):
    "\(place.chunk):\(place.line ?? 0): \(used) of \(limit), stopped by its \(budget)"
  case .unconvertible(let reason, let path, _): "\(path): \(reason.english)"
  case .host(let error, _): "\(error)"
  }
}

@Suite struct `The embedding by itself` {
  static let script = """
    local household = ...
    local meter = require "water".meter(household)
    if not meter then return nil end
    local litres = meter:litres()
    return { household = household, cents = litres // 1000 * 35 }
    """

  @Test func `A stranger's script computes from what the host lends it`() throws {
    #expect(try bill("乙", by: Self.script) == .record(["household": "乙", "cents": 525]))
    #expect(try bill("丙", by: Self.script) == .nil)
  }

  @Test(arguments: [
    ("return 1 +", "bill.lua:1: unexpected symbol near <eof>"),
    ("return meter.litres", "bill.lua:1: attempt to index a nil value (global 'meter')"),
    (
      "return require 'water'.meter(5)",
      "bill.lua:1: bad argument #1 'household' to meter: expected string, got number"
    ),
    ("local t = {} t.t = t return {t}", "[1].t: the table contains itself"),
  ])
  func `What goes wrong is an error with its words and its place`(source: String, expected: String)
    throws
  {
    let error = #expect(throws: LuaError.self) { try bill("甲", by: source) }
    #expect(error.map(words) == expected)
  }

  @Test func `What never ends is stopped, and says by which budget`() throws {
    let error = #expect(throws: LuaError.self) {
      // It allocates: the thread sanitizer lets no signal into a loop that does not.
      try bill("甲", by: "while true do local t = {} end")
    }
    #expect(error.map(words)?.hasSuffix("of 1.0, stopped by its time") == true)
  }

  @Test func `The guide shows what is tested here`() throws {
    let here = URL(filePath: #filePath)
    let guide = here.deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Documentation/Embedding.md")
    let source = try String(contentsOf: here, encoding: .utf8)
    let parts = try String(contentsOf: guide, encoding: .utf8).components(separatedBy: "```")
    let shown = stride(from: 1, to: parts.count, by: 2).map { parts[$0] }
    let swift = shown.filter { $0.hasPrefix("swift\n") }.map { String($0.dropFirst(6)) }
    #expect(swift.count >= 3)
    for block in swift where !block.hasPrefix("// Package.swift") {
      #expect(source.contains(block), "\(block)")
    }
    let lua = shown.filter { $0.hasPrefix("lua\n") }.map { $0.dropFirst(4).dropLast() }
    #expect(lua.map(String.init) == [Self.script])
  }
}
