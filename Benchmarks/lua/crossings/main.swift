// The crossings of crossings.c, through the binding. Prints `name nanoseconds`.
import CLuaShim
import Lua

nonisolated let none = Bilingual("", "")
/// Made-up columns, as in the C program.
final class Rows {
  var row = 0
}

func eachRow() -> LuaRows {
  var source = RowSource()
  source.context = Unmanaged.passRetained(Rows()).toOpaque()
  source.step = { context in
    let rows = Unmanaged<Rows>.fromOpaque(context!).takeUnretainedValue()
    rows.row += 1
    return rows.row <= 500_000 ? 1 : 0
  }
  source.type = { _, _ in 1 }
  source.integer = { context, column in
    Int64(Unmanaged<Rows>.fromOpaque(context!).takeUnretainedValue().row) + Int64(column)
  }
  source.finalize = { Unmanaged<Rows>.fromOpaque($0!).release() }
  return LuaRows(source, columns: ["id", "opened", "closed", "due", "kind"].map { LuaColumn($0) })
}

func host() -> HostModule {
  let a = Parameter("a", none, as: Int.self)
  let b = Parameter("b", none, as: Int.self)
  let text = Parameter("text", none, as: String.self)
  return HostModule(
    "host", none,
    functions: [
      HostFunction("add", none, a, b, returns: none) { (a: Int, b: Int) in a + b },
      HostFunction("measure", none, text, returns: none) { (text: String) in text.utf8.count },
      HostFunction("each", none, returns: none) { () in eachRow() },
    ], isGlobal: true)
}

/// Only what the command line names, or everything.
func wanted(_ name: String) -> Bool {
  CommandLine.arguments.count < 2 || CommandLine.arguments.contains(name)
}

func median(_ body: () throws -> Void) rethrows -> Duration {
  var times: [Duration] = []
  for _ in 0..<5 {
    times.append(try ContinuousClock().measure(body))
  }
  return times.sorted()[2]
}

func report(_ name: String, _ source: String, _ operations: Double) throws {
  guard wanted(name) else { return }
  let lua = Interpreter(limits: Limits(time: 600, memory: 256 << 20), modules: [host()])
  let time = try median { _ = try lua.run(source) }
  let (seconds, atto) = time.components
  let nanoseconds = (Double(seconds) * 1e9 + Double(atto) * 1e-9) / operations
  print(name, Double(Int(nanoseconds * 10)) / 10)
}

func reportOpening() throws {
  guard wanted("open") else { return }
  let time = try median {
    for _ in 0..<2000 {
      let lua = Interpreter(limits: Limits(time: 10, memory: 32 << 20), modules: [host()])
      _ = try lua.run("local a, b = 59, 64; return a / b")
    }
  }
  let (seconds, atto) = time.components
  print("open", Double(Int((Double(seconds) * 1e9 + Double(atto) * 1e-9) / 2000)))
}

try RunThread.run {
  try report("integers", "local f = host.add for i = 1, 3000000 do f(i, 2) end", 3e6)
  try report("string", "local f = host.measure for i = 1, 3000000 do f('公约社区治理') end", 3e6)
  try report("rows", "local n = 0 for r in host.each() do n = n + r.opened + r.due end", 5e5)
  try report("pcall", "local f = pcall for i = 1, 3000000 do f(type, 1) end", 3e6)
  try report(
    "coroutine",
    """
    local y = coroutine.yield local c = coroutine.wrap(function() while true do y() end end)
    for i = 1, 2000000 do c() end
    """, 2e6)
  try report("loop", "local n = 0 for i = 1, 20000000 do n = n + i % 7 end", 2e7)
  try report(
    "find",
    "local s = ('街道办 abc 12 '):rep(20) .. 'x9y' for i = 1, 200000 do s:find('%a%d%a') end", 2e5)
  try report(
    "gsub",
    """
    local s = ('name=value; '):rep(20)
    for i = 1, 20000 do s:gsub('(%w+)=(%w+)', '%2=%1') end
    """, 2e4)
  try report("rep", "for i = 1, 200000 do local s = ('ab'):rep(100, ',') end", 2e5)
  try report(
    "concat",
    "local t = {} for i = 1, 100 do t[i] = 'abc' end for i = 1, 50000 do table.concat(t, ',') end",
    5e4)
  try report(
    "insert", "for i = 1, 200 do local t = {} for k = 1, 5000 do table.insert(t, k) end end", 1e6)
  try report(
    "pairs",
    """
    local t = {} for i = 1, 1000 do t['k' .. i] = i end
    for i = 1, 300 do for k, v in pairs(t) do end end
    """, 3e5)
  try reportOpening()
}
