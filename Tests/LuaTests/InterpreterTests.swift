import Lua
import Testing

private let none = Bilingual("", "")

/// Runs a chunk in a fresh interpreter with small budgets.
func run(_ source: String, limits: Limits = Limits(time: Limits.unreachable, memory: 32 << 20))
  throws -> LuaValue
{
  try RunThread.run { try Interpreter(limits: limits).run(source, name: "t.lua") }
}

@Suite struct `Running Lua` {
  @Test(arguments: [
    ("return 1 + 1", LuaValue.integer(2)),
    ("return 7 / 2", .number(3.5)),
    ("return '公' .. '约'", .string("公约")),
    ("return nil", .nil),
    ("return {}", .list([])),
    ("return {1, 'x', true}", .list([1, "x", true])),
    ("return {a = 1, b = {2}}", .record(["a": 1, "b": [2]])),
    ("return {1, a = 2}", .mixed(list: [1], fields: ["a": 2])),
    ("return ...", .nil),
    ("#!/usr/bin/env lua\nreturn 3", .integer(3)),
  ])
  func `A chunk gives its first result`(source: String, expected: LuaValue) throws {
    #expect(try run(source) == expected)
  }

  @Test func `A syntax error names its line and whether more text would help`() throws {
    let lua = Interpreter()
    for (source, incomplete) in [("x = = 1", false), ("for i = 1, 2 do", true)] {
      do {
        try lua.check("\n" + source, name: "t.lua")
        Issue.record("accepted \(source)")
      } catch .syntax(let message, let isIncomplete, _, let place) {
        #expect(isIncomplete == incomplete, "\(message)")
        #expect(place == LuaPlace(chunk: "t.lua", line: 2))
      }
    }
  }

  @Test(arguments: ["x:7.lua", "a:1:b", "公约:12", String(repeating: "long/", count: 12) + ":9.lua"])
  func `A number in the name of a file is not the line of a syntax error`(name: String) {
    #expect {
      try Interpreter().check("\n\nx = = 1", name: name)
    } throws: { error in
      guard case LuaError.syntax(_, _, _, let place) = error else { return false }
      return place == LuaPlace(chunk: name, line: 3)
    }
  }

  @Test func `An error names chunk, line and traceback`() {
    let lua = Interpreter()
    do {
      _ = try lua.run("local function f()\n  error 'no'\nend\nf()", name: "p/init.lua")
      Issue.record("no error")
    } catch .runtime(let message, let traceback, let cause, let place) {
      #expect(message == "p/init.lua:2: no")
      #expect(place == LuaPlace(chunk: "p/init.lua", line: 2))
      #expect(traceback.contains("p/init.lua:4: in main chunk"))
      #expect(cause == nil)
    } catch {
      Issue.record("\(error)")
    }
  }

  @Test func `What a run cannot use is not there`() throws {
    for name in [
      "io", "os", "debug", "package", "dofile", "loadfile", "warn", "string.dump", "math.random",
      "math.randomseed",
    ] {
      #expect(try run("return type(\(name))") == "nil", "\(name)")
    }
  }

  @Test func `math.random exists with a seed and repeats itself`() throws {
    let source = "return math.random(1000000)"
    let first = try Interpreter(seed: 7).run(source)
    #expect(try Interpreter(seed: 7).run(source) == first)
    #expect(try Interpreter(seed: 8).run(source) != first)
    #expect(try Interpreter(seed: 8).run("return math.randomseed") == .nil)
  }

  @Test func `pairs goes by integers ascending, then strings by their bytes`() throws {
    let source = """
      local t = { z = 1, a = 2, [10] = 3, [2] = 4, [-1] = 5, b = 6, ["公"] = 7, [1.5] = 8 }
      local keys = {}
      for k in pairs(t) do keys[#keys + 1] = tostring(k) end
      local again = {}
      for k in next, t do again[#again + 1] = tostring(k) end
      return table.concat(keys, " ") .. "|" .. table.concat(again, " ")
      """
    #expect(try run(source) == "-1 1.5 2 10 a b z 公|-1 1.5 2 10 a b z 公")
  }

  @Test(arguments: [
    "for k in pairs({[{}] = 1, [print] = 2}) do end", "next({[{}] = 1, [{}] = 2})",
    "local t = {1, 2, x = 3, [{}] = 4, [{}] = 5} local k = 'x' k = next(t, k)",
    "local t = {[coroutine.create(print)] = 1, [{}] = 2} next(t)",
  ])
  func `Where order is required, keys that have none are an error`(source: String) throws {
    let interpreter = Interpreter()
    interpreter.requireOrder()
    #expect(throws: LuaError.self) { try interpreter.run(source) }
    let caught = "return select(2, pcall(function() \(source) end))"
    #expect(
      try interpreter.run(caught).text?.contains("没有固定次序，公式里不能逐个取；请另用列表保存")
        == true)
    // One such key has a place, and elsewhere any number may be gone through.
    let one = "local n = 0 for k in pairs({1, x = 2, [{}] = 3}) do n = n + 1 end return n"
    #expect(try interpreter.run(one) == 3)
    #expect(throws: Never.self) { try run(source) }
  }

  @Test(arguments: [
    "local t = {a = 1} for k in next, t do end t.b = 2 for k in next, t do add(k) end",
    "local t = {a = 1, b = 2} for k in next, t do add(k) t[k] = nil end",
    "local t = {a = 1, b = 2} for k in next, t do add(k) t[k] = nil next(t) end",
    "local t = {a = 1, b = 2} for k in next, t do add(k) for j in next, t do end end",
    "local t = {a = 1, b = 2} while next(t) do local k = next(t) add(k) t[k] = nil end",
    "local t = {a = 1, b = 2} for k in next, t do add(k) t[k] = nil next(t) next(t) end",
    "local t = {b = 2, c = 3} for k in next, t do end t.a, t.c = 1 for k in next, t do add(k) end",
  ])
  func `next meets every key, also while fields are cleared`(source: String) throws {
    let add = "local seen = '' local function add(k) seen = seen .. k end"
    let seen = try run("\(add) \(source) return seen")
    #expect(seen == "ab")
  }

  @Test func `A table is no first key of a list`() throws {
    let source = """
      local key, n = {}, 0
      local t = {[key] = 1}
      for k in next, t do n = n + 1 end
      for k in next, t do n = n + 1 t[k] = nil end
      return n .. tostring(next(t))
      """
    #expect(try run(source) == "2nil")
  }

  @Test func `What one call leaves decides nothing in the next`() throws {
    try RunThread.run {
      let lua = Interpreter(limits: Limits(time: Limits.unreachable, memory: 32 << 20))
      guard
        case .function(let call) = try lua.run(
          """
          local kept, t = {}, {a = 1, b = 2}
          tostring(kept)
          return function()
            local after = next(t, "a")
            t.c = 1
            local all = tostring({}) .. tostring(kept) .. string.format("%p", {}) .. tostring(after)
            t.b = nil next(t, "a")
            return all
          end
          """)
      else {
        Issue.record("no function")
        return
      }
      try lua.rememberState()
      let first = try lua.call(call, []).first
      try lua.startAfresh()
      #expect(try lua.call(call, []).first == first)
      #expect(first?.text == "table: 0x00000002table: 0x000000010x00000003b")
    }
  }

  @Test func `Where order is required, the memory in use is not told`() throws {
    let interpreter = Interpreter(language: .english)
    interpreter.requireOrder()
    #expect(throws: LuaError.self) { try interpreter.run("return collectgarbage('count')") }
  }

  @Test func `tostring and format show no address`() throws {
    let source = """
      local a, b = {}, {}
      return tostring(a) .. " " .. tostring(b) .. " " .. tostring(a) .. " "
        .. string.format("%s %p", a, b) .. " " .. tostring(print):sub(1, 9)
      """
    #expect(
      try run(source)
        == "table: 0x00000001 table: 0x00000002 table: 0x00000001 table: 0x00000001 0x00000002 function:"
    )
  }

  @Test func `load takes text in the caller's own environment`() throws {
    #expect(try run("local _ENV = {load = load, x = 5}; return load('return x')()") == 5)
    #expect(try run("x = 6; return load('return x')()") == 6)
    #expect(try run("return load('return x', 'n', 't', {x = 7})()") == 7)
    #expect(try run("return (load('\\27Lua'))") == .nil)
    #expect(
      try run("local n = 0; return load(function() n = n + 1; return ({'return ', '9'})[n] end)()")
        == 9)
    #expect(
      try run("return select(2, load(('x = 1;'):rep(100000)))")
        == "load: source is longer than 512 KiB")
  }

  @Test func `Metatables cannot carry finalizers or weakness`() {
    for key in ["__gc", "__mode"] {
      #expect(throws: LuaError.self) { try run("setmetatable({}, {\(key) = 'k'})") }
    }
  }

  @Test func `A table that cannot leave is refused with its path`() {
    let cases = [
      ("local t = {}; t.a = {b = t}; return t", ".a.b", "the table contains itself"),
      ("return {x = {1, '\\xff'}}", ".x[2]", "the text is not UTF-8 at byte 1"),
      ("return {[0/1] = 1, [2.5] = 2}", "", ""),
      ("return coroutine.create(print)", "", "a coroutine or a live row cannot leave the script"),
    ]
    for (source, path, reason) in cases {
      do {
        _ = try Interpreter().run(source)
        Issue.record("\(source) came out")
      } catch .unconvertible(let words, let found, _) {
        if !reason.isEmpty { #expect(words.english == reason) }
        if !path.isEmpty { #expect(found == path) }
      } catch {
        Issue.record("\(error)")
      }
    }
  }

  @Test func `Functions that came out can be called`() throws {
    let lua = Interpreter()
    let table = try lua.run(
      "local n = 0; return { add = function(x) n = n + x; return n, 'ok' end }")
    let add = try #require(table["add"].function)
    #expect(try lua.call(add, [2]) == [2, "ok"])
    #expect(try lua.call(add, [3]) == [5, "ok"])
  }
}
