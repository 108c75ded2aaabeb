import Lua
import Testing

/// What is wrong in Lua 5.4.4, and must not be seen by a script, whatever release runs it.
@Suite struct `Known bugs of Lua` {
  static let rows: [(bug: String, source: String, outcome: LuaValue)] = [
    (
      "nested coroutine.close overflows the C stack",
      """
      local deepest, co
      for _ = 1, 12000 do
        local inner = co
        co = coroutine.create(function()
          local t <close> = setmetatable({}, {__close = function()
            if inner then deepest = select(2, pcall(coroutine.close, inner)) or deepest end
          end})
          coroutine.yield()
        end)
        coroutine.resume(co)
      end
      return coroutine.close(co)
      """, true
    ),
    (
      "naming the end of a long chain in a message overflows the C stack",
      """
      local f = load('local a = {} return a' .. ('.x'):rep(200000))
      return select(2, pcall(f)):match("attempt to index a nil value %(field 'x'%)")
      """, "attempt to index a nil value (field 'x')"
    ),
    (
      "a weak metatable loses its functions while they are called",
      """
      local weak, own = {__mode = 'k'}, {__mode = 'v'}
      local refused = 0
      for _, f in ipairs {
        function() setmetatable({}, weak) end, function() setmetatable(own, own) end,
      } do
        if select(2, pcall(f)):find("这里的元表不能有 '__mode'", 1, true) then
          refused = refused + 1
        end
      end
      return refused
      """, 2
    ),
    (
      "break out of a loop with a closing value and a captured variable is miscompiled",
      """
      local counts = {
        select('#', pairs({})), select('#', ipairs({})), select('#', ('x'):gmatch('x')),
        select('#', utf8.codes('x')), select('#', pairs({a = 1})),
      }
      return math.max(table.unpack(counts))
      """, 3
    ),
    (
      "an error in __close overwrites the error under way",
      """
      local function broken(message)
        return setmetatable({}, {__close = function() error(message, 0) end})
      end
      local ok, message = pcall(function()
        local a <close> = broken 'a'
        local b <close> = broken 'b'
        error('first', 0)
      end)
      return ok
      """, false
    ),
    (
      "constants beyond the 256th in bitwise operations and comparisons",
      """
      local results, kinds = {}, 0
      for _, n in ipairs {1, 100, 250, 253, 254, 255, 256, 257, 258, 300, 1000, 30000} do
        local t = {'local a, t = ... local x '}
        for i = 1, n do t[#t + 1] = 'x=' .. i .. '.5 ' end
        t[#t + 1] = [[
          return a & 240.0, 240.0 & a, a | 15.0, 15.0 | a, a ~ 255.0, 255.0 ~ a, a & 0xF00000000F,
            a << 2.0, 2.0 << a, a & 1e3, a ~ 7, a | 8, a & 9, t.key == 'value', t.key ~= 'other',
            t.key == 7.25, t.list[1] == 3.5, t.number < 4.5, t.number == 4, t.number // 3.0]]
        local got = table.pack(load(table.concat(t))(0x5A, {key = 'value', list = {3.5}, number = 4}))
        for i = 1, got.n do got[i] = tostring(got[i]) end
        local text = table.concat(got, ' ')
        if not results[text] then results[text], kinds = true, kinds + 1 end
      end
      return kinds .. ': ' .. next(results)
      """,
      "1: 80 80 95 95 165 165 10 360 0 72 93 90 8 true true false true true true 1.0"
    ),
    (
      "utf8.codes accepts bytes that continue no character",
      """
      local refused = 0
      for _, text in ipairs {'\\x80', 'ab\\xBFc', '你\\x80', 'é\\xA9x', '\\u{10FFFF}\\x80'} do
        if not pcall(function() for _ in utf8.codes(text) do end end) then refused = refused + 1 end
      end
      local read = 0
      for _, code in utf8.codes('aé你\\u{10FFFF}') do read = read + code end
      return refused .. ' ' .. read
      """, "5 1134761"
    ),
  ]

  @Test(arguments: rows)
  func `A script does not meet it`(bug: String, source: String, outcome: LuaValue) throws {
    #expect(
      try run(source, limits: Limits(time: Limits.unreachable, memory: 64 << 20)) == outcome,
      "\(bug)")
  }

  @Test func `An error in __close does not overwrite a stop`() throws {
    try RunThread.run {
      do throws(LuaError) {
        _ = try Interpreter(limits: Limits(time: 0.05)).run(
          """
          local a <close> = setmetatable({}, {__close = function() error('another') end})
          while true do local t = {} end
          """)
        Issue.record("it ended")
      } catch {
        guard case .exceeded(.time, _, _, _) = error else {
          Issue.record("\(error)")
          return
        }
      }
    }
  }
}
