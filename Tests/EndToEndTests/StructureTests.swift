import Foundation
import Governance
import Testing

/// The units and their types are records that everything else stands on: a change leaves a tree
/// of units or is not made, and only the street makes it (I5).
@Suite struct StructureTests {
  static let breaking: [(name: String, script: String, words: String)] = [
    (
      "a second type on the same days",
      """
      gongyue.unit_types:create {
        unit = "sll-02", typology = "community_type", type = "commodity", from = "2026-05-01" }
      """, "sll-02 同时属于 old_estate 和 commodity（community_type）"
    ),
    (
      "a type that no typology has",
      """
      local own = gongyue.unit_types:where { unit = "sll-01" }:first()
      own:update({ type = "old_estat" }, "改类型")
      """, "社区类型里没有“old_estat”（sll-01）"
    ),
    (
      "a typology that nobody declared",
      """
      gongyue.unit_types:create {
        unit = "sll-02", typology = "era", type = "old", from = "2026-05-01" }
      """, "sll-02 用了没有的分类法“era”"
    ),
    (
      "a community without a type",
      """
      gongyue.units:create {
        unit = "sll-09", key = "sll-09", name = "戊社区", level = "community", parent = "sll",
        has_committee = true, from = "2026-05-01" }
      """, "sll-09 自2026年5月1日起没有社区类型，这是必填的"
    ),
    (
      "a caretaker that is no neighbour",
      """
      gongyue.caretakings:create {
        unit = "sll-a", caretaker = "sll-01", from = "2026-06-01" }
      """, "sll-01 不能代管 sll-a：两者不相邻"
    ),
  ]

  @Test(arguments: breaking)
  func `A change that leaves no tree of units is refused, and the workspace opens as before`(
    name: String, script: String, words: String
  ) throws {
    let workspace = try SettingWorkspace()
    let (before, units) = (try workspace.mark(), try workspace.run("units", "--json").output)
    for option in [[], ["--dry-run"]] {
      let outcome = try Program.run(["eval", script] + option, in: workspace.scratch.path)
      outcome.expect(.inputInvalid, words)
    }
    #expect(try workspace.mark() == before)
    #expect(try workspace.run("units", "--json").output == units)
  }

  @Test func `Nor can a correction or a retraction break the tree`() throws {
    let workspace = try SettingWorkspace()
    let code = "sll-01-UT-2026-0001"
    try workspace.run("records", "unit_types", code, "--retract", "--reason", "写错了").expect(
      .inputInvalid, "sll-01 自2020年1月1日起没有社区类型，这是必填的")
    try workspace.run(
      "records", "unit_types", code, "--correct", "type=x", "--reason", "写错了"
    ).expect(.inputInvalid, "社区类型里没有“x”（sll-01）")
    let corrected = try workspace.run(
      "records", "unit_types", code, "--correct", "类型=村改居", "--reason", "已经核准")
    #expect(corrected.status == 0, "\(corrected.errors)")
    let units = try workspace.run("units")
    #expect(units.output.contains("甲社区  sll-01  村改居"), "\(units.output)")
  }

  static let kept = [
    ("unit_types", "typology = 'built_era', type = 'since_2000', from = '2026-05-01'"),
    (
      "units",
      "key = 'sll-01', name = '甲', level = 'community', has_committee = true, from = '2030-01-01'"
    ),
    ("adjacencies", "neighbour = 'sll-02', from = '2026-05-01'"),
    ("caretakings", "caretaker = 'sll-02', from = '2026-05-01'"),
    ("excuses", "month = '2026-04', granted = '2026-04-01', reason = '春节'"),
    ("merits", "title = '获奖', day = '2026-05-01', points = 5"),
    ("findings", "sort = 'false_record', day = '2026-05-01', summary = '核实'"),
  ]

  @Test(arguments: kept)
  func `What a community could better its own standing with, only the street files`(
    collection: String, values: String
  ) throws {
    let workspace = try SettingWorkspace()
    let script = "gongyue.\(collection):create { unit = 'sll-01', \(values) }"
    for role in ["secretary@sll-01", "worker@sll-01"] {
      let outcome = try workspace.run("eval", script, "--as", role, "--dry-run")
      outcome.expect(.denied)
      #expect(outcome.errors.contains("：这由街道办登记"), "\(outcome.errors)")
    }
    let outcome = try workspace.run("eval", script, "--dry-run")
    #expect(!outcome.errors.contains("error[denied]"), "\(outcome.errors)")
  }

  @Test func `A second typology shows among the units and stays with what is closed`() throws {
    let workspace = try SettingWorkspace(["types/before_2000/settings.yaml": "notice.days: 6"])
    let units = try workspace.run("units")
    #expect(units.output.contains("乙社区  sll-02  老旧小区、2000年以前"), "\(units.output)")
    let id = try #require(
      try workspace.run("close", "days", "2026-04", "--json").data(of: "close")["id"]?.text)
    let closed = try workspace.run("replay", id, "--json")
    #expect(closed.status == 0, "\(closed.errors)")
    // The street ends the classification; what was closed keeps its own.
    let ended = try workspace.run(
      "records", "unit_types", "sll-02-UT-2026-0002", "--retract", "--reason", "不再这样分")
    #expect(ended.status == 0, "\(ended.errors)")
    try FileManager.default.removeItem(
      atPath: workspace.scratch.path + "/plugins/types/typologies.yaml")
    try FileManager.default.removeItem(
      atPath: workspace.scratch.path + "/plugins/types/before_2000")
    #expect(try workspace.why("notice.days", "sll-02").0.hasPrefix("公示期 = 5 天"))
    let again = try workspace.run("replay", id, "--json")
    #expect(again.status == 0 && again.output == closed.output, "\(again.errors)")
  }

  @Test func `Typologies that cannot be read are named, each with its line`() throws {
    let workspace = try SettingWorkspace([
      "types/typologies.yaml": """
      built_era:
        label: 建成年代
        types: {Old: 早, old_estate: 旧}
      lift: {types: [有, 无]}
      """
    ])
    let outcome = try workspace.run("units")
    outcome.expect(.settingInvalid, "“Old”不能作为代码")
    for words in [
      "typologies.yaml:3", "“old_estate”已经有了", "typologies.yaml:4", "缺少“label”",
    ] {
      #expect(outcome.errors.contains(words), "\(outcome.errors)")
    }
  }

  @Test func `A setting may be recorded for a type of the second typology, by its label`() throws {
    let workspace = try SettingWorkspace()
    let set = try workspace.run(
      "set", "notice.days", "8", "--type", "2000年以前", "--basis", "街道会议 2026-05-06")
    #expect(set.status == 0, "\(set.errors)")
    #expect(try workspace.why("notice.days", "sll-02").0.hasPrefix("公示期 = 8 天"))
    #expect(try workspace.why("notice.days", "sll-01").0.hasPrefix("公示期 = 5 天"))
    try workspace.run("set", "notice.days", "8", "--type", "2000年", "--basis", "街道会议 2026-05-06")
      .expect(.usage, "没有“2000年”这个类型")
  }
}
