import CLuaShim
import Glibc
import Lua
import Testing

private let none = Bilingual("", "")

/// Rows in memory, as a driver would give them; knows how often it was finalized.
private final class Table {
  enum Cell {
    case integer(Int64), real(Double), text(String), null
  }

  let rows: [[Cell]]
  var position = -1
  var finalized = 0
  var failsAt: Int?
  var bytes: [CChar] = []

  init(_ rows: [[Cell]], failsAt: Int? = nil) {
    self.rows = rows
    self.failsAt = failsAt
  }

  static func of(_ context: UnsafeMutableRawPointer?) -> Table {
    Unmanaged<Table>.fromOpaque(context!).takeUnretainedValue()
  }

  var source: RowSource {
    var source = RowSource()
    source.context = Unmanaged.passUnretained(self).toOpaque()
    source.step = { context in
      let table = Table.of(context)
      table.position += 1
      if table.position == table.failsAt { return -1 }
      return table.position < table.rows.count ? 1 : 0
    }
    source.type = { context, column in
      let table = Table.of(context)
      switch table.rows[table.position][Int(column)] {
      case .integer: return 1
      case .real: return 2
      case .text: return 3
      case .null: return 5
      }
    }
    source.integer = { context, column in
      let table = Table.of(context)
      guard case .integer(let value) = table.rows[table.position][Int(column)] else { return 0 }
      return value
    }
    source.real = { context, column in
      let table = Table.of(context)
      guard case .real(let value) = table.rows[table.position][Int(column)] else { return 0 }
      return value
    }
    source.text = { context, column, length in
      let table = Table.of(context)
      guard case .text(let value) = table.rows[table.position][Int(column)] else { return nil }
      table.bytes = Array(value.utf8CString)
      length!.pointee = value.utf8.count
      return table.bytes.withUnsafeBufferPointer { $0.baseAddress }
    }
    source.finalize = { context in Table.of(context).finalized += 1 }
    source.message = { _ in staticMessage }
    return source
  }
}

nonisolated(unsafe) private let staticMessage = UnsafePointer(
  strdup("disk image is malformed")!)

private let columns = [
  LuaColumn("id"), LuaColumn("done", .boolean), LuaColumn("score", .decimal(places: 2)),
  LuaColumn("name", state: 4),
]

private func cases() -> Table {
  Table([
    [.integer(1), .integer(1), .integer(950), .text("楼道"), .null],
    [.integer(2), .integer(0), .integer(1005), .null, .text("pending")],
    [.integer(3), .null, .null, .text("电梯"), .null],
  ])
}

private func interpreter(
  _ table: Table, _ mode: LuaRows.Mode, limits: Limits = .none,
  unknown: ((String) throws -> LuaValue)? = nil
) -> Interpreter {
  let rows = HostFunction("rows", none) { () in
    LuaRows(table.source, columns: columns, mode: mode, unknown: unknown)
  }
  return Interpreter(
    limits: limits, modules: [HostModule("host", none, functions: [rows], isGlobal: true)],
    language: .english)
}

@Suite struct `Rows` {
  @Test func `A loop reads fields straight from the columns`() throws {
    let table = cases()
    let lua = interpreter(table, .each)
    let text = try lua.run(
      """
      local parts = {}
      for row in host.rows() do
        parts[#parts + 1] = row.id .. tostring(row.done) .. tostring(row.score)
          .. tostring(row.name) .. row:state "name" .. row:state "done"
      end
      return table.concat(parts, " ")
      """)
    #expect(
      text == "1true9.50楼道presentpresent 2false10.05nilpendingpresent 3nilnil电梯presentmissing")
    #expect(table.finalized == 1)
  }

  @Test func `A row that has passed is an error`() {
    let lua = interpreter(cases(), .each)
    for source in [
      "local old for row in host.rows() do if old then return old.id end old = row end",
      "local old for row in host.rows() do old = row end return old.id",
    ] {
      do throws(LuaError) {
        _ = try lua.run(source, name: "t")
        Issue.record("read")
      } catch {
        #expect("\(error)" == "t:1: this row has passed; keep its values, or use list()")
      }
    }
  }

  @Test func `A list is plain tables that stay readable and know their states`() throws {
    let table = cases()
    let lua = interpreter(table, .list(most: nil))
    #expect(
      try lua.run(
        """
        local list = host.rows()
        return #list .. list[1].name .. tostring(list[2].name) .. list[2]:state "name"
          .. list[3]:state "score" .. list[1]:state "id" .. tostring(list[2].score)
        """) == "3楼道nilpendingmissingpresent10.05")
    #expect(table.finalized == 1)
  }

  @Test func `The first row is a table, or nil`() throws {
    #expect(try interpreter(cases(), .first).run("return host.rows().id") == 1)
    #expect(try interpreter(Table([]), .first).run("return host.rows()") == .nil)
    #expect(try interpreter(cases(), .list(most: 2)).run("return #host.rows()") == 2)
  }

  @Test func `A field that is not there is an error, or what the host says`() throws {
    do throws(LuaError) {
      _ = try interpreter(cases(), .each).run(
        "for row in host.rows() do return row.nam end", name: "t")
      Issue.record("read")
    } catch {
      #expect("\(error)" == "t:1: this row has no field 'nam'")
    }
    let lua = interpreter(cases(), .each) { .string("no \($0)") }
    #expect(try lua.run("for row in host.rows() do return row.nam end") == "no nam")
  }

  @Test func `A source that fails raises its message and is finalized once`() {
    let table = Table([[.integer(1), .null, .null, .null, .null]], failsAt: 1)
    let lua = interpreter(table, .each)
    do throws(LuaError) {
      _ = try lua.run("for row in host.rows() do end", name: "t")
      Issue.record("no error")
    } catch {
      #expect("\(error)".hasSuffix("disk image is malformed"))
    }
    #expect(table.finalized == 1)
  }

  @Test func `Every source is finalized exactly once, however the loop ends`() {
    for (source, limits) in [
      ("for row in host.rows() do break end", Limits.none),
      ("for row in host.rows() do error('x') end", .none),
      ("pcall(function() for row in host.rows() do error('x') end end)", .none),
      ("for row in host.rows() do while true do local t = {} end end", Limits(time: 0.05)),
      ("local f = host.rows() f = nil; for i = 1, 1e5 do local t = {} end", .none),
      ("host.rows()", Limits(memory: 200_000)),
      (
        "return coroutine.wrap(function() for row in host.rows() do coroutine.yield() end end)()",
        .none
      ),
    ] {
      let table = cases()
      do {
        let lua = interpreter(table, .each, limits: limits)
        _ = try? lua.run(source)
        if limits.time != nil { #expect(table.finalized == 1, "closed at the stop") }
      }
      #expect(table.finalized == 1, "\(source)")
    }
  }

  @Test func `Rows cannot be changed, copied into the host, or had by metatable`() {
    let lua = interpreter(cases(), .each)
    for source in [
      "for row in host.rows() do row.id = 5 end", "for row in host.rows() do return row end",
      "for row in host.rows() do return getmetatable(row).x end",
    ] {
      #expect(throws: LuaError.self, "\(source)") { try lua.run(source) }
    }
  }
}
