import Lua
import Testing

/// The guarded functions do what the manual says, also beyond the length at which they work in
/// pieces. Expected values come from definitions in Lua that use nothing guarded.
@Suite struct Guards {
  private func yields(_ source: String) throws -> LuaValue {
    try RunThread.run { try Interpreter().run(source, name: "guards.lua") }
  }

  @Test func `Sorting orders every kind of list`() throws {
    let source = """
      local function random(n) seed = (seed * 1103515245 + 12345) % 2147483648 return seed % n end
      seed = 1
      for round = 1, 200 do
        local t, sum, n = {}, 0, random(400)
        for i = 1, n do t[i] = random(round) sum = sum + t[i] end
        local down = round % 2 == 0
        table.sort(t, down and function(a, b) return a > b end or nil)
        for i = 2, n do assert(down and t[i - 1] >= t[i] or not down and t[i - 1] <= t[i]) end
        for i = 1, n do sum = sum - t[i] end
        assert(sum == 0 and #t == n)
      end
      local t = {'丙', 'b', '甲', 'a'}
      table.sort(t)
      return table.concat(t)
      """
    #expect(try yields(source) == "ab丙甲")
  }

  @Test func `Sorting meets its worst cases without slowing down`() throws {
    let source = """
      for _, make in ipairs {
        function(i, n) return i end, function(i, n) return n - i end,
        function(i, n) return i % 2 end, function(i, n) return i < n / 2 and i or n - i end,
      } do
        local t, n = {}, 50000
        for i = 1, n do t[i] = make(i, n) end
        table.sort(t)
        for i = 2, n do assert(t[i - 1] <= t[i]) end
      end
      return true
      """
    let result = try RunThread.run {
      try Interpreter(limits: Limits(time: Limits.unreachable)).run(source)
    }
    #expect(result == true)
  }

  @Test func `Sorting numbers takes no memory that a script has not`() throws {
    let source = """
      local ballast, t, n = ('x'):rep(1000000), {}, 65536
      for i = 1, n do t[i] = i * 7919 % n end
      table.sort(t)
      for i = 2, n do assert(t[i - 1] < t[i]) end
      return #ballast
      """
    let result = try RunThread.run {
      try Interpreter(limits: Limits(memory: 2_500_000)).run(source)
    }
    #expect(result == 1_000_000)
  }

  @Test func `Sorting refuses what cannot be ordered`() throws {
    let source = """
      return select(2, pcall(table.sort, {1, 'x', 2}))
        .. '|' .. select(2, pcall(table.sort, {1, 2, 3}, 5))
      """
    #expect(
      try yields(source)
        == """
        attempt to compare string with number|bad argument #2 to 'table.sort' (function expected, got number)
        """)
  }

  @Test func `Long texts give what short ones give`() throws {
    let source = """
      local piece = 'aB好é'
      local n = 60000
      local long = piece:rep(n)
      assert(long:upper() == piece:upper():rep(n) and long:lower() == piece:lower():rep(n))
      assert(long:reverse():reverse() == long and long:reverse() == piece:reverse():rep(n))
      assert(utf8.len(long) == 4 * n and utf8.len(long, 3, -3) == 4 * n - 3)
      assert(utf8.offset(long, 4 * n) == #long - 1 and utf8.offset(long, 4 * n + 1) == #long + 1)
      assert(utf8.offset(long, 4 * n + 2) == nil and utf8.offset(long, -4) == #long - 6)
      assert(utf8.offset(long, -4 * n) == 1 and utf8.offset(long, -4 * n - 1) == nil)
      assert(utf8.offset(long, 0, 4) == 3 and utf8.offset(long, 3, 3) == 8)
      assert(not pcall(utf8.offset, long, 1, 4))
      for _, at in ipairs {1, 65536, 65537, 131072, #long} do
        local bad = long:sub(1, at - 1) .. '\\xff' .. long:sub(at + 1)
        local length, position = utf8.len(bad)
        assert(length == nil and position <= at and position > at - 4, position)
      end
      local stray = ('a'):rep(65530) .. ('\\x80'):rep(20) .. ('a'):rep(300000)
      assert(select(2, utf8.len(stray)) == 65531)
      return true
      """
    #expect(try yields(source) == true)
  }

  @Test func `Ordinary formats and packs are untouched`() throws {
    let source = """
      assert(string.format('%5.1f|%-3d|%q', 2.25, 7, 'a\\n') == '  2.2|7  |"a\\\\\\n"')
      assert(string.pack('>c4 s2 z', 'ab', 'x', 'y') == 'ab\\0\\0\\0\\1xy\\0')
      assert(string.packsize('i4 i8 !8') == 16 or string.packsize('i4 i8') == 12)
      assert(select('#', string.unpack('bbb', 'abc')) == 4)
      assert(tonumber('0x10') == 16 and tonumber('z', 36) == 35 and tonumber(' 7 ') == 7)
      assert(not pcall(tonumber) and tonumber({}) == nil)
      return true
      """
    #expect(try yields(source) == true)
  }

  @Test func `A coroutine yields across pcall and metamethods`() throws {
    let source = """
      local t = setmetatable({}, {__index = function(_, k) return coroutine.yield(k) end})
      local co = coroutine.wrap(function()
        local ok, x = pcall(function() return coroutine.yield(1) + t[2] end)
        return tostring(ok) .. ' ' .. x
      end)
      return co() .. ' ' .. co(1) .. ' ' .. co(2)
      """
    #expect(try yields(source) == "1 2 true 3")
  }

  @Test(arguments: [
    "local function f() return 1 + f() end f()",
    "local s = 'x' local function f() return (s:gsub('x', f)) end f()",
    "local t = setmetatable({}, {__index = function(t, k) return t[k] end}) return t.x",
    "local function f() return coroutine.wrap(f)() end f()",
  ])
  func `A full stack is the budget depth`(source: String) throws {
    try RunThread.run {
      do throws(LuaError) {
        _ = try Interpreter().run(source, name: "deep.lua")
        Issue.record("it ended")
      } catch {
        guard case .exceeded(.depth, _, _, let place) = error else {
          Issue.record("\(error)")
          return
        }
        #expect(place.chunk == "deep.lua")
      }
    }
  }

  @Test func `A full stack can be caught, and its words forge nothing`() throws {
    let source = "local function f() return 1 + f() end pcall(f) error('stack overflow', 0)"
    try RunThread.run {
      do throws(LuaError) {
        _ = try Interpreter().run(source)
        Issue.record("it ended")
      } catch {
        guard case .runtime("stack overflow", _, _, _) = error else {
          Issue.record("\(error)")
          return
        }
      }
    }
  }
}

/// What `make differential` found to differ from stock Lua.
extension Guards {
  @Test(arguments: [
    ("('aaa'):match('()%1a')", LuaValue.nil),
    ("('b '):match('%Z%l-')", "b"),
    ("('x\\0y'):find('%z')", 2),
    ("('a'):find(('a*'):rep(210))", 1),
    ("select(2, pcall(string.gsub, 'a', 'a', true, 'x')):match('#%d')", "#4"),
    (
      "select(2, pcall(table.concat, {1, {}})):match('invalid.*')",
      "invalid value (table) at index 2 in table for 'concat'"
    ),
    (
      "select(2, pcall(function() string.format('%d', 'x') end)):match('bad.*')",
      "bad argument #2 to 'format' (number expected, got string)"
    ),
    ("select(2, load('return 1', 'n', 'b'))", "attempt to load a text chunk (mode is 'b')"),
    ("select('#', table.remove({}, 0))", 1),
    ("select(2, pcall(next, {}, 1))", "invalid key to 'next'"),
    ("select(2, pcall(coroutine.resume, 5)):match('%b()')", "(thread expected, got number)"),
    ("load(coroutine.wrap(function() coroutine.yield('return ') coroutine.yield(5) end))()", 5),
  ])
  func `Results and errors are stock Lua's`(expression: String, expected: LuaValue) throws {
    #expect(try yields("return (\(expression))") == expected, "\(expression)")
  }
}
