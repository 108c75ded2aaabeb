import Foundation
import Governance
import Testing

/// Nothing is lost: every write is one transaction.
@Suite struct CrashTests {
  @Test(arguments: 0..<6)
  func `Killed at any moment, the database opens and passes the doctor`(round: Int) throws {
    let workspace = try Workspace()
    _ = try workspace.scratch.file(
      "write.lua",
      containing: """
        for i = 1, 2000 do
          gongyue.merits:create {
            unit = "sll-02", day = "2026-05-11", points = 1, title = "第" .. i .. "次",
          }
        end
        """)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Program.path)
    process.arguments = ["run", "write.lua", "write.lua", "write.lua"]
    process.currentDirectoryURL = URL(fileURLWithPath: workspace.path)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    usleep(UInt32(100_000 + round * 150_000))
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    let doctor = try workspace.run("doctor")
    #expect(doctor.status == 0, "\(doctor.errors)")
    #expect(try workspace.run("audit", "verify").status == 0)
    let merits = try workspace.run("eval", "print(gongyue.merits:where { title = '第1次' }:count())")
    let count = try #require(Int(merits.output.trimmingCharacters(in: .newlines)))
    let last = try workspace.run(
      "eval", "print(gongyue.merits:where { title = '第2000次' }:count())")
    // A file's writes are all there or none of them.
    #expect(last.output == "\(count)\n")
  }

  @Test func `Two programs writing at once both finish`() throws {
    let workspace = try Workspace()
    let processes = try (1...2).map { number in
      let process = Process()
      process.executableURL = URL(fileURLWithPath: Program.path)
      process.arguments = [
        "eval",
        "gongyue.merits:create { unit = 'sll-02', day = '2026-05-1\(number)', points = 1, "
          + "title = '同时' }",
      ]
      process.currentDirectoryURL = URL(fileURLWithPath: workspace.path)
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      return process
    }
    for process in processes {
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
    }
    #expect(
      try workspace.run("eval", "print(gongyue.merits:where { title = '同时' }:count())").output
        == "2\n")
    #expect(try workspace.run("audit", "verify").status == 0)
  }

  @Test func `A start that was interrupted before its last step can be repeated`() throws {
    let workspace = try Workspace()
    try FileManager.default.removeItem(atPath: workspace.path + "/gongyue.yaml")
    #expect(try workspace.run("units").status == 74)
    let again = try workspace.run("init", workspace.path, "--demo")
    #expect(again.status == 0, "\(again.errors)")
    let count = try workspace.run("eval", "print(gongyue.dwellings:count())")
    // 15,089 of the communities and 1,100 of the two estates: nothing twice.
    #expect(count.output == "16189\n")
  }
}
