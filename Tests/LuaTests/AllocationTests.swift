import CLuaShim
import Lua
import Testing

/// The seam in the shim: on this thread, after so many allocations, so many are refused. Gives how
/// many refusals of the last call were still to come.
@_silgen_name("shim_refuse_allocations")
private func refuseAllocations(after: Int64, count: Int64) -> Int64

private let none = Bilingual("", "")

/// Counts what lives of it: payloads of objects, captures of host functions.
private final class Live: @unchecked Sendable {
  static nonisolated(unsafe) var count = 0
  init() { Live.count += 1 }
  deinit { Live.count -= 1 }
}

private struct Thing: LuaObject {
  static let luaType = "thing"
  let live = Live()
}

/// What a scenario came to: the values, or nil when memory ended it.
private func outcome(of source: String) throws -> [LuaValue]? {
  let captured = Live()
  let functions = [
    HostFunction("thing", none, returns: none) { () in
      withExtendedLifetime(captured) { Thing() }
    },
    HostFunction("echo", none, Parameter("v", none, as: LuaValue.self), returns: none) {
      (value: LuaValue) in value
    },
    HostFunction("text", none, Parameter("s", none, as: String.self), returns: none) {
      (text: String) in text
    },
    HostFunction("fail", none) { () throws -> Void in
      let held = Live()
      throw LuaFailure("不", "no \(held)")
    },
    HostFunction("both", none, returns: none) { () in
      LuaResults([.object(HostObject(Thing())), .record(["x": .object(HostObject(Thing()))])])
    },
  ]
  let type = HostType(
    "thing", none,
    methods: [
      HostFunction("name", none, Parameter("self", none, as: Thing.self), returns: none) {
        (_: Thing) in "thing"
      }
    ])
  do throws(LuaError) {
    let lua = Interpreter(
      limits: Limits(memory: 64 << 20),
      modules: [HostModule("host", none, functions: functions, isGlobal: true)], types: [type])
    try lua.check(source)
    try lua.set(
      global: "given", to: .record(["list": [1, "two"], "thing": .object(HostObject(Thing()))]))
    let first = try lua.run(source, name: "t.lua", arguments: ["argument", 5])
    let function = try lua.run("return function(...) return ... end").function!
    return [first]
      + (try lua.call(function, ["a", [1, 2], .object(HostObject(Thing()))]).prefix(2))
  } catch {
    guard case .exceeded(.memory, _, _, _) = error else { throw error }
    return nil
  }
}

@Suite(.serialized) struct `Refused allocations` {
  static let scenarios = [
    "local a, b = ... return a .. b",
    "return given.list[2] .. given.thing:name() .. require('host').echo(5)",
    "local t = host.echo({1, {x = 'y'}}) return host.text(t[2].x) .. #t",
    "return tostring(pcall(host.fail)) .. tostring(select(2, pcall(host.text, '\\xff')))",
    "local a, b = host.both() return a:name() .. b.x:name() .. host.thing():name()",
    "local t = {} for i = 1, 10 do t[i] = host.thing() end return #t",
    "return coroutine.wrap(function() return host.thing():name() .. coroutine.yield(1) end)()",
  ]

  /// How many allocations opening takes: without them there is no interpreter to speak of.
  private static let opening: Int64 = {
    var count: Int64 = 0
    while true {
      var host = ShimHost()
      var limits = ShimLimits()
      _ = refuseAllocations(after: count, count: .max)
      let shim = shim_open(&host, &limits, 0, 0)
      _ = refuseAllocations(after: -1, count: 0)
      count += 1
      guard let shim else { continue }
      shim_close(shim)
      return count
    }
  }()

  @Test(arguments: scenarios)
  func `Whichever allocation fails, the result is right or memory ended it, and nothing stays`(
    source: String
  ) throws {
    try RunThread.run {
      let expected = try outcome(of: source)
      #expect(expected != nil && Live.count == 0)
      for refusals in [1, Int64.max] {
        var n = Self.opening
        var isRefused = true
        while isRefused {
          _ = refuseAllocations(after: n, count: refusals)
          let result = Result { try outcome(of: source) }
          isRefused = refuseAllocations(after: -1, count: 0) < refusals
          let values = try result.get()
          #expect(values == nil ? isRefused : values == expected, "allocation \(n) of \(source)")
          #expect(Live.count == 0, "allocation \(n) of \(source)")
          n += 1
        }
        #expect(n > Self.opening + 50)
      }
    }
  }
}
