import Foundation
import Lua
import Testing

/// The scripts of `Language`, a topic of the reference manual each, check themselves with
/// `check.lua`; `Tests/Embedding/language.c` runs them beside stock Lua.
@Suite struct Language {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Language")

  static let topics: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
    return files.filter { $0.hasSuffix(".lua") && $0 != "check.lua" }.sorted()
  }()

  private static func source(_ name: String) throws -> String {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  /// How many checks a topic makes.
  private static func checks(
    _ topic: String, limits: Limits, arguments: [LuaValue] = [], chunk: String? = nil
  ) throws -> Int64? {
    let prologue = try source("check.lua")
    let script = try source(topic)
    return try RunThread.run {
      let lua = Interpreter(limits: limits, language: .english)
      _ = try lua.run(prologue, name: "check.lua")
      guard let chunk else { return try lua.run(script, name: topic).int64 }
      return try lua.run(
        chunk, name: "around.lua", arguments: [.string(script), .string("@" + topic)]
      )
      .int64
    }
  }

  private static let roomy = Limits(time: Limits.unreachable, memory: 64 << 20)

  @Test func `Every topic has its script`() {
    #expect(
      Self.topics.map { $0.dropLast(4) } == [
        "bitwise", "calls", "closures", "constructs", "coroutines", "errors", "events", "goto",
        "locals", "math", "nextvar", "patterns", "sort", "strings", "tpack", "utf8", "varargs",
      ])
  }

  @Test(arguments: topics)
  func `The language is the manual's, topic by topic`(topic: String) throws {
    let plain = try #require(try Self.checks(topic, limits: Self.roomy))
    #expect(plain > 20)
    let counted = Limits(time: Limits.unreachable, memory: 64 << 20, instructions: 1_000_000_000)
    #expect(try Self.checks(topic, limits: counted) == plain)
    let within = try Self.checks(
      topic, limits: Self.roomy,
      chunk: """
        local source, name = ...
        return select(2, assert(coroutine.resume(coroutine.create(assert(load(source, name))))))
        """)
    #expect(within == plain)
  }
}
