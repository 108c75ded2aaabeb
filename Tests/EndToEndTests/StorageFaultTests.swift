import Foundation
import Governance
import SQLiteStorage
import Storage
import Testing

/// Whether this process may mount: tried in one that ends at once.
private let mayMount: Bool = {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/unshare")
  process.arguments = ["-m", "mount", "-t", "tmpfs", "none", NSTemporaryDirectory()]
  process.standardError = FileHandle.nullDevice
  guard (try? process.run()) != nil else { return false }
  process.waitUntilExit()
  return process.terminationStatus == 0
}()

/// What happens to a workspace's database from outside, as the program tells it.
@Suite struct StorageFaultTests {
  @Test func `A missing count of commits is said by every command until the next write`() throws {
    let workspace = try Workspace()
    try FileManager.default.removeItem(atPath: workspace.database + ".commits")
    let note = "注意：提交计数文件（gongyue.sqlite.commits）不见了，查不出最近的数据是否齐全；请运行 gongyue doctor\n"
    #expect(try workspace.run("units").errors == note)
    #expect(try workspace.run("eval", "print(1)").errors == note)
    let doctor = try workspace.run("doctor")
    #expect(doctor.status == 74)
    #expect(
      doctor.errors.contains("\n  hint: 与最近的备份核对有没有丢数据；下一次写入会重新建立这个文件\n"),
      "\(doctor.errors)")
    let written = try workspace.run(
      "set", "notice.workdays", "9", "--unit", "sll-02", "--basis", "居民会议")
    #expect(written.status == 0 && written.errors == note)
    #expect(try workspace.run("units").errors == "")
  }

  @Test func `A backup into a folder that is not there says so`() throws {
    let outcome = try Workspace().run("backup", "nowhere/copy.sqlite")
    outcome.expect(.fileUnavailable, "没有文件夹 ")
    #expect(outcome.errors.hasSuffix("  hint: 先建好这个文件夹，或换一个地方\n"), "\(outcome.errors)")
  }

  @Test(arguments: [Language.chinese, .english])
  func `An empty file and a folder in the database's place each have an error of their own`(
    language: Language
  ) throws {
    let workspace = try Workspace()
    let file = URL(fileURLWithPath: workspace.database)
    let chinese = language == .chinese
    try Data().write(to: file)
    let empty = try workspace.run("units", "--lang", language.rawValue)
    empty.expect(.storageDamaged, chinese ? "数据库已损坏：文件是空的" : "the database is damaged")
    #expect(empty.errors.contains("\n  --> \(workspace.database)\n  hint: "), "\(empty.errors)")
    try FileManager.default.removeItem(at: file)
    try FileManager.default.createDirectory(at: file, withIntermediateDirectories: false)
    let folder = try workspace.run("units", "--lang", language.rawValue)
    folder.expect(.storageUnavailable, chinese ? "数据库的位置上是一个文件夹" : nil)
    #expect(folder.errors.contains("\n  hint: "), "\(folder.errors)")
  }

  @Test func `While another program writes, reading goes on and writing says it is locked`() throws
  {
    let workspace = try Workspace()
    let store = try workspace.store()
    try store.write(.test) { writer in
      #expect(try workspace.run("units").status == 0)
      let refused = try workspace.run(
        "set", "notice.workdays", "9", "--unit", "sll-02", "--basis", "居民会议通过")
      refused.expect(.storageLocked, "数据库正被另一个程序占用")
      #expect(refused.errors.contains("  --> \(workspace.database)"))
      writer.note("test", [:])
    }
    #expect(
      try workspace.run(
        "set", "notice.workdays", "9", "--unit", "sll-02", "--basis", "居民会议通过"
      ).status == 0)
  }

  @Test(arguments: [
    ["set", "notice.workdays", "9", "--unit", "sll-02", "--basis", "居民会议通过"],
    ["close", "community-assessment", "2026-04"],
    ["plugin", "disable", "monthly-bulletin"],
    ["records", "persons", "sll-01-P-2026-0001", "--correct", "aged=false", "--reason", "误录"],
  ])
  func `Killed at any moment of any writing command, nothing is broken`(command: [String]) throws {
    let workspace = try Workspace()
    for delay in [20, 60, 110, 250, 700] {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: Program.path)
      process.arguments = command
      process.currentDirectoryURL = URL(fileURLWithPath: workspace.path)
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      usleep(UInt32(delay * 1000))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      let doctor = try workspace.run("doctor")
      #expect(doctor.status == 0, "\(delay) ms: \(doctor.errors)")
    }
    #expect(try workspace.run("audit", "verify").status == 0)
    #expect(try workspace.run("assess", "community-assessment", "2026-04").status == 0)
  }

  @Test func `Killed while it is made, a workspace is whole or can be made again`() throws {
    for delay in [30, 90, 400, 1200] {
      let scratch = try Scratch()
      let process = Process()
      process.executableURL = URL(fileURLWithPath: Program.path)
      process.arguments = ["init", "street", "--demo"]
      process.currentDirectoryURL = URL(fileURLWithPath: scratch.path)
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      usleep(UInt32(delay * 1000))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      let street = scratch.path + "/street"
      let doctor = try Program.run(["doctor", "--workspace", street], in: scratch.path)
      if doctor.status == 0 { continue }
      try? FileManager.default.moveItem(atPath: street, toPath: scratch.path + "/half")
      let again = try Program.run(["init", "street", "--demo"], in: scratch.path)
      #expect(again.status == 0, "\(delay) ms: \(doctor.errors) \(again.errors)")
    }
  }

  /// In a small file system of its own, which a child mounts for itself alone.
  @Test(.enabled(if: mayMount, "only root may mount a small disk"))
  func `On a full disk reading works, writing and a backup say that the disk is full`() throws {
    let workspace = try Workspace()
    let disk = workspace.path + "/disk"
    try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: false)
    _ = try workspace.scratch.file(
      "fill.sh",
      containing: """
        mount -t tmpfs -o size=96m none disk
        cp -r gongyue.* plugins plugins.lock scripts disk
        cd disk
        cat /dev/zero > filler 2>/dev/null
        set_days() { "$1" set question.workdays 4 --unit sll-04 --basis 试 --lang zh; echo "set $?"; }
        "$1" units >/dev/null; echo "units $?"
        "$1" eval 'return gongyue.cases:count() > 0'; echo "eval $?"
        "$1" assess community-assessment 2026-04 >/dev/null; echo "assess $?"
        set_days "$1"
        "$1" backup copy.sqlite; echo "backup $?"
        ls copy.sqlite* 2>/dev/null
        rm filler
        set_days "$1"
        "$1" backup copy.sqlite >/dev/null; echo "backup $?"
        "$1" doctor >/dev/null; echo "doctor $?"
        """)
    let process = Process()
    let (output, errors) = (
      try workspace.scratch.file("output"), try workspace.scratch.file("errors")
    )
    process.executableURL = URL(fileURLWithPath: "/usr/bin/unshare")
    process.arguments = ["-m", "bash", "fill.sh", Program.path]
    process.currentDirectoryURL = URL(fileURLWithPath: workspace.path)
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    let lines = try String(contentsOf: output, encoding: .utf8).lines
    let told = try String(contentsOf: errors, encoding: .utf8)
    #expect(
      lines.filter { !$0.hasPrefix("已记录") } == [
        "units 0", "true", "eval 0", "assess 0", "set 74", "backup 74", "set 0", "backup 0",
        "doctor 0",
      ], "\(told)")
    let full = "error[storage.unavailable]: 磁盘已满，没有写入任何内容"
    #expect(told.lines.count { $0 == full } == 2, "\(told)")
    #expect(told.contains("\n  --> \(disk)/copy.sqlite\n"), "\(told)")
  }

  @Test func `A broken backup leaves the database alone`() throws {
    let workspace = try Workspace()
    let before = try workspace.mark()
    let backup = workspace.path + "/copy.sqlite"
    #expect(try workspace.run("backup", backup).status == 0)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: backup))
    try bytes.prefix(bytes.count / 3).write(to: URL(fileURLWithPath: backup))
    try workspace.run("restore", backup, "--force").expect(.storageDamaged)
    #expect(try workspace.mark() == before)
  }
}

extension Workspace {
  /// The database, opened beside the program.
  func store() throws -> Store {
    try Store.open(try SQLiteDriver.open(database, creating: false))
  }
}

extension Signature {
  static let test = Signature(
    actor: "test", reason: "试", plugin: nil, today: Day(year: 2026, month: 5, day: 12)!)
}
