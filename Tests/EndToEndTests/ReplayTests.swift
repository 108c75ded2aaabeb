import Foundation
import Governance
import Testing

/// What was closed stays: decisions.md 4, issue 2 "How it must behave".
@Suite struct ReplayTests {
  @Test func `After plugin, setting, calendar and record changed, a replay gives the same bytes`()
    throws
  {
    let workspace = try Workspace()
    let id = try #require(
      try workspace.run("close", "community-assessment", "2026-03", "--json")
        .data(of: "close")["id"]?.text)
    let formats = ReportFormat.allCases.map(\.rawValue)
    let before = try formats.map { try workspace.run("replay", id, "--format", $0).output }
    try changeEverything(in: workspace)
    for (format, old) in zip(formats, before) {
      let again = try workspace.run("replay", id, "--format", format)
      #expect(again.status == 0 && again.output == old, "\(format): \(again.errors)")
    }
    let fresh = try workspace.run("assess", "community-assessment", "2026-03")
    #expect(fresh.status == 0, "\(fresh.errors)")
    #expect(!before[0].isEmpty && fresh.output != before[0])
    #expect(try workspace.run("audit", "verify").status == 0)
  }

  private func changeEverything(in workspace: Workspace) throws {
    let plugin = "plugins/street/community-assessment/"
    try workspace.edit(plugin + "plugin.yaml") {
      $0.replacingOccurrences(of: "version: 1.0.0", with: "version: 1.0.1")
    }
    try workspace.edit(plugin + "init.lua") { "-- 改过\n" + $0 }
    try workspace.edit("plugins/law/calendar.yaml") { "# 改过\n" + $0 }
    let steps = [
      ["plugin", "enable", "street.community-assessment"],
      [
        "set", "assessment.weights",
        "organisation=15,deliberation=15,closed_loop=25,visits=15,publicity=10,"
          + "environment=15,satisfaction=5",
        "--type", "old_estate", "--from", "2026-03-01", "--basis", "测试",
      ],
      [
        "records", "case", "sll-02-2026-0001", "--correct", "resolved=2026-03-09 10:00",
        "--reason", "核对后更正",
      ],
    ]
    for step in steps {
      let outcome = try Program.run(step, in: workspace.path)
      #expect(outcome.status == 0, "\(step): \(outcome.errors)")
    }
  }

  @Test func `A plugin whose files changed without a new version is refused`() throws {
    let workspace = try Workspace()
    try workspace.edit("plugins/street/community-assessment/init.lua") { "-- 改过\n" + $0 }
    let outcome = try workspace.run("assess", "community-assessment", "2026-04")
    outcome.expect(.pluginChanged)
    #expect(outcome.errors.contains("community-assessment") && outcome.errors.contains("hint: "))
  }

  // Issue 2: a test recomputes every root from its leaves.
  @Test func `Every score in the JSON follows from its leaves`() throws {
    let workspace = try Workspace()
    let data = try workspace.run("assess", "community-assessment", "2026-04", "--json")
      .data(of: "assess")
    let units = try #require(data["units"]?.elements)
    #expect(units.count == 8)
    for unit in units {
      let explanation = try Explanation(try #require(unit["explanation"]))
      let wrong = try explanation.disagreements()
      #expect(wrong == [], "\(unit["unit"]?.text ?? "")")
      #expect(explanation.leaves.count > 30)
    }
  }

  @Test func `What-if says what is supposed in full, and explains the trial where that is asked`()
    throws
  {
    let workspace = try Workspace()
    let trial = try workspace.run(
      "assess", "community-assessment", "2026-04", "--what-if",
      "assessment.curve.attendance=full=80,zero=50", "--unit", "sll-02", "--explain")
    #expect(trial.status == 0, "\(trial.errors)")
    #expect(trial.output.hasPrefix("试算 2026年4月\n\n设 "), "\(trial.output)")
    #expect(trial.output.contains("（assessment.curve.attendance） = full=80,zero=50"))
    #expect(trial.output.contains("，只对十字街"))
    #expect(trial.output.contains("十字街（sll-02） 社区考核 2026年4月"), "\(trial.output)")
    #expect(!trial.output.contains("红卫村（sll-"), "\(trial.output)")
    let english = try workspace.run(
      "assess", "community-assessment", "2026-04", "--what-if",
      "assessment.curve.attendance=full=80,zero=50", "--lang", "en", "--explain")
    #expect(english.output.hasPrefix("what if, April 2026\n\nsuppose "), "\(english.output)")
  }

  @Test func `What-if shows all eight with old, new and difference`() throws {
    let workspace = try Workspace()
    let outcome = try workspace.run(
      "assess", "community-assessment", "2026-04", "--what-if",
      "assessment.weights=organisation=15,deliberation=15,closed_loop=25,visits=15,publicity=10,"
        + "environment=15,satisfaction=5", "--format", "csv")
    let lines = outcome.output.components(separatedBy: "\r\n").filter { !$0.isEmpty }
    #expect(lines.count == 9 && outcome.status == 0, "\(outcome.errors)")
    for line in lines.dropFirst() {
      let cells = line.components(separatedBy: ",")
      let (old, new, change) = (
        Decimal(cells[1]), Decimal(cells[2]), Decimal(String(cells[3].drop { $0 == "+" }))
      )
      #expect(try #require(new).units - (try #require(old).units) == (try #require(change).units))
    }
  }
}

extension Workspace {
  /// Rewrites one of its files.
  func edit(_ name: String, _ change: (String) -> String) throws {
    let text = try scratch.text(of: name)
    let changed = change(text)
    #expect(changed != text)
    try changed.write(toFile: path + "/" + name, atomically: true, encoding: .utf8)
  }
}
