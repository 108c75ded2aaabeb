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

  /// Who, what, old and new, where and why; the act itself before what went along with it.
  @Test func `The audit log answers who changed what from what to what, where and why`() throws {
    let workspace = try Workspace()
    for value in ["7", "9"] {
      let set = try workspace.run(
        "set", "notice.workdays", value, "--unit", "sll-02", "--basis", "居民会议通过")
      #expect(set.status == 0, "\(set.errors)")
    }
    #expect(try workspace.run("close", "community-assessment", "2026-04").status == 0)
    let corrected = try workspace.run(
      "records", "cases", "sll-02-2026-0001", "--correct", "channel=window", "--correct",
      "reporter=甲乙", "--reason", "现场核实", "--as", "worker@sll-02")
    #expect(corrected.status == 0, "\(corrected.errors)")
    func told(_ filters: String...) throws -> [String] {
      let shown = try Program.run(
        ["audit", "show", "--format", "csv"] + filters, in: workspace.path)
      #expect(shown.status == 0, "\(shown.errors)")
      return shown.output.split(separator: "\r\n").dropFirst().map(String.init)
    }
    let setting = try told("--unit", "十字街社区", "--record", "notice.workdays")
    #expect(setting.count == 2, "\(setting)")
    #expect(
      setting[0].contains("规定“公示期”（notice.workdays）：7 个工作日 → 9 个工作日，十字街，"),
      "\(setting)")
    #expect(setting[0].contains("office") && setting[0].contains("居民会议通过"))
    let closing = try told("--record", "community-assessment-2026-04")
    #expect(closing.count == 1 && closing[0].contains("封存 community-assessment-2026-04"))
    let newest = try told("--last", "2")
    #expect(newest[1].contains(",封存 community-assessment-2026-04；留存内容，共 "), "\(newest)")
    let record = try told("--kind", "事项", "--record", "sll-02-2026-0001")
    #expect(record.count == 1, "\(record)")
    #expect(record[0].contains("更正事项 sll-02-2026-0001：渠道 ") && record[0].contains(" → 接待窗口"))
    #expect(record[0].contains("报告人（个人信息，见记录的历史）") && !record[0].contains("甲乙"))
    #expect(record[0].contains("（十字街）") && record[0].contains("现场核实"))
    #expect(try told("--actor", "worker").count == 1)
    #expect(try told("--actor", "worker@sll-02") == record)
    #expect(try told("--day", "2020-01-01") == [])
    let json = try workspace.run("audit", "show", "--record", "sll-02-2026-0001", "--json")
    #expect(!json.output.contains("甲乙"))
    let changes = try json.data(of: "audit").elements?.first?["changes"]?.elements
    #expect(changes?.first?["detail"]?["after"]?["channel"] == "window")
    let english = try workspace.run(
      "audit", "show", "--lang", "en", "--record", "notice.workdays", "--format", "csv")
    #expect(english.output.contains("7 working days → 9 working days"), "\(english.output)")
  }

  @Test func `A run that fails leaves who ran what and why it failed, and nothing else`() throws {
    let workspace = try Workspace()
    let merit =
      "gongyue.merits:create { unit = 'sll-02', day = '2026-05-11', points = 1, title = '清扫' }"
    let failed = try workspace.script("\(merit)\nerror('没有期限')")
    failed.expect(.scriptError, "没有期限")
    let entries = try workspace.run("audit", "show", "--json").data(of: "audit").elements ?? []
    let entry = try #require(entries.first)
    #expect(entry["actor"] == "office" && entry["summary"] == "fail")
    #expect(entry["reason"] == "运行 script.lua")
    let detail = entry["changes"]?.elements?.first?["detail"]
    #expect(detail?["code"] == "script.error" && detail?["message"] == "没有期限")
    #expect(detail?["place"] == "script.lua:2" && detail?["source"]?.text?.isEmpty == false)
    let shown = try workspace.run("audit", "show", "--last", "1", "--format", "csv").output
    #expect(shown.contains("运行失败：没有期限（script.error，script.lua:2）"), "\(shown)")
    _ = try workspace.script("\(merit)\nerror('没有期限')", "--dry-run")
    let after = try workspace.run("audit", "show", "--json").data(of: "audit").elements ?? []
    #expect(after.count == entries.count, "a dry run leaves nothing")
    #expect(try workspace.run("audit", "verify").status == 0)
  }

  private func edit(_ workspace: Workspace, _ statement: String) throws {
    try workspace.store().driver.write(checkingReferences: false) { connection in
      _ = try connection.execute(statement, [])
    }
  }
}
