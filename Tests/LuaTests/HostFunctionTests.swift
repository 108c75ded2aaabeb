import Lua
import Testing

private let none = Bilingual("", "")

private struct Broken: Error, Equatable {
  let code: Int
}

private struct Fatal: LuaUncatchable {}

/// A payload that counts how many of it live.
private final class Counter: @unchecked Sendable {
  var live = 0
}

private final class Token: @unchecked Sendable {
  let counter: Counter
  init(_ counter: Counter) {
    self.counter = counter
    counter.live += 1
  }
  deinit { counter.live -= 1 }
}

private struct Day: LuaObject, Equatable {
  static let luaType = "day"
  let number: Int
  var token: Token?
  static func == (left: Day, right: Day) -> Bool { left.number == right.number }
}

private var half: HostFunction {
  HostFunction(
    "half", Bilingual("取一半", "Halves a number."),
    Parameter("x", Bilingual("数", "the number"), as: Double.self),
    returns: Bilingual("一半", "half of it")
  ) { $0 / 2 }
}

private func interpreter(
  _ functions: [HostFunction], types: [HostType] = [], language: LuaLanguage = .english
) -> Interpreter {
  Interpreter(
    modules: [HostModule("host", none, functions: functions, isGlobal: true)], types: types,
    language: language)
}

@Suite struct `Host functions` {
  @Test func `A function and its documentation are one value`() {
    #expect(half.signature == "half(x: number) -> number")
    let other = HostFunction(
      "say", none, Parameter("text", none, as: String.self),
      Parameter("times", none, as: Int?.self), Parameter("rest", none, as: Rest<LuaValue>.self)
    ) { (_: String, _: Int?, _: Rest<LuaValue>) in }
    #expect(other.signature == "say(text: string, times: integer?, ...: any)")
  }

  @Test func `Scripts call it by require and as a global`() throws {
    let lua = interpreter([half])
    #expect(try lua.run("return host.half(5), require('host').half(5)") == 2.5)
  }

  @Test func `A wrong argument is told in the author's language`() {
    let cases: [(LuaLanguage, String)] = [
      (.english, "t:1: bad argument #1 'x' to half: expected number, got string"),
      (.chinese, "t:1: half 的参数 1（x）应为 number，实际是 string"),
    ]
    for (language, words) in cases {
      do {
        _ = try interpreter([half], language: language).run("host.half('a')", name: "t")
        Issue.record("accepted")
      } catch .runtime(let message, _, _, _) {
        #expect(message == words)
      } catch {
        Issue.record("\(error)")
      }
    }
  }

  @Test func `Every type of argument and result goes through`() throws {
    let echo = HostFunction("echo", none, Parameter("v", none, as: LuaValue.self), returns: none) {
      (value: LuaValue) in value
    }
    let lua = interpreter([echo])
    for source in ["nil", "true", "1", "-0.5", "'公约'", "{1,2,{x=3}}", "math.mininteger"] {
      #expect(try lua.run("return host.echo(\(source))") == lua.run("return \(source)"))
    }
    #expect(try lua.run("local f = function() return 9 end; return host.echo(f)()") == 9)
    #expect(try lua.run("return host.echo('a\\0b'):byte(2)") == 0)
  }

  @Test func `A text argument that is not UTF-8 is refused with its position`() throws {
    let take = HostFunction("take", none, Parameter("s", none, as: String.self), returns: none) {
      (text: String) in text
    }
    let lua = interpreter([take])
    for bad in ["ab\\xff", "ab\\xe5\\x85", "ab\\xf0\\x9f\\x98", "ab\\xed\\xa0\\x80"] {
      let message = try lua.run("return select(2, pcall(host.take, '\(bad)'))")
      #expect(message == "the text is not UTF-8 at byte 3", "\(bad)")
    }
    #expect(try lua.run("return host.take('')") == "")
  }

  @Test func `A host error is a message to the script and itself to the host`() {
    let fail = HostFunction("fail", none) { () throws -> Void in throw Broken(code: 7) }
    let lua = interpreter([fail])
    #expect(
      (try? lua.run("return select(2, pcall(host.fail))")) == .string("Broken(code: 7)"))
    do {
      _ = try lua.run("host.fail()")
      Issue.record("no error")
    } catch .runtime(_, _, let cause, _) {
      #expect(cause as? Broken == Broken(code: 7))
    } catch {
      Issue.record("\(error)")
    }
  }

  @Test func `An uncatchable failure ends the run`() {
    let fail = HostFunction("fail", none) { () throws -> Void in throw Fatal() }
    let lua = interpreter([fail])
    do {
      _ = try lua.run("pcall(host.fail); return 1")
      Issue.record("swallowed")
    } catch .host(let error, _) {
      #expect(error is Fatal)
    } catch {
      Issue.record("\(error)")
    }
  }

  @Test func `A thousand errors leave no object behind`() throws {
    let counter = Counter()
    let fail = HostFunction("fail", none) { () throws -> Void in
      let tokens = [Token(counter), Token(counter), Token(counter)]
      throw LuaFailure("不", "no \(tokens.count)")
    }
    let lua = interpreter([fail])
    _ = try lua.run("for i = 1, 1000 do pcall(host.fail) end")
    #expect(counter.live == 0)
  }

  @Test func `Objects have methods and metamethods and are released`() throws {
    let counter = Counter()
    let type = HostType(
      "day", none,
      methods: [
        HostFunction("number", none, Parameter("self", none, as: Day.self), returns: none) {
          (day: Day) in day.number
        }
      ],
      metamethods: [
        HostFunction(
          "__add", none, Parameter("day", none, as: Day.self), Parameter("n", none, as: Int.self),
          returns: none
        ) { (day: Day, count: Int) in Day(number: day.number + count, token: Token(counter)) },
        HostFunction(
          "__eq", none, Parameter("a", none, as: Day.self), Parameter("b", none, as: Day.self),
          returns: none
        ) { (a: Day, b: Day) in a == b },
        HostFunction("__tostring", none, Parameter("self", none, as: Day.self), returns: none) {
          (day: Day) in "day \(day.number)"
        },
        HostFunction(
          "__index", none, Parameter("self", none, as: Day.self),
          Parameter("name", none, as: String.self), returns: none
        ) { (_: Day, name: String) in "no \(name)" },
      ])
    let make = HostFunction("day", none, Parameter("n", none, as: Int.self), returns: none) {
      (number: Int) in Day(number: number, token: Token(counter))
    }
    do {
      let lua = interpreter([make], types: [type])
      #expect(
        try lua.run(
          """
          local d = host.day(3) + 2
          return tostring(d) .. " " .. d:number() .. " " .. tostring(d == host.day(5)) .. " "
            .. d.other .. " " .. tostring(getmetatable(d))
          """) == "day 5 5 true no other false")
      #expect(try lua.run("return host.day(1)").object(as: Day.self)?.number == 1)
      _ = try lua.run("for i = 1, 10000 do local d = host.day(i) end")
    }
    #expect(counter.live == 0)
  }

  @Test func `A host function can call back into Lua`() throws {
    var lua: Interpreter!
    let twice = HostFunction(
      "twice", none, Parameter("f", none, as: LuaFunction.self), returns: none
    ) {
      (function: LuaFunction) in
      try lua.call(function, [1])[0].int! + lua.call(function, [2])[0].int!
    }
    lua = interpreter([twice])
    #expect(try lua.run("return host.twice(function(x) return x * 10 end)") == 30)
    #expect(
      try lua.run("return (select(2, pcall(host.twice, function() error('inner', 0) end)))")
        == "inner")
    #expect(
      try lua.run(
        "return coroutine.wrap(function() return host.twice(function(x) return x end) end)()") == 3)
    lua = nil
  }

  @Test func `require runs a plugin's own file once`() throws {
    let lua = Interpreter(loader: { name in
      name == "rates" ? Chunk(source: "n = (n or 0) + 1; return { n = n }", name: "rates.lua") : nil
    })
    #expect(try lua.run("require 'rates'; return require('rates').n") == 1)
    #expect(throws: LuaError.self) { try lua.run("require 'other'") }
  }

  @Test func `Decimals are exact`() throws {
    let lua = Interpreter()
    try lua.set(global: "a", to: .decimal(units: 1230, places: 2))
    let cases: [(String, LuaValue)] = [
      ("a", .decimal(units: 1230, places: 2)), ("a + 1", .decimal(units: 1330, places: 2)),
      ("a * a", .decimal(units: 1_512_900, places: 4)),
      ("2 - a", .decimal(units: -1030, places: 2)),
      ("-a", .decimal(units: -1230, places: 2)), ("tostring(a)", "12.30"), ("'=' .. a", "=12.30"),
      ("a == a + 0", true), ("a < 13", true), ("a:eq(12)", false), ("(a * 10):eq(123)", true),
      ("a:eq('x')", false), ("pcall(function() return a + 0.5 end)", false),
      ("pcall(function() return a * math.maxinteger end)", false),
    ]
    for (source, expected) in cases {
      #expect(try lua.run("return \(source)") == expected, "\(source)")
    }
  }
}
