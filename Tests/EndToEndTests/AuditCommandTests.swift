import Foundation
import Governance
import Storage
import Testing

/// `gongyue audit verify` and `gongyue doctor` on a database that somebody edited by hand.
@Suite struct AuditCommandTests {
  @Test func `A record and a setting changed behind the program are named`() throws {
    let workspace = try Workspace()
    let set = try workspace.run(
      "set", "notice.workdays", "9", "--unit", "sll-02", "--basis", "居民会议通过")
    #expect(set.status == 0, "\(set.errors)")
    let filed = try workspace.run(
      "eval",
      """
      gongyue.findings:create { unit = "sll-02", sort = "privacy_leak", day = "2026-05-02",
        summary = "群里发了名单" }
      """)
    #expect(filed.status == 0, "\(filed.errors)")
    let sound = try workspace.run("audit", "verify")
    #expect(sound.output.hasSuffix("逐条相扣；记录和设置与它一致。\n"), "\(sound.errors)")

    try edit(workspace, "UPDATE gongyue_settings SET value = '3'")
    try edit(workspace, "UPDATE findings SET summary = '没有的事'")
    try edit(workspace, "UPDATE buildings SET name = '假' WHERE id = 1")
    let altered = try workspace.run("audit", "verify")
    altered.expect(.auditBroken, "第 2 条审计记录一并登记的 ")
    #expect(altered.output == "审计日志完整，记录或设置与它不符。\n")
    let words = altered.errors.lines.filter { $0.hasPrefix("error[") }
    #expect(words.count == 3, "\(altered.errors)")
    #expect(words[1] == "error[audit.broken]: 查实问题 sll-02-FD-2026-0001 与审计日志不符")
    #expect(words[2] == "error[audit.broken]: 设置 notice.workdays（数据库 第 1 号）与审计日志不符")
    let doctor = try workspace.run("doctor")
    #expect(doctor.status != 0)
    #expect(doctor.errors.lines.count { $0.hasPrefix("error[") } == 1, "\(doctor.errors)")
  }

  private func edit(_ workspace: Workspace, _ statement: String) throws {
    try workspace.store().driver.write(checkingReferences: false) { connection in
      _ = try connection.execute(statement, [])
    }
  }
}
