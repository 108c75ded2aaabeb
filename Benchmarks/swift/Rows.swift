import CLuaShim
import Core
import Foundation
import Governance
import Lua
import SQLiteStorage
import Storage

/// A formula over every row of a query, through the storage's cursor.
enum Rows {
  static let count = 500_000
  static let unit: UnitID = "sll-02"
  static let day = Day("2026-05-12")!

  /// Adds half a million patrols of one worker to a database.
  static func prepare(_ path: String) throws {
    let store = try Store.open(try SQLiteDriver.open(path, creating: true))
    let signature = Signature(actor: "office", reason: "性能测量", today: day)
    try store.write(signature) { writer in
      let post = try writer.create(
        Draft(
          "post", unit: unit,
          ["role": .text("worker"), "from": .day(day + -365)]))
      try Samples.take("insert", operations: count, warmUp: false) { try insert(by: post, writer) }
    }
    Samples.peak("insert")
  }

  private static func insert(by post: Record, _ writer: Writer) throws {
    let block = 10_000
    for start in stride(from: 0, to: count, by: block) {
      let numbers = start..<start + block
      _ = try writer.insert("patrol", numbers.map { patrol($0, by: post.id) })
    }
  }

  private static func patrol(_ number: Int, by post: Int64) -> Draft {
    let findings = number % 7 == 0 ? number % 3 : 0
    let values: [String: Value] = [
      "worker": .integer(post), "day": .day(day + -(number % 365)),
      "minutes": .integer(Int64(20 + number % 41)), "findings": .integer(Int64(findings)),
    ]
    return Draft("patrol", unit: unit, values)
  }

  /// - Parameter fields: what the cursor gives; nil for all of the kind.
  static func measure(
    _ name: String, _ path: String, _ fields: [String]?, formula: String
  ) throws {
    let store = try Store.open(try SQLiteDriver.open(path))
    try RunThread.run {
      try store.read { reader in
        let lua = Interpreter(limits: Crossings.limits, modules: [module(reader, fields)])
        try Samples.take(name, operations: count) {
          print("\(name).checksum", try lua.run(formula).int64 ?? -1)
        }
      }
    }
    Samples.peak(name)
  }

  /// The same through everything: an open workspace, its actor's rights, `gongyue.patrols:each()`.
  static func measureWorkspace(_ name: String, _ path: String, formula: String) throws {
    let drivers = Drivers(
      open: { try SQLiteDriver.open($0, creating: $1) }, inMemory: { try SQLiteDriver.inMemory() },
      restore: { try SQLiteDriver.restore(from: $0, to: $1, force: $2) })
    let directory = FileManager.default.currentDirectoryPath
    let host = try Host.open(
      Opening(workspace: path, directory: directory, seconds: 600), drivers: drivers)
    let code = """
      local host = { each = function() return gongyue.patrols:each() end }
      print("\(name).checksum " .. math.tointeger((function() \(formula) end)()))
      """
    try Samples.take(name, operations: count, clock: { Samples.workedByAll }) {
      _ = try host.evaluate(code, isDryRun: true) { print($0) }
    }
    Samples.peak(name)
  }

  private static func module(_ reader: Reader, _ fields: [String]?) -> HostModule {
    HostModule(
      "host", Crossings.nothing,
      functions: [
        HostFunction("each", Crossings.nothing, returns: Crossings.nothing) { () -> LuaRows in
          let cursor = try reader.cursor(Query(kind: "patrol"), fields, in: .all)
          return LuaRows(
            cursor.source, columns: cursor.columns.map { LuaColumn($0.field, state: $0.state) })
        }
      ], isGlobal: true)
  }
}
