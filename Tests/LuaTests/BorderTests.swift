import Lua
import Testing

/// What comes of each value that crosses from a script into the host: the value, or why not.
@Suite struct Border {
  /// A script, and what it gives: `= VALUE`, `refused PATH: REASON` or `error MESSAGE`.
  static let rows: [(source: String, outcome: String)] = [
    ("local t = {} t.a = {b = t} return t", "refused .a.b: the table contains itself"),
    ("local t = {} t[1] = t return t", "refused [1]: the table contains itself"),
    (nested(64), "= depth 64"),
    (
      nested(65),
      "refused \(String(repeating: "[1]", count: 64)): tables nest deeper than 64 levels"
    ),
    ("local t = {} for i = 1, 99999 do t[i] = i end return t", "= 99999 items"),
    (
      "local t = {} for i = 1, 100000 do t[i] = i end return t",
      "refused [100000]: more than 100,000 values"
    ),
    (
      "local t = {} for i = 1, 1e6 do t['k' .. i] = i end return t",
      "refused : more than 100,000 values"
    ),
    (
      "local t = {1} for _ = 1, 20 do t = {t, t} end return t",
      "refused *: more than 100,000 values"
    ),
    ("return {[0 / 0] = 1}", "error table index is NaN"),
    ("return {[true] = 1}", "refused [boolean]: \(keys)"),
    ("return {[1.5] = 1}", "refused [number]: \(keys)"),
    ("return {[0] = 1}", "refused [0]: \(keys)"),
    ("return {[math.maxinteger] = 1}", "refused [9223372036854775807]: \(keys)"),
    ("return {[{}] = 1}", "refused [table]: \(keys)"),
    ("return {1, nil, 3}", "refused : \(keys)"),
    ("return '\\xff'", "refused : the text is not UTF-8 at byte 1"),
    ("return {x = {'公约\\xe5'}}", "refused .x[1]: the text is not UTF-8 at byte 7"),
    ("return {['a\\xff'] = 1}", "refused : the text is not UTF-8 at byte 2"),
    ("return '\\xc0\\x80'", "refused : the text is not UTF-8 at byte 1"),
    ("return 'a\\xed\\xa0\\x80'", "refused : the text is not UTF-8 at byte 2"),
    ("return '\\xf4\\x90\\x80\\x80'", "refused : the text is not UTF-8 at byte 1"),
    ("return 'a\\0b'", "= \"a\\0b\""),
    ("return {['a\\0b'] = '\\0'}", "= \"a\\0b\": \"\\0\""),
    ("return math.maxinteger", "= 9223372036854775807"),
    ("return math.mininteger", "= -9223372036854775808"),
    ("return math.maxinteger + 1.0", "= 9.223372036854776e+18"),
    ("return -0.0", "= -0.0"),
    ("return 1 / 0", "= inf"),
    ("return -1 / 0", "= -inf"),
    ("return 0 / 0", "= nan"),
    ("return coroutine.create(print)", "refused : \(objects)"),
    ("return {a = coroutine.running()}", "refused .a: \(objects)"),
    ("return setmetatable({1}, \(hostile))", "= 1 items"),
    ("return {setmetatable({}, \(hostile))}", "= 1 items"),
    ("error(setmetatable({}, \(hostile)))", "error (error object is a table value)"),
    ("error({})", "error (error object is a table value)"),
    ("error(nil)", "error (error object is a nil value)"),
    ("error(2.5)", "error 2.5"),
    ("error('a\\xffb', 0)", "error a\u{FFFD}b"),
    ("error('a\\0b', 0)", "error a\0b"),
    ("error(('x'):rep(100000), 0)", "error \(String(repeating: "x", count: 65536))"),
    ("local t <close> = setmetatable({}, \(hostile)) return 1", "error called"),
  ]

  private static let keys = "a table's keys must be strings, or integers from 1 without gaps"
  private static let objects = "a coroutine or a live row cannot leave the script"

  /// A metatable whose every function would show that it was called.
  private static let hostile = """
    (function()
      local mt = {__name = '\\27[31m'}
      for _, name in ipairs {'index', 'pairs', 'len', 'tostring', 'close', 'call', 'eq', 'concat'} do
        mt['__' .. name] = function() error('called', 0) end
      end
      return mt
    end)()
    """

  private static func nested(_ depth: Int) -> String {
    "local t = {} for _ = 2, \(depth) do t = {t} end return t"
  }

  private static func words(_ value: LuaValue) -> String {
    switch value {
    case .integer(let value): return "\(value)"
    case .number(let value): return value.isNaN ? "nan" : "\(value)"
    case .string(let text): return text.debugDescription
    case .record(let fields):
      let pairs = fields.sorted { $0.key < $1.key }
      return pairs.map { "\($0.key.debugDescription): \(words($0.value))" }.joined(separator: ", ")
    case .list(let items):
      var depth = 1
      var inner = items
      while case .list(let next)? = inner.first, inner.count == 1, items.count == 1 {
        (inner, depth) = (next, depth + 1)
      }
      return depth > 2 ? "depth \(depth)" : "\(items.count) items"
    default: return "\(value)"
    }
  }

  private func outcome(_ source: String) throws -> String {
    try RunThread.run {
      let lua = Interpreter(
        limits: Limits(time: Limits.unreachable, memory: 256 << 20), language: .english)
      do throws(LuaError) {
        return "= \(Self.words(try lua.run(source, name: "b")))"
      } catch .unconvertible(let reason, let path, _) {
        return "refused \(path): \(reason.english)"
      } catch {
        return "error \("\(error)".replacing("b:1: ", with: ""))"
      }
    }
  }

  @Test(arguments: rows)
  func `What a script returns or throws has a defined result`(
    source: String, expected: String
  ) throws {
    let outcome = try outcome(source)
    if expected.hasPrefix("refused *") {
      #expect(outcome.hasPrefix("refused [1]") && outcome.hasSuffix(expected.dropFirst(9)))
    } else {
      #expect(outcome == expected, "\(source)")
    }
  }

  /// The same border, when the value is an argument of a host function.
  @Test(arguments: rows)
  func `What a script passes to the host has the same result, as an error it can catch`(
    source: String, expected: String
  ) throws {
    guard source.contains("return"), !source.contains("<close>"), expected.hasPrefix("refused ")
    else { return }
    var seen: LuaValue?
    let take = HostFunction(
      "take", Bilingual("", ""), Parameter("value", Bilingual("", ""), as: LuaValue.self)
    ) { value in
      seen = value
      return 0
    }
    try RunThread.run {
      let lua = Interpreter(
        limits: Limits(time: Limits.unreachable, memory: 256 << 20),
        modules: [HostModule("host", Bilingual("", ""), functions: [take], isGlobal: true)],
        language: .english)
      let caught = try lua.run(
        "local value = (function() \(source) end)() return select(2, pcall(host.take, value))")
      let reason = expected.split(separator: ": ", maxSplits: 1).last.map(String.init) ?? ""
      guard case .string(let message) = caught else {
        Issue.record("\(source): \(caught)")
        return
      }
      #expect(message.hasSuffix(reason), "\(source): \(message)")
      #expect(seen == nil)
    }
  }
}
