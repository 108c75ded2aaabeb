import Lua
import Testing

/// Where an error was raised, and by which calls, also when its stack is gone.
@Suite struct Raised {
  private struct Failure {
    let message: String
    let line: Int?
    let chunk: String
    let traceback: String
  }

  private func failure(_ source: String, files: [String: String] = [:]) throws -> Failure {
    do {
      _ = try RunThread.run {
        try Interpreter(loader: { name in
          files[name].map { Chunk(source: $0, name: name + ".lua") }
        }).run(source, name: "main.lua")
      }
    } catch LuaError.runtime(let message, let traceback, _, let place) {
      return Failure(
        message: message, line: place.line, chunk: place.chunk, traceback: traceback)
    } catch LuaError.syntax(let message, _, _, let place) {
      return Failure(message: message, line: place.line, chunk: place.chunk, traceback: "")
    }
    Issue.record("it did not fail")
    return Failure(message: "", line: nil, chunk: "", traceback: "")
  }

  @Test func `An error in a coroutine has its own line and calls`() throws {
    let failure = try failure(
      """
      local co = coroutine.wrap(function()
        local function inner() error("in coroutine") end
        inner()
      end)
      co()
      """)
    #expect(failure.line == 2)
    #expect(failure.message == "main.lua:5: main.lua:2: in coroutine")
    let lines = failure.traceback.split(separator: "\n").filter { $0.contains("main.lua:") }
    #expect(lines.map { $0.split(separator: ":")[1] } == ["2", "3", "5"])
  }

  @Test func `An error in a required file names that file and line`() throws {
    let running = try failure(
      "local function load() return require 'b' end\nload()",
      files: ["b": "local x\nlocal function f() return x.y end\nf()"])
    #expect(running.chunk == "b.lua" && running.line == 2, "\(running)")
    let reading = try failure("\nreturn require 'b'", files: ["b": "local x =\n\nlocal y"])
    #expect(reading.chunk == "b.lua" && reading.line == 3, "\(reading)")
  }

  @Test func `What a script caught does not stand in for what it raises later`() throws {
    let failure = try failure(
      """
      pcall(require, 'b')
      local co = coroutine.wrap(function() error("one") end)
      pcall(co)
      error("two")
      """, files: ["b": "local x ="])
    #expect(failure.line == 4 && failure.message == "main.lua:4: two")
  }

  @Test func `An error object speaks for itself`() throws {
    let failure = try failure(
      """
      local function check(door)
        error(setmetatable({ door = door }, {
          __tostring = function(problem) return "第" .. problem.door .. "户没有门牌" end,
        }))
      end
      check(3)
      """)
    #expect(failure.message == "第3户没有门牌")
    #expect(failure.line == 2)
    #expect(failure.traceback.contains("main.lua:6:"))
  }

  @Test(arguments: [
    "error(setmetatable({}, { __tostring = function() error('x') end }))",
    "error(setmetatable({}, { __tostring = function() return {} end }))", "error({})",
  ])
  func `An error object that cannot speak is told by its type`(source: String) throws {
    #expect(try failure(source).message == "(error object is a table value)")
  }

  @Test(arguments: [9, 100, 999])
  func `A chain of calls works as in stock Lua`(count: Int) throws {
    let source = """
      local f = function(...) return select('#', ...) end
      for _ = 1, \(count) do f = setmetatable({}, { __call = f }) end
      return f()
      """
    #expect(try RunThread.run { try Interpreter().run(source) } == .integer(Int64(count)))
  }

  @Test(arguments: [
    (
      "local f = print for _ = 1, 1100 do f = setmetatable({}, { __call = f }) end",
      "'__call' 连了 1000 层以上"
    ),
    (
      "local a, b, c = {}, {}, {} local m = { __call = a } setmetatable(b, m) setmetatable(a, { __call = b }) setmetatable(c, { __call = a })",
      "'__call' 转了一圈又回到自己"
    ),
  ])
  func `A circle and too long a chain are told apart`(source: String, expected: String) throws {
    #expect(try failure(source).message.hasSuffix(expected))
  }

  @Test(arguments: ["%3.p", "%03p", "%+p", "%123p"])
  func `A format that stock Lua refuses is refused`(format: String) throws {
    let failure = try failure("return string.format('\(format)', {})")
    #expect(failure.message.contains("invalid conversion"), "\(failure.message)")
  }

  @Test func `Pointers are formatted to a width`() throws {
    let source =
      "return #string.format('%20p', {}), #string.format('%-20p|', {}), (string.format('%p', 1))"
    #expect(try RunThread.run { try Interpreter().run(source) } == 20)
  }
}
