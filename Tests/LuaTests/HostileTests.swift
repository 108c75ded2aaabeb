import Foundation
import Lua
import Testing

/// A script that tries to hang, exhaust, escape, forge or poison. Its first line says what must
/// come of it: `-- expect: OUTCOME`, with `time`, `memory`, `output`, `depth`, `unconvertible`
/// `error TEXT` (which it contains) and `value TEXT` (how it begins). `wall` is for what nothing but
/// the program's second wall ends; `make hostile` runs those.
struct HostileScript: Sendable, CustomTestStringConvertible {
  let name: String
  let source: String
  let expected: String

  var testDescription: String { name }

  static let all: [HostileScript] = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Hostile")
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
    return files.filter { $0.hasSuffix(".lua") }.sorted().map { name in
      let source =
        (try? String(contentsOf: folder.appending(path: name), encoding: .utf8)) ?? ""
      let mark = "-- expect: "
      let line = source.prefix { $0 != "\n" }
      return HostileScript(
        name: name, source: source,
        expected: line.hasPrefix(mark) ? String(line.dropFirst(mark.count)) : "")
    }
  }()

  /// Those that an interpreter ends by itself.
  static let ending = all.filter { $0.expected != "wall" }

  /// How long it may run: what must end by time ends soon, what must end otherwise has the time
  /// for it on any machine. How soon a stop comes is measured by `make hostile`.
  var time: Double { expected == "time" ? 0.2 : Limits.unreachable }

  /// What came of it.
  func run(memory: Int) throws -> String {
    try RunThread.run {
      let lua = Interpreter(
        limits: Limits(time: time, memory: memory, output: 64 << 10), language: .english)
      return outcome(in: lua)
    }
  }

  private func outcome(in lua: Interpreter) -> String {
    do throws(LuaError) {
      return "value \(words(try lua.run(source, name: name)))"
    } catch {
      switch error {
      case .exceeded(let budget, _, _, _): return "\(budget)"
      case .unconvertible: return "unconvertible"
      case .runtime(let message, _, _, _), .syntax(let message, _, _, _): return "error \(message)"
      case .host(let error, _): return "host \(error)"
      }
    }
  }

  private func words(_ value: LuaValue) -> String {
    switch value {
    case .nil: "nil"
    case .boolean(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .string(let text): text
    case .list([]): "{}"
    default: "\(value)"
    }
  }

  func isMet(by outcome: String) -> Bool {
    let words = expected.split(separator: " ", maxSplits: 1).map(String.init)
    switch words.first {
    case "error":
      return outcome.hasPrefix("error") && (words.count == 1 || outcome.contains(words[1]))
    case "value": return outcome.hasPrefix(expected)
    default: return expected == outcome
    }
  }
}

/// Under `Budgets`, which the sanitizers leave out.
extension Budgets {
  @Suite struct Hostile {
    @Test func `The corpus is there`() {
      #expect(HostileScript.all.count >= 180)
      #expect(HostileScript.all.allSatisfy { !$0.expected.isEmpty })
    }

    @Test(arguments: HostileScript.ending)
    func `A hostile script ends with what its first line says`(script: HostileScript) throws {
      let outcome = try script.run(memory: 32 << 20)
      #expect(script.isMet(by: outcome), "\(outcome)")
    }

    @Test(arguments: HostileScript.ending)
    func `Under a low cap it ends so too, or by the cap`(script: HostileScript) throws {
      let outcome = try script.run(memory: 1 << 20)
      #expect(script.isMet(by: outcome) || outcome == "memory", "\(outcome)")
    }

    @Test func `Nothing of one interpreter is seen by the next`() throws {
      for script in HostileScript.all where script.name.hasPrefix("poison-") {
        _ = try script.run(memory: 32 << 20)
        #expect(try Interpreter().run("return ('ab'):rep(2, '-')") == "ab-ab")
        #expect(try Interpreter().run("return #table.concat({1, 2}, ',')") == 3)
      }
    }
  }
}
