import Foundation
import Governance
import Storage
import Testing

/// Closed results, and what is said when their grounds have changed since.
@Suite struct ClosedResultTests {
  private static let formula = "community-assessment"
  private static let blocks = "plugins/street/community-assessment/blocks/environment.lua"
  private static let manifest = "plugins/street/community-assessment/plugin.yaml"
  private static let calendar = "plugins/law/calendar.yaml"

  // Issue 2: a changed plugin, setting, calendar and record; `replay` gives identical bytes.
  @Test func `Everything is changed after closing: replay does not move, assess says why`() throws {
    let workspace = try Workspace()
    let assessed = try workspace.run("assess", Self.formula, "2026-04").output
    let closed = try workspace.run("close", Self.formula, "2026-04", "--json")
    let id = try #require(try closed.data(of: "close")["id"]?.text)
    let json = try workspace.run("replay", id, "--json").output
    try changeEverything(in: workspace)

    #expect(try workspace.run("replay", id).output == assessed)
    #expect(try workspace.run("replay", id, "--json").output == json)
    let fresh = try workspace.run("assess", Self.formula, "2026-04")
    #expect(fresh.status == 0, "\(fresh.errors)")
    let said = fresh.output
    for line in [
      "与封存的结果不同（\(id)，", "记录有变动：1条", "→ 缺报；office，", "，理由：误录",
      "设置有变动：1项", "考核权重（十字街、友好路）：走访台账 15 分、环境安全 20 分 → 走访台账 10 分、环境安全 25 分；依据：试行",
      "插件有变动：1个", "plugins/street/community-assessment：版本 1.0.0 → 1.0.1", "工作日历有变动：1天",
      "2026-04-07：原上班，现放假", "十字街 87.46 → ", "若重新封存，将成为第1号更正",
    ] {
      // Lines are broken where they are full.
      let found = said.filter { !$0.isWhitespace }.contains(line.filter { !$0.isWhitespace })
      #expect(found, "\(line)\n\(said)")
    }
    #expect(!said.contains("关账") && !said.contains("sll-02 "), "\(said)")
    let english = try workspace.run("assess", Self.formula, "2026-04", "--lang", "en").output
    #expect(english.contains("Records changed: 1\n") && english.contains("because: 误录"))
    #expect(english.contains("Closed again, this would become correction 1."), "\(english)")
  }

  @Test(arguments: [["zh", "en"], ["en", "zh"]])
  func `What is closed in one language is the same in the other`(languages: [String]) throws {
    let workspace = try Workspace()
    let (one, other) = (languages[0], languages[1])
    let closed = try workspace.run("close", Self.formula, "2026-04", "--lang", one)
    #expect(closed.status == 0, "\(closed.errors)")
    for language in languages {
      let plain = try workspace.run("replay", "community-assessment-2026-04", "--lang", language)
      #expect(plain.status == 0, "\(plain.errors)")
      let fresh = try workspace.run("assess", Self.formula, "2026-04", "--lang", language)
      #expect(plain.output == fresh.output)
    }
    let again = try workspace.run("close", Self.formula, "2026-04", "--lang", other, "--json")
    #expect(try again.data(of: "close")["unchanged"] == true)
  }

  @Test func `Closing again after a change makes correction 1, without a change it makes nothing`()
    throws
  {
    let workspace = try Workspace()
    let first = try workspace.run("close", Self.formula, "2026-04")
    let before = try workspace.run("replay", "community-assessment-2026-04").output
    #expect(first.output.contains("community-assessment-2026-04"))
    let again = try workspace.run("close", Self.formula, "2026-04")
    #expect(again.output == "与已封存的 community-assessment-2026-04 完全相同，没有另存。\n")
    try changeEverything(in: workspace)
    let corrected = try workspace.run("close", Self.formula, "2026-04", "--json")
    #expect(try corrected.data(of: "close")["id"] == "community-assessment-2026-04-r1")
    let replayed = try workspace.run("replay", "community-assessment-2026-04-r1")
    #expect(replayed.output == (try workspace.run("assess", Self.formula, "2026-04").output))
    #expect(try workspace.run("replay", "community-assessment-2026-04").output == before)
  }

  // A result is the same whatever language it was computed in.
  @Test func `A period closed in one language is unchanged in the other`() throws {
    let workspace = try Workspace()
    let assessed = try workspace.run("assess", Self.formula, "2026-04", "--json").output
    let closed = try workspace.run("close", Self.formula, "2026-04", "--lang", "en")
    #expect(closed.status == 0, "\(closed.errors)")
    #expect(try workspace.run("assess", Self.formula, "2026-04", "--json").output == assessed)
    for language in ["zh", "en"] {
      let again = try workspace.run("close", Self.formula, "2026-04", "--lang", language, "--json")
      #expect(try again.data(of: "close")["unchanged"] == true, "\(language): \(again.output)")
      let replayed = try workspace.run(
        "replay", "community-assessment-2026-04", "--lang", language)
      #expect(replayed.status == 0, "\(language): \(replayed.errors)")
      let shown = try workspace.run("assess", Self.formula, "2026-04", "--lang", language)
      #expect(replayed.output == shown.output)
    }
    let replayed = try workspace.run("replay", "community-assessment-2026-04", "--json")
    #expect(try replayed.data(of: "replay") == JSONValue(parsing: assessed)["data"])
  }

  @Test func `A formula goes by its title, and its results by its id`() throws {
    let workspace = try Workspace()
    let byID = try workspace.run("assess", Self.formula, "2026-04").output
    let byTitle = try workspace.run("assess", "社区考核", "2026-04")
    #expect(byTitle.output == byID, "\(byTitle.errors)")
    let closed = try workspace.run("close", "社区考核", "2026-04", "--json")
    #expect(try closed.data(of: "close")["id"] == "community-assessment-2026-04")
    let again = try workspace.run("close", "street.community-assessment", "2026-04")
    #expect(
      again.output == "与已封存的 community-assessment-2026-04 完全相同，没有另存。\n",
      "\(again.errors)")
    let typo = try workspace.run("assess", "社区考该", "2026-04")
    typo.expect(.pluginUnknown, "没有“社区考该”这个公式\n")
    #expect(typo.errors.contains("  hint: 是不是 社区考核？"), "\(typo.errors)")
  }

  @Test func `What was erased since is named; replay does not pretend`() throws {
    let workspace = try Workspace()
    _ = try workspace.run("close", Self.formula, "2026-04")
    let store = try workspace.store()
    let kept = try #require(try store.read { try $0.assessment("community-assessment-2026-04") })
    try store.write(.test) { try $0.erase(content: kept.result, because: "本人要求") }
    let replayed = try workspace.run("replay", "community-assessment-2026-04")
    replayed.expect(.replayUnavailable)
    #expect(replayed.errors.contains("本人要求"), "\(replayed.errors)")
  }

  @Test func `A workspace without communities has nothing to close`() throws {
    let scratch = try Scratch()
    let folder = scratch.path + "/empty"
    #expect(try Program.run(["init", folder]).status == 0)
    try Program.run(["close", Self.formula, "2026-04"], in: folder).expect(.inputInvalid)
  }

  /// The four things that a result rests on.
  private func changeEverything(in workspace: Workspace) throws {
    try edit(Self.manifest, in: workspace, "version: 1.0.0", "version: 1.0.1")
    try edit(
      Self.blocks, in: workspace, #"30, curve = "assessment.curve.patrol""#,
      #"20, curve = "assessment.curve.patrol""#)
    try edit(
      Self.blocks, in: workspace, #"40, curve = "assessment.curve.hazards""#,
      #"50, curve = "assessment.curve.hazards""#)
    try edit(Self.calendar, in: workspace, "2026-04-04/2026-04-06", "2026-04-04/2026-04-07")
    let weights = "组织机制=15,议事公约=15,闭环办理=20,走访台账=10,居务公开=10,环境安全=25,满意活动=5"
    let code = try workspace.run(
      "eval",
      """
      for case in gongyue.cases:where { unit = "sll-02" }:each() do
        if case.resolved and gongyue.calendar.day(case.resolved) > "2026-03-20" then
          return case.code
        end
      end
      """)
    let steps = [
      ["plugin", "enable", Self.formula],
      [
        "set", "assessment.weights", weights, "--type", "old_estate", "--from", "2026-03-02",
        "--basis", "试行",
      ],
      [
        "records", "cases", code.output.trimmingCharacters(in: .whitespacesAndNewlines),
        "--correct", "resolved=", "--reason", "误录",
      ],
    ]
    for step in steps {
      let outcome = try Program.run(step, in: workspace.path)
      #expect(outcome.status == 0, "\(step) \(outcome.errors)")
    }
  }

  private func edit(
    _ file: String, in workspace: Workspace, _ old: String, _ new: String
  ) throws {
    let text = try workspace.scratch.text(of: file)
    let edited = text.replacingOccurrences(of: old, with: new)
    #expect(text != edited, "\(file) has no \(old)")
    _ = try workspace.scratch.file(file, containing: edited)
  }
}
