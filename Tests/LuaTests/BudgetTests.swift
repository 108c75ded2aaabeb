import Lua
import Testing

extension Limits {
  /// Seconds that no test reaches, however busy its machine: for what another budget must end.
  static let unreachable = 3600.0
}

/// Runs on a thread of its own; gives the budget that ended it, and where.
///
/// How soon a stop comes depends on the machine: `make hostile` and `make fuzz` measure that.
private func stopped(_ source: String, _ limits: Limits) throws -> (Budget?, LuaPlace?) {
  try RunThread.run {
    let lua = Interpreter(limits: limits)
    do throws(LuaError) {
      _ = try lua.run(source, name: "evil.lua")
      return (nil, nil)
    } catch .exceeded(let budget, _, _, let place) {
      #expect(throws: LuaError.self) { try lua.run("return 1") }
      return (budget, place)
    }
  }
}

@Suite struct Budgets {
  static let endless = [
    "while true do end",
    "while true do pcall(function() while true do end end) end",
    "while true do pcall(error) end",
    "xpcall(function() while true do end end, function() while true do end end); while true do end",
    "xpcall(error, function() while true do end end)",
    "local function f() return xpcall(f, f) end while true do f() end",
    "local function deep() coroutine.wrap(function() deep() end)() end while true do pcall(deep) end",
    "coroutine.wrap(function() coroutine.wrap(function() while true do end end)() end)()",
    "local co = coroutine.create(function() while true do end end) coroutine.resume(co) while true do end",
    "while true do coroutine.wrap(function() coroutine.yield() end)() end",
    "local co = coroutine.create(function() while true do pcall(coroutine.yield) end end) while true do coroutine.resume(co) end",
    "('a'):rep(700):find('.-.-.-b')",
    "('a'):rep(100000):find(('a?'):rep(60) .. ('a'):rep(60) .. 'b')",
    "('a'):rep(2000):gsub('.-.-.-b', '')",
    "for _ in ('a'):rep(2000):gmatch('.-.-.-b') do end",
    "('('):rep(200000):match('.-%b()')",
    "table.move({}, 1, 1e11 // 1 | 0, 2)",
    "table.concat(setmetatable({}, {__len = function() return 1 << 60 end, __index = function() return '' end}))",
    "table.insert(setmetatable({}, {__len = function() return 1 << 60 end}), 1, 1)",
    "table.remove(setmetatable({}, {__len = function() return 1 << 60 end}), 1)",
    "local t <close> = setmetatable({}, {__close = function() while true do end end})",
    "local t <close> = setmetatable({}, {__close = function() while true do end end}) while true do end",
    "setmetatable(_G, {__index = function(t, k) return t[k .. 'x'] end}) while true do pcall(function() return y end) end",
    "goto a ::a:: goto a",
    "load(function() while true do end end)",
    "require = nil; local s = 'x' while true do s:rep(10):upper():find('X', 1, true) end",
    "for k in next, setmetatable({a = 1}, {}) do while true do end end",
    "tostring(setmetatable({}, {__tostring = function() while true do end end}))",
    "string.format('%s', setmetatable({}, {__tostring = function() while true do end end}))",
  ]

  @Test(arguments: endless)
  func `What never ends is stopped by its time, with its line`(source: String) throws {
    let (budget, place) = try stopped(source, Limits(time: 0.1, memory: 64 << 20))
    #expect(budget == .time, "\(source)")
    #expect(
      place?.chunk == "evil.lua" && place?.line == 1, "\(source): \(String(describing: place))")
  }

  static let hungry = [
    "local t = {} while true do t[#t + 1] = {} end",
    "local s = 'x' while true do s = s .. s end",
    "local s = 'x' while true do pcall(function() s = s .. s end) end",
    "string.rep('x', 1 << 30)",
    "pcall(string.rep, 'x', 1 << 30)",
    "local t = {} for i = 1, 1e9 do t[i] = ('x'):rep(1000) .. i end",
    "local t = {} while true do pcall(function() t[#t + 1] = coroutine.create(print) end) end",
    "local t = {} while true do t[#t + 1] = function() return t end end",
    "table.concat({}, ('x'):rep(1000), 1, 0) local b = ('x'):rep(1 << 20) local t = {} for i = 1, 1000 do t[i] = b end table.concat(t)",
    "(('x'):rep(1 << 20)):gsub('x', ('y'):rep(1000))",
    "local function f(...) return f(\(String(repeating: "1, ", count: 200))...) end f()",
  ]

  @Test(arguments: hungry)
  func `What takes memory without end is stopped`(source: String) throws {
    let (budget, _) = try stopped(
      source, Limits(time: Limits.unreachable, memory: 8 << 20))
    if source.contains("return f(1, 1") {
      #expect(budget == .memory || budget == .depth)
    } else {
      #expect(budget == .memory, "\(source)")
    }
  }

  @Test func `Garbage is collected instead of stopping the script`() throws {
    let (budget, _) = try stopped(
      "for i = 1, 2000 do local s = ('x'):rep(100000) end return 1", Limits(memory: 4 << 20))
    #expect(budget == nil)
  }

  @Test func `An error that says memory is not a stop`() throws {
    #expect(try run("return select(2, pcall(error, 'not enough memory'))") == "not enough memory")
  }

  @Test func `Output has its budget`() throws {
    let (budget, _) = try stopped(
      "while true do pcall(print, 'x') end", Limits(time: Limits.unreachable, output: 1000))
    #expect(budget == .output)
  }

  @Test func `Instructions are counted exactly`() throws {
    let source = "local n = 0; for i = 1, 100 do n = n + i end; return n"
    let needed = try RunThread.run {
      let lua = Interpreter(limits: Limits(instructions: 1_000_000))
      _ = try lua.run(source)
      return lua.usage.instructions
    }
    #expect(needed > 100)
    let (fits, _) = try stopped(source, Limits(instructions: needed))
    #expect(fits == nil)
    let (budget, _) = try stopped(source, Limits(instructions: needed - 1))
    #expect(budget == .instructions)
  }

  @Test func `Host bytes count against the script's memory`() throws {
    let take = HostFunction("take", Bilingual("", "")) { () -> Int in 1 }
    try RunThread.run {
      let lua = Interpreter(
        limits: Limits(memory: 4 << 20),
        modules: [HostModule("host", Bilingual("", ""), functions: [take], isGlobal: true)])
      lua.charge(bytes: 8 << 20)
      #expect(throws: LuaError.self) { try lua.run("for i = 1, 10 do host.take() end") }
    }
  }

  /// Something heavy that scripts hold.
  private struct Weight: LuaObject {
    static let luaType = "weight"
    let bytes = 1 << 20
  }

  @Test func `What objects hold for a script counts until they are collected`() throws {
    let weight = HostFunction("weight", Bilingual("", "")) { () -> Weight in Weight() }
    try RunThread.run {
      func lua() -> Interpreter {
        Interpreter(
          limits: Limits(time: Limits.unreachable, memory: 8 << 20),
          modules: [HostModule("host", Bilingual("", ""), functions: [weight], isGlobal: true)],
          types: [HostType(Weight.luaType, Bilingual("", ""))])
      }
      let dropped = try lua().run("for i = 1, 100 do host.weight() end return 1")
      #expect(dropped == 1)
      do throws(LuaError) {
        _ = try lua().run("local t = {} for i = 1, 100 do t[i] = host.weight() end")
        Issue.record("not stopped")
      } catch {
        guard case .exceeded(.memory, _, _, _) = error else {
          Issue.record("\(error)")
          return
        }
      }
    }
  }

  @Test func `Memory too small for the host's own module stops the run, not the program`() throws {
    for memory in stride(from: 1 << 10, through: 40 << 10, by: 512) {
      try RunThread.run {
        let lua = Interpreter(
          limits: Limits(memory: memory),
          modules: [
            HostModule(
              "host", Bilingual("", ""), values: ["one": .object(HostObject(Weight()))],
              isGlobal: true)
          ], types: [HostType(Weight.luaType, Bilingual("", ""))])
        do throws(LuaError) {
          _ = try lua.run("return 1")
        } catch {
          guard case .exceeded(.memory, _, _, _) = error else {
            Issue.record("\(memory): \(error)")
            return
          }
        }
      }
    }
  }

  @Test func `A host function that works for long learns that it must end`() throws {
    try RunThread.run {
      let box = Box()
      let work = HostFunction("work", Bilingual("", "")) { () throws -> Int in
        while box.lua?.mustEnd == false {}
        throw LuaFailure("x", "gave up")
      }
      let lua = Interpreter(
        limits: Limits(time: 0.05),
        modules: [HostModule("host", Bilingual("", ""), functions: [work], isGlobal: true)])
      box.lua = lua
      do throws(LuaError) {
        _ = try lua.run("pcall(host.work) return 1")
        Issue.record("swallowed")
      } catch {
        guard case .exceeded(.time, _, _, _) = error else {
          Issue.record("\(error)")
          return
        }
      }
    }
  }

  private final class Box {
    weak var lua: Interpreter?
  }

  @Test func `A nested interpreter's stop cannot be caught by the outer script`() throws {
    let nested = HostFunction("nested", Bilingual("", "")) { () throws -> Void in
      _ = try Interpreter(limits: Limits(time: 0.05)).run("while true do end", name: "inner.lua")
    }
    try RunThread.run {
      let lua = Interpreter(
        modules: [HostModule("host", Bilingual("", ""), functions: [nested], isGlobal: true)])
      do throws(LuaError) {
        _ = try lua.run("pcall(host.nested) return 1")
        Issue.record("swallowed")
      } catch .exceeded(let budget, _, _, let place) {
        #expect(budget == .time)
        #expect(place.chunk == "inner.lua")
      }
    }
  }

  @Test func `pcall is a savepoint when the host asks for it`() throws {
    var log: [String] = []
    let lua = Interpreter()
    lua.savepoints = Savepoints(
      begin: { log.append("begin") }, release: { log.append("release") },
      rollback: { log.append("rollback") })
    _ = try lua.run("pcall(error, 'x') pcall(type, 1) xpcall(error, tostring)")
    #expect(log == ["begin", "rollback", "begin", "release", "begin", "rollback"])
    log = []
    _ = try lua.run("load(error) load(function() end)")
    #expect(log == ["begin", "rollback", "begin", "release"])
  }
}
