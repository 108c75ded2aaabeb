import Core
import Foundation
import Governance
import SQLiteStorage
import Storage
import Synchronization
import Testing

/// Two windows on one workspace.
@Suite struct ConcurrencyTests {
  /// The reader runs until it is told to stop; what it prints says that it has begun.
  @Test(arguments: [[], ["--dry-run"]])
  func `While a script only reads, a setting is recorded at once`(extra: [String]) throws {
    let workspace = try Workspace()
    _ = try workspace.scratch.file(
      "reader.lua",
      containing: """
        local count = gongyue.cases:count()
        for i = 1, 40 do print(("x"):rep(4000)) end
        while true do count = count + 1 end
        """)
    let pipe = Pipe()
    let reader = Process()
    reader.executableURL = URL(fileURLWithPath: Program.path)
    reader.arguments = ["run", "reader.lua"] + extra
    reader.currentDirectoryURL = URL(fileURLWithPath: workspace.path)
    reader.standardOutput = pipe
    reader.standardError = FileHandle.nullDevice
    try reader.run()
    defer {
      reader.terminate()
      reader.waitUntilExit()
    }
    #expect(!pipe.fileHandleForReading.availableData.isEmpty)
    let set = try workspace.run(
      "set", "question.workdays", "4", "--unit", "sll-04", "--basis", "试")
    #expect(set.status == 0, "\(set.errors)")
    #expect(reader.isRunning)
  }

  static let drivers = Drivers(
    open: { path, isNew in try SQLiteDriver.open(path, creating: isNew) },
    inMemory: { try SQLiteDriver.inMemory() },
    restore: { try SQLiteDriver.restore(from: $0, to: $1, force: $2) })

  private static let writing = """
    local before = gongyue.merits:count()
    gongyue.merits:create { unit = "sll-02", day = "2026-05-11", points = 1, title = "清扫" }
    return before
    """

  func host(_ workspace: Workspace) throws -> Core.Host {
    try Core.Host.open(
      Opening(workspace: workspace.path, directory: workspace.path), drivers: Self.drivers)
  }

  @Test func `A script that is overtaken after it printed writes nothing and says so`() throws {
    let workspace = try Workspace()
    let (host, other) = (try host(workspace), try workspace.store())
    var found: Problem?
    do {
      _ = try host.evaluate("print(1) " + Self.writing, isDryRun: false) { _ in
        do { try other.write(.test) { $0.note("test", [:]) } } catch { Issue.record("\(error)") }
      }
    } catch let problem as Problem { found = problem }
    #expect(found?.code == .storageLocked)
    #expect(found?.message.chinese == "运行期间别的程序改了数据，这次没有写入任何内容")
    #expect(found?.hint?.chinese == "再运行一次")
    let again = try host.evaluate(Self.writing, isDryRun: false) { _ in }
    #expect(again.report.text(in: .chinese).contains("登记加分事实"), "\(again.report)")
  }

  /// However the two meet: while the other writes, or after it has.
  @Test func `A script that is overtaken before it printed is run again`() throws {
    let workspace = try Workspace()
    let other = try workspace.store()
    let before = try other.read { try $0.count(Query(kind: "merit"), in: .all) }
    let failures = Mutex<[String]>([])
    let done = DispatchSemaphore(value: 0)
    try other.write(.test) { writer in
      writer.note("test", [:])
      DispatchQueue.global().async {
        do {
          _ = try host(workspace).evaluate(Self.writing, isDryRun: false) { _ in }
        } catch {
          failures.withLock { $0.append("\(error)") }
        }
        done.signal()
      }
      usleep(300_000)
    }
    done.wait()
    #expect(failures.withLock(\.self) == [])
    #expect(try other.read { try $0.count(Query(kind: "merit"), in: .all) } == before + 1)
  }
}
