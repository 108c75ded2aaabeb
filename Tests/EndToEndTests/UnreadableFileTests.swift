import Foundation
import Governance
import Testing

/// Files that people saved in another encoding, broke, or moved away: nothing is left out in silence.
@Suite struct UnreadableFileTests {
  @Test(arguments: ["communities/sll-02", "types/old_estate"])
  func `Settings in GB18030 stop whoever needs them, and everything that shows settings says so`(
    layer: String
  ) throws {
    let workspace = try Workspace()
    let path = "plugins/\(layer)/settings.yaml"
    try workspace.saveAsGB18030(path)
    for command in [
      ["assess", "community-assessment", "2026-04"], ["close", "community-assessment", "2026-03"],
      ["run", "scripts/deadline.lua", "posted=2026-04-30", "unit=sll-02"],
      ["why", "notice.workdays", "sll-02"], ["settings", "sll-02"],
      ["settings", "sll-02", "--diff", "sll-06"],
      ["set", "notice.workdays", "6", "--unit", "sll-02", "--basis", "试"],
    ] {
      let outcome = try Program.run(command, in: workspace.path)
      outcome.expect(.settingInvalid, "文件不是 UTF-8 文本\n  --> \(path)\n  hint: 在编辑器里另存为 UTF-8")
    }
    let impact = try workspace.run(
      "set", "notice.workdays", "6", "--street", "--basis", "街道会议 2026-05-06", "--impact")
    #expect(impact.errors.contains("读不懂，没有对照：文件不是 UTF-8 文本（\(path)）"), "\(impact.errors)")
    for command in [["eval", "return 1"], ["why", "notice.workdays", "sll-04"]] {
      #expect(try Program.run(command, in: workspace.path).status == 0, "\(command)")
    }
    let doctor = try workspace.run("doctor")
    #expect(doctor.status != 0 && doctor.output.contains("设置能够使用"), "\(doctor.errors)")
  }

  @Test(arguments: ["broken", "removed", "plugins"])
  func `What was closed replays without the present calendar or plugins`(what: String) throws {
    let workspace = try Workspace()
    let close = try workspace.run("close", "community-assessment", "2026-03", "--json")
    let id = try #require(try close.data(of: "close")["id"]?.text)
    let before = try workspace.run("replay", id)
    let calendar = workspace.path + "/plugins/law/calendar.yaml"
    switch what {
    case "broken": try workspace.edit("plugins/law/calendar.yaml") { $0 + "bad: [\n" }
    case "removed": try FileManager.default.removeItem(atPath: calendar)
    default:
      try FileManager.default.moveItem(
        atPath: workspace.path + "/plugins", toPath: workspace.path + "/away")
    }
    let after = try workspace.run("replay", id)
    #expect(after.status == 0 && after.output == before.output, "\(after.errors)")
    // What counts days refuses, with the reason.
    let assess = try workspace.run("assess", "community-assessment", "2026-04")
    assess.expect(what == "broken" ? .calendarInvalid : .fileUnavailable)
    #expect(assess.errors.contains("plugins/law/calendar.yaml"), "\(assess.errors)")
    #expect(try workspace.run("doctor").status != 0)
  }

  @Test func `The doctor finds the law out of the lock`() throws {
    let workspace = try Workspace()
    _ = try workspace.scratch.file("plugins.lock", containing: "")
    let doctor = try workspace.run("doctor")
    #expect(doctor.status != 0)
    #expect(doctor.errors.contains("法规“law.law”没有启用"), "\(doctor.errors)")
  }
}

extension Workspace {
  /// As Windows saves Chinese text when nobody says UTF-8; 公 stands for all of it.
  fileprivate func saveAsGB18030(_ path: String) throws {
    let file = URL(fileURLWithPath: self.path + "/" + path)
    var bytes = Data()
    for scalar in try String(contentsOf: file, encoding: .utf8).unicodeScalars {
      bytes.append(contentsOf: scalar.isASCII ? [UInt8(scalar.value)] : [0xB9, 0xAB])
    }
    try bytes.write(to: file)
  }
}
