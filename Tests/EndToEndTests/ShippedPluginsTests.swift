import DemoStreet
import Foundation
import Governance
import SQLiteStorage
import Storage
import Testing

@testable import StreetEvaluator

/// The plugins, settings and scripts that every workspace starts with, on the whole demo street.
@Suite struct ShippedPluginsTests {
  // MARK: The community assessment beside an independent evaluator (domain.md P8)

  private static let blocks: [(id: String, letter: String)] = [
    ("organisation", "O"), ("deliberation", "D"), ("closed_loop", "C"), ("visits", "V"),
    ("publicity", "P"), ("environment", "H"), ("satisfaction", "S"),
  ]

  @Test(arguments: [3, 4])
  func `Every block of every community is what a second evaluator finds`(month: Int) throws {
    let scores = try Self.scores(in: try Workspace(), month: month)
    #expect(scores.count == 8)
    for unit in StreetRecords.communities {
      let judge = Evaluator(.shipped, unit, month: month)
      let found = try #require(scores[unit.rawValue])
      for (id, letter) in Self.blocks {
        let expected = try #require(judge.score(letter))
        let block = try #require(found.blocks[id], "\(unit) \(id)")
        #expect(abs(block - expected) < 1e-9, "\(unit) \(id): \(block), judge \(expected)")
      }
      #expect(abs(found.total - judge.total) < 1e-9, "\(unit): \(found.total)")
    }
  }

  private struct Scores {
    let total: Double
    let blocks: [String: Double]
  }

  private static func scores(in workspace: Workspace, month: Int) throws -> [String: Scores] {
    let outcome = try workspace.run("assess", "community-assessment", "2026-0\(month)", "--json")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let units = try outcome.data(of: "assess")["units"]?.elements ?? []
    return try units.reduce(into: [:]) { scores, unit in
      let explanation = try Explanation(try #require(unit["explanation"]))
      let blocks = explanation.all(.block).compactMap { block in
        block.value.number.map { (block.id, $0.approximation) }
      }
      scores[try #require(unit["unit"]?.text)] = Scores(
        total: Double(try #require(unit["score"]?.text)) ?? .nan,
        blocks: Dictionary(uniqueKeysWithValues: blocks))
    }
  }

  /// Issue 2, 9: deleting the records behind any block changes its score. Each community loses
  /// records of one kind for each block, so that one run judges them all.
  static let behind: [(unit: UnitID, kind: String, blocks: [String])] = [
    ("sll-01", "mandate", ["organisation"]), ("sll-01", "session", ["deliberation"]),
    ("sll-01", "case", ["closed_loop", "environment"]), ("sll-01", "visit", ["visits"]),
    ("sll-05", "obligation", ["publicity"]), ("sll-01", "survey_answer", ["satisfaction"]),
    ("sll-02", "trial_operation", ["organisation"]), ("sll-02", "attendance", ["deliberation"]),
    ("sll-02", "callback", ["closed_loop"]), ("sll-02", "visit_plan", ["visits"]),
    ("sll-02", "patrol", ["environment"]), ("sll-02", "activity", ["satisfaction"]),
    ("sll-03", "party_organisation", ["organisation"]), ("sll-03", "convention", ["deliberation"]),
    ("sll-03", "log_entry", ["visits"]), ("sll-03", "social_organisation", ["satisfaction"]),
    ("sll-04", "building_group", ["organisation"]), ("sll-04", "ledger_count", ["visits"]),
    ("sll-05", "council_seat", ["organisation"]), ("sll-05", "ledger_movement", ["visits"]),
    ("sll-06", "post", ["organisation"]),
    ("sll-07", "advice", ["deliberation"]), ("sll-08", "duty_day", ["visits", "environment"]),
  ]

  @Test func `Taking away the records behind a block changes its score`() throws {
    let workspace = try Workspace()
    let before = try Self.scores(in: workspace, month: 4)
    for (unit, kind, _) in Self.behind { try Self.retract(kind, of: unit, in: workspace) }
    let after = try Self.scores(in: workspace, month: 4)
    for (unit, kind, blocks) in Self.behind {
      let old = try #require(before[unit.rawValue])
      let new = try #require(after[unit.rawValue])
      for block in blocks {
        #expect(new.blocks[block] != old.blocks[block], "\(unit) \(kind): \(block)")
      }
    }
  }

  private static func retract(_ kind: String, of unit: UnitID, in workspace: Workspace) throws {
    let store = try Store.open(try SQLiteDriver.open(workspace.database, creating: false))
    let today = Day(year: 2026, month: 5, day: 12)!
    try store.write(Signature(actor: "test", reason: "试删", today: today)) { writer in
      for record in StreetRecords.shipped(kind, unit) {
        try writer.retract(kind, id: record.id, reason: "试删")
      }
    }
  }

  // MARK: Bands as a street setting

  @Test func `The street's boundaries grade; a community cannot move them`() throws {
    let workspace = try Workspace()
    let why = try workspace.run("why", "assessment.bands", "sll-02").output
    #expect(why.hasPrefix("等次线 = 优秀 90 分、良好 80 分、合格 60 分"))
    let trial = try workspace.run(
      "assess", "community-assessment", "2026-04", "--what-if",
      "assessment.bands=excellent=92,good=80,pass=60", "--format", "csv")
    let large = trial.output.components(separatedBy: "\r\n").first { $0.hasPrefix("大型区") }
    #expect(large?.contains("优秀→良好") == true, "\(trial.output)\(trial.errors)")
    let refused = try workspace.run(
      "set", "assessment.bands", "excellent=85,good=80,pass=60", "--unit", "sll-02", "--basis",
      "想要优秀")
    refused.expect(.settingRefused)
  }

  // MARK: Communities tighten, and may not loosen

  @Test(
    arguments: [
      ("sll-02", "notice.workdays", "2026-05-12", "公示期 = 7 个工作日"),
      ("sll-01", "notice.workdays", "2026-05-12", "公示期 = 5 个工作日"),
      ("sll-04", "notice.workdays", "2026-04-30", "公示期 = 5 个工作日"),
      ("sll-04", "notice.workdays", "2026-05-01", "公示期 = 7 个工作日"),
      ("sll-05", "residents_meeting.notice_days", "2026-05-12", "居民会议提前通知天数 = 20 日"),
      ("sll-08", "disclosure.board_days", "2026-05-12", "公开栏张贴天数 = 20 日"),
      ("sll-08", "question.workdays", "2026-05-12", "提问答复时限 = 5 个工作日"),
      ("sll-08", "question.workdays", "2026-06-01", "提问答复时限 = 3 个工作日"),
    ])
  func `A community's own rule holds from its day`(
    unit: String, key: String, day: String, words: String
  ) throws {
    let outcome = try Workspace().run("why", key, unit, "--date", day)
    #expect(outcome.output.hasPrefix(words), "\(outcome.output)\(outcome.errors)")
  }

  @Test(
    arguments: [
      ("sll-04", "notice.workdays", "4"), ("sll-05", "residents_meeting.notice_days", "9"),
      ("sll-08", "disclosure.board_days", "14"), ("sll-08", "question.workdays", "6"),
    ])
  func `A looser rule is refused`(unit: String, key: String, value: String) throws {
    let workspace = try Workspace()
    let outcome = try workspace.run("set", key, value, "--unit", unit, "--basis", "想省事")
    #expect(outcome.status != 0)
    #expect(outcome.errors.hasPrefix("error[setting."), "\(outcome.errors)")
  }

  // MARK: The monthly bulletin (domain.md P11)

  @Test func `The ledgers are an equation with a master and the estates apart`() throws {
    let workspace = try Workspace()
    let outcome = try workspace.run("run", "ledgers", "period=2026-04")
    let lines = outcome.output.lines.map(\.squeezed)
    #expect(lines.contains("十字街 5198 37 21 4 6 2 5214 5214 平"), "\(outcome.errors)")
    #expect(lines.contains("矿山路 5387 41 34 4 2 0 5396 5398 差 +2"))
    #expect(lines.contains("十字街 5214 23 9 5246"))
    #expect(lines.contains("锦绣苑 大型区 612 306 50.0"))
    #expect(lines.contains("福瑞园 友好路 488 243 49.8"))
    #expect(lines.contains("注：报送期限：2026-05-08（次月第三个工作日）。"))
    let may = try workspace.run("run", "ledgers", "period=2026-05").output
    #expect(may.contains("未盘点"))
  }

  @Test func `The report names no small number of a sensitive kind`() throws {
    let outcome = try Workspace().run("run", "report", "period=2026-04")
    let lines = outcome.output.lines.map(\.squeezed)
    #expect(lines.contains("十字街 13 13 10 7 6 少量 少量"), "\(outcome.output)\(outcome.errors)")
    #expect(lines.contains("不稳定因素全街道合计：27 件，不分社区公布。"))
  }

  @Test func `The ranking is the assessment's, by type, with quota and reasons`() throws {
    let workspace = try Workspace()
    let outcome = try workspace.run("run", "ranking", "period=2026-04", "--format", "csv")
    let lines = outcome.output.components(separatedBy: "\r\n")
    #expect(lines.first?.hasSuffix("名次,社区,得分,等次,较上月,主要原因") == true)
    #expect(lines.contains { $0.hasPrefix("老旧小区,1,友好路,87.70,良好,-1.32,") }, "\(lines)")
    #expect(lines.contains { $0.hasPrefix("商品房小区,—,大型区,91.85,优秀,+0.22,") })
    let text = try workspace.run("run", "ranking", "period=2026-04").output
    #expect(text.contains("注：3个社区达到“优秀”，全街名额2个：建设路、大型区\n"))
    #expect(text.contains("红卫村：达到“优秀”分数线，但名额只有2个，按“良好”评\n"))
  }

  @Test(arguments: ["ledgers", "report", "ranking"])
  func `The bulletin's pages are whole HTML`(command: String) throws {
    let outcome = try Workspace().run("run", command, "period=2026-04", "--format", "html")
    #expect(outcome.output.hasPrefix("<!DOCTYPE html>\n<html lang=\"zh-CN\">"))
    #expect(outcome.output.lines.last == "</html>")
    #expect(outcome.output.contains("<caption>"))
    #expect(outcome.output.contains("报送期限：2026-05-08"))
  }

  // MARK: Shared scripts

  @Test func `The overview counts the street and keeps the estates apart`() throws {
    let outcome = try Workspace().run("run", "scripts/overview.lua")
    let lines = outcome.output.lines.map(\.squeezed)
    #expect(lines.first == "社区一览 2026-05-12")
    #expect(lines.contains("sll-02 十字街 34 1986 1872 5214 33"))
    #expect(lines.contains("合计 217 15089 14162 39245 215"))
    #expect(lines.contains("注：代管小区锦绣苑：612 户，已入住 306 户，不在合计里。"))
  }

  @Test func `The overdue list colours by working days late`() throws {
    let outcome = try Workspace().run("run", "scripts/overdue.lua", "unit=sll-02")
    let lines = outcome.output.lines.map(\.squeezed)
    #expect(lines.first == "逾期事项 2026-05-12：7 件，其中红牌 2 件")
    #expect(lines.contains("红 sll-02-2026-0118 十字街 2026-05-07 4 1号楼后巷垃圾堆积"))
    #expect(lines.contains("黄 sll-02-2026-0134 十字街 2026-05-09 2 19号楼墙面小广告"))
  }

  @Test func `The deadline follows each community's own notice period, and says why`() throws {
    let workspace = try Workspace()
    let one = try workspace.run(
      "run", "scripts/deadline.lua", "posted=2026-04-30", "unit=sll-02")
    #expect(
      one.output.lines.first == "2026-04-30 张贴，公示 7 个工作日（张贴当日不计），到 2026-05-13 为止。")
    #expect(one.output.contains("居民会议 2025-12-18 通过"))
    let all = try workspace.run("run", "scripts/deadline.lua", "posted=2026-04-30")
    let lines = all.output.lines.map(\.squeezed)
    #expect(lines.contains("建设路 5 2026-05-11") && lines.contains("十字街 7 2026-05-13"))
  }

  // MARK: The packages themselves

  @Test func `Every package is sound and every package with code has tests that pass`() throws {
    let workspace = try Workspace()
    let check = try workspace.run("plugin", "check")
    #expect(check.output.hasSuffix("没有问题。\n") && check.errors == "", "\(check.errors)")
    let tests = try workspace.run("plugin", "test", "--json", "--lang", "en")
    #expect(tests.status == 0, "\(tests.errors)")
    let data = try tests.data(of: "plugin")
    #expect(data["failed"] == .integer(0))
    let edges = data["tests"]?.elements?.filter { $0["generated"] == .bool(true) }
    #expect(edges?.count == 4)
    #expect(data["unreached"]?.elements == [], "every band and exception has a test")
    let files = Set((data["tests"]?.elements ?? []).compactMap { $0["file"]?.text })
    for package in ["community-assessment", "monthly-bulletin"] {
      #expect(files.contains { $0.hasPrefix("plugins/street/\(package)/tests/") }, "\(package)")
    }
  }
}

extension String {
  /// A table's line with its columns one blank apart.
  fileprivate var squeezed: String {
    split(separator: " ").joined(separator: " ")
  }
}
