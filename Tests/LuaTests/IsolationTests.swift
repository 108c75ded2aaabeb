import Lua
import Testing

/// What a script leaves behind, and a script that would see it.
@Suite struct Isolation {
  static let rows: [(leaves: String, sees: String)] = [
    ("shared = 1", "return shared"),
    ("_G.shared = 1 rawset(_G, 'other', 2)", "return rawget(_G, 'shared') or rawget(_G, 'other')"),
    ("string.rep = nil string.shared = 1", "return string.rep == nil or string.shared"),
    ("string.format = function() return 'mine' end", "return ('%d'):format(1) == 'mine'"),
    ("table.insert = nil math.floor = nil", "return not table.insert or not math.floor"),
    ("setmetatable(_G, {__index = function() return 1 end})", "return nothing or getmetatable(_G)"),
    ("setmetatable(string, {__index = {shared = 1}})", "return ('').shared"),
    ("pcall(function() getmetatable('').__index = {} end)", "return ('x'):upper() ~= 'X'"),
    ("coroutine.create = nil coroutine.wrap = print", "return coroutine.create == nil"),
    ("require('kept').value = 1", "return require('kept').value"),
    ("host.shared = 1", "return host.shared"),
    ("utf8.charpattern = 'x'", "return utf8.charpattern == 'x'"),
    ("pairs = nil next = nil pcall = nil", "return not (pairs and next and pcall)"),
    ("local function f() end kept = f", "return kept"),
    ("for i = 1, 50 do tostring({}) end", "return tostring({}) ~= 'table: 0x00000001'"),
    (
      "local t = setmetatable({}, {__name = 'mine'}) tostring(t)",
      "return tostring({}):find('mine')"
    ),
    ("error('x')", "return select(2, pcall(error)) ~= nil"),
    // It allocates: the thread sanitizer lets no signal into a loop that does not.
    ("while true do local t = {} end", "return false"),
    ("local s = 'x' while true do s = s .. s end", "return false"),
    ("local function f() return 1 + f() end f()", "return false"),
  ]

  /// What a run prints and gives, byte for byte: keys, order, names of objects, texts of errors.
  static let witness = """
    local seen = {}
    local function say(...) print(...) end
    for name, value in pairs(_G) do seen[#seen + 1] = name .. ':' .. type(value) end
    for _, library in ipairs {'string', 'table', 'math', 'utf8', 'coroutine', 'host'} do
      for name, value in pairs(_G[library]) do seen[#seen + 1] = library .. '.' .. name end
    end
    say(table.concat(seen, ' '))
    say({}, print, coroutine.create(print), string.format('%p', {}))
    say(select(2, pcall(string.rep)), select(2, pcall(host.double, {})))
    say(collectgarbage('count') > 0, host.double(21), getmetatable(''), #seen)
    local t = {}
    for i = 1, 100 do t['k' .. (i * 7919) % 101] = i end
    local keys = {}
    for k in pairs(t) do keys[#keys + 1] = k end
    return table.concat(keys, ' ')
    """

  static func interpreter(
    time: Double = Limits.unreachable, _ output: @escaping (String) -> Void = { _ in }
  ) -> Interpreter {
    let double = HostFunction(
      "double", Bilingual("", ""), Parameter("n", Bilingual("", ""), as: Int.self)
    ) { $0 * 2 }
    return Interpreter(
      limits: Limits(time: time, memory: 8 << 20, output: 1 << 20),
      modules: [HostModule("host", Bilingual("", ""), functions: [double], isGlobal: true)],
      language: .english, output: output,
      loader: { $0 == "kept" ? Chunk(source: "return {}", name: "kept.lua") : nil })
  }

  static func testimony() throws -> String {
    try RunThread.run {
      var lines: [String] = []
      let lua = interpreter { lines.append($0) }
      let last = try lua.run(witness, name: "witness.lua")
      return lines.joined(separator: "\n") + "\n\(last)"
    }
  }

  @Test(arguments: rows)
  func `Nothing that one interpreter leaves is seen by the next or by one beside it`(
    leaves: String, sees: String
  ) throws {
    let before = try Self.testimony()
    try RunThread.run {
      let beside = Self.interpreter()
      let lua = Self.interpreter(time: 0.1)
      _ = try? lua.run(leaves, name: "leaves.lua")
      let next = Self.interpreter()
      for other in [beside, next] {
        let seen = try other.run("local seen = (function() \(sees) end)() return not not seen")
        #expect(seen == false, "\(leaves)")
      }
    }
    #expect(try Self.testimony() == before, "\(leaves)")
  }

  @Test func `Threads side by side see nothing of one another, and give the same bytes`()
    async throws
  {
    let expected = try Self.testimony()
    let failures = await withTaskGroup(of: [String].self) { group in
      for number in 0..<4 {
        group.addTask { Self.failures(isSpoiler: number.isMultiple(of: 2), expected: expected) }
      }
      return await group.reduce(into: []) { $0 += $1 }
    }
    #expect(failures == [])
  }

  /// Spoils interpreters, or looks whether others' spoiling shows.
  private static func failures(isSpoiler: Bool, expected: String) -> [String] {
    rows.shuffled().prefix(10).compactMap { leaves, _ in
      do {
        if isSpoiler {
          try RunThread.run { _ = try? interpreter(time: 0.1).run(leaves) }
          return nil
        }
        return try testimony() == expected ? nil : leaves
      } catch { return "\(error)" }
    }
  }
}
