import Foundation
import Governance
import Testing

/// One result for everybody; what a person is shown of it is what the role may see.
@Suite struct ViewerTests {
  private static let formula = "community-assessment"

  // decisions.md: the quota of two holds across all eight, so it cannot depend on who looks.
  @Test func `A secretary sees the own community as the street office sees it, and no other`()
    throws
  {
    let workspace = try Workspace()
    let office = try workspace.run("assess", Self.formula, "2026-04", "--json")
    let whole = try #require(try office.data(of: "assess")["units"]?.elements)
    for unit in ["sll-02", "sll-03", "sll-08"] {
      let own = try workspace.run(
        "assess", Self.formula, "2026-04", "--json", "--as", "secretary@\(unit)")
      let rows = try #require(try own.data(of: "assess")["units"]?.elements)
      #expect(rows == whole.filter { $0["unit"]?.text == unit })
      #expect(rows.count == 1)
    }
    let text = try workspace.run("assess", Self.formula, "2026-04", "--as", "secretary@sll-08")
    #expect(!text.output.contains("建设路"), "\(text.output)")
  }

  @Test func `Replaying, too, shows a community only what is its own`() throws {
    let workspace = try Workspace()
    _ = try workspace.run("close", Self.formula, "2026-04")
    let replayed = try workspace.run(
      "replay", "community-assessment-2026-04", "--as", "worker@sll-02")
    #expect(replayed.output.contains("十字街"), "\(replayed.errors)")
    #expect(!replayed.output.contains("友好路") && !replayed.output.contains("建设路"))
  }

  @Test func `Every number of the whole tree recomputes from its leaves`() throws {
    let workspace = try Workspace()
    for period in ["2026-03", "2026-04", "2026-05"] {
      let outcome = try workspace.run("assess", Self.formula, period, "--json")
      let units = try #require(try outcome.data(of: "assess")["units"]?.elements)
      #expect(units.count == 8)
      for unit in units {
        let explanation = try Explanation(try #require(unit["explanation"]))
        #expect(try explanation.recomputed() == explanation.value)
        let score = try #require(unit["score"]?.text)
        #expect(explanation.value.number.flatMap { Double($0.exactText) } == Double(score))
      }
    }
  }

  @Test func `A period that runs is provisional, one that has not begun is refused`() throws {
    let workspace = try Workspace()
    let running = try workspace.run("assess", Self.formula, "2026-05")
    #expect(running.output.contains("期间未结束，以上为暂计"))
    #expect(!(try workspace.run("assess", Self.formula, "2026-04").output).contains("暂计"))
    try workspace.run("assess", Self.formula, "2026-06")
      .expect(.periodInvalid, "2026年6月还没有开始（今天是 2026-05-12）")
  }

  @Test func `Copies of everything are for the office alone; corrections come back masked`() throws
  {
    let workspace = try Workspace()
    try workspace.run("backup", "all.sqlite", "--as", "resident@sll-02").expect(.denied)
    #expect(!FileManager.default.fileExists(atPath: workspace.path + "/all.sqlite"))
    let corrected = try workspace.run(
      "records", "persons", "sll-01-P-2026-0001", "--correct", "name=宓小满", "--reason", "更名")
    #expect(corrected.output.contains("宓*") && !corrected.output.contains("小满"))
  }
}

/// Enabled packages that break, and settings that cannot be used.
@Suite struct BrokenPackageTests {
  private static let manifest = "plugins/street/community-assessment/plugin.yaml"

  @Test func `An enabled package that cannot be read is what assess names, not its consequences`()
    throws
  {
    let workspace = try Workspace()
    let text = try workspace.scratch.text(of: Self.manifest)
    let broken = text.replacingOccurrences(of: "\nversion:", with: "\nverison:")
    _ = try workspace.scratch.file(Self.manifest, containing: broken)
    for command in [
      ["assess", "community-assessment", "2026-04"], ["plugin", "enable", "community-assessment"],
      ["plugin", "check", "community-assessment"],
    ] {
      let outcome = try Program.run(command, in: workspace.path)
      outcome.expect(.pluginInvalid)
      #expect(outcome.errors.contains("是不是想写“version”？"), "\(outcome.errors)")
      #expect(!outcome.errors.contains("setting.unknown"), "\(outcome.errors)")
    }
  }

  @Test func `An enabled package that cannot be read is listed, and named where its command is`()
    throws
  {
    let workspace = try Workspace()
    try FileManager.default.removeItem(
      atPath: workspace.path + "/plugins/street/monthly-bulletin/init.lua")
    let list = try workspace.run("plugin", "list")
    #expect(
      list.output.lines.contains { line in
        line.hasPrefix("street.monthly-bulletin ") && line.hasSuffix("已启用，读不出来")
      }, "\(list.output)")
    let run = try workspace.run("run", "report", "period=2026-04")
    run.expect(.pluginUnknown, "没有“report”这个命令")
    #expect(run.errors.contains("error[plugin.invalid]: 这个插件没有 init.lua"), "\(run.errors)")
  }

  @Test func `A package whose folder is gone can be disabled; its settings then rest`() throws {
    let workspace = try Workspace()
    let folder = workspace.path + "/plugins/street/monthly-bulletin"
    try FileManager.default.removeItem(atPath: folder)
    let lost = try workspace.run("eval", "return 1")
    lost.expect(.pluginUnknown, "已启用的插件“street.monthly-bulletin”不见了")
    #expect(try workspace.run("plugin", "disable", "monthly-bulletin").status == 0)
    #expect(try workspace.run("eval", "return 1").output == "1\n")
    // The types' weights belong to a package that is there but not enabled.
    #expect(try workspace.run("plugin", "disable", "community-assessment").status == 0)
    #expect(try workspace.run("eval", "return 1").output == "1\n")
  }

  @Test func `Weights that total 95 are refused in a file, by set and as a trial`() throws {
    let workspace = try Workspace()
    let weights = "组织机制=15,议事公约=15,闭环办理=20,走访台账=15,居务公开=10,环境安全=15,满意活动=5"
    try workspace.run(
      "set", "assessment.weights", weights, "--type", "old_estate", "--basis", "试行"
    ).expect(.settingInvalid, "“考核权重”（assessment.weights）合计应为 100，现在是 95")
    try workspace.run(
      "assess", "community-assessment", "2026-04", "--what-if", "assessment.weights=\(weights)"
    ).expect(.settingInvalid, "“考核权重”（assessment.weights）合计应为 100，现在是 95")
    let file = "plugins/types/old_estate/settings.yaml"
    let text = try workspace.scratch.text(of: file)
    _ = try workspace.scratch.file(
      file, containing: text.replacingOccurrences(of: "environment: 20", with: "environment: 15"))
    let refused = try workspace.run("assess", "community-assessment", "2026-04")
    refused.expect(.settingInvalid, "“考核权重”（assessment.weights）合计应为 100，现在是 95")
    #expect(refused.errors.contains("  --> \(file):2"), "\(refused.errors)")
    // `why` says so too, instead of claiming that nothing was laid down.
    let why = try workspace.run("why", "assessment.weights", "sll-02")
    #expect(why.errors.contains("合计应为 100，现在是 95"), "\(why.errors)")
  }

  // Law 10: what the law says may be tightened below, never taken away.
  @Test func `The law cannot be disabled, nor left out of the lock`() throws {
    let workspace = try Workspace()
    let before = try workspace.mark()
    let disabled = try workspace.run("plugin", "disable", "law", "--reason", "试试")
    disabled.expect(.denied, "“law.law”是法规，不能停用：各层的规定都以它为底线\n")
    #expect(try workspace.mark() == before)
    let lock = try workspace.scratch.text(of: "plugins.lock").lines
    let start = try #require(lock.firstIndex { $0.hasPrefix("law.law ") })
    let end = lock[(start + 1)...].firstIndex { !$0.hasPrefix("  ") } ?? lock.endIndex
    let rest = Array(lock[..<start] + lock[end...])
    _ = try workspace.scratch.file("plugins.lock", containing: rest.joined(separator: "\n") + "\n")
    let assessed = try workspace.run("assess", "community-assessment", "2026-04")
    assessed.expect(.pluginUnknown, "法规“law.law”没有启用\n")
    #expect(try workspace.run("plugin", "enable", "law").status == 0)
    #expect(try workspace.run("assess", "community-assessment", "2026-04").status == 0)
  }

  @Test func `Disabling a package says which rules of others rest from then on`() throws {
    let workspace = try Workspace()
    let disabled = try workspace.run("plugin", "disable", "public-affairs")
    #expect(disabled.status == 0, "\(disabled.errors)")
    #expect(
      disabled.errors.contains(
        "不再起作用：十字街的“公示期”（plugins/communities/sll-02/settings.yaml:2）"),
      "\(disabled.errors)")
  }

  @Test func `Checking a package says that it is not what was enabled`() throws {
    let workspace = try Workspace()
    let file = "plugins/street/monthly-bulletin/init.lua"
    let text = try workspace.scratch.text(of: file)
    _ = try workspace.scratch.file(file, containing: text + "-- 改过\n")
    let checked = try workspace.run("plugin", "check", "monthly-bulletin")
    #expect(
      checked.errors.contains("插件“street.monthly-bulletin”的内容变了，版本仍是 1.0.0：init.lua"),
      "\(checked.errors)")
  }
}
