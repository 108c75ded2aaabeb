import Governance
import Testing

/// Rows of `formulas.md`: ranking; what-if; and the quota of `domain.md` §8 P8.
struct RankingTests {
  private let titles = ["c": Words("闭环办理", "closed loop"), "d": Words("议事公约", "deliberation")]
  private let quota = Quota(band: "excellent", most: 2, ties: ["c", "d"])

  private func contestant(
    _ unit: UnitID, _ total: String, type: String? = "old_estate", c: String = "80",
    d: String = "80", previous: String? = nil
  ) throws -> Contestant {
    Contestant(
      try P8.result(unit, total, c: c, d: d),
      name: Words(verbatim: "社区\(unit.rawValue.suffix(2))"), type: type,
      previous: try previous.map { try P8.result(unit, $0) })
  }

  private func standings(
    _ contestants: [Contestant], _ rule: RankingRule = RankingRule()
  ) -> Standings {
    Standings(of: contestants, rule, quota: quota, bands: P8.bands, blockTitles: titles)
  }

  // Row "Ranking": within type, ties rule, minimum sample; rank only like with like.
  @Test func `Units are ranked within their type only`() throws {
    let result = standings([
      try contestant("sll-01", "80"), try contestant("sll-02", "85"),
      try contestant("sll-03", "95", type: "commodity"),
      try contestant("sll-04", "70", type: "commodity"),
    ])
    #expect(result.rows.map(\.unit.rawValue) == ["sll-02", "sll-01", "sll-03", "sll-04"])
    #expect(result.rows.map(\.rank) == [1, 2, 1, 2])
    #expect(result.rows.allSatisfy { $0.groupSize == 2 })
  }

  @Test func `Equal scores share a place`() throws {
    let all = try [("sll-01", "80"), ("sll-02", "80"), ("sll-03", "70")].map {
      try contestant(UnitID($0.0), $0.1)
    }
    #expect(standings(all).rows.map(\.rank) == [1, 1, 3])
    #expect(standings(all, RankingRule(ties: .dense)).rows.map(\.rank) == [1, 1, 2])
  }

  @Test func `A type with one member is compared with its own last period`() throws {
    let result = standings([
      try contestant("sll-01", "80"), try contestant("sll-02", "85"),
      try contestant("sll-03", "81.5", type: "commodity", previous: "80.2"),
    ])
    let alone = try #require(result.row("sll-03"))
    #expect(alone.rank == nil)
    #expect(alone.change?.description == "1.30")
    #expect(alone.notes.map(\.chinese) == ["本类型只考核了这一个社区，与自身上期比较"])
  }

  @Test func `Below the minimum sample nobody is ranked`() throws {
    let result = standings(
      [try contestant("sll-01", "80"), try contestant("sll-02", "85")], RankingRule(minimum: 3))
    #expect(result.rows.map(\.rank) == [nil, nil])
    #expect(result.rows[0].notes.map(\.chinese) == ["本类型只有2个社区有得分，不排名"])
  }

  @Test func `The order of the input changes nothing`() throws {
    var all: [Contestant] = []
    for (index, total) in ["91", "88.2", "88.2", "75", "90.5", "93", "60", "59.9"].enumerated() {
      all.append(
        try contestant(
          UnitID("sll-0\(index + 1)"), total, type: index < 5 ? "old_estate" : "commodity"))
    }
    let expected = standings(all)
    var seeded = Seeded(20_260_430)
    for _ in 0..<20 { #expect(standings(all.shuffled(using: &seeded)) == expected) }
  }

  // "At most two excellent over all eight, whatever the type, and says so."
  @Test func `Of three that reach excellent two keep it, whatever their type, and it is said`()
    throws
  {
    let result = standings([
      try contestant("sll-01", "91"), try contestant("sll-02", "93", type: "commodity"),
      try contestant("sll-03", "90.2"), try contestant("sll-04", "88"),
    ])
    #expect(result.row("sll-01")?.band?.id == "excellent")
    #expect(result.row("sll-02")?.band?.id == "excellent")
    let third = try #require(result.row("sll-03"))
    #expect(third.band?.id == "good")
    #expect(third.assessment.band?.id == "excellent")
    #expect(third.notes.map(\.chinese) == ["达到“优秀”分数线，但名额只有2个，按“良好”评"])
    #expect(result.notes.map(\.chinese) == ["3个社区达到“优秀”，全街名额2个：社区02、社区01"])
  }

  @Test func `Within the quota nothing is said`() throws {
    let result = standings([try contestant("sll-01", "91"), try contestant("sll-02", "93")])
    #expect(result.notes.isEmpty)
    #expect(result.rows.allSatisfy { $0.notes.isEmpty })
  }

  @Test(arguments: [
    ("85", "80", ["sll-01", "sll-02"], "末位同分，按“闭环办理”得分定"),
    ("80", "85", ["sll-01", "sll-02"], "末位同分，按“议事公约”得分定"),
    ("80", "80", ["sll-01", "sll-02", "sll-03"], "末位同分，各项也相同，并列保留"),
    ("80.001", "70", ["sll-01", "sll-02"], "末位同分，按“闭环办理”得分定"),
  ])
  func `A tie at the edge goes by C, then by D, then both`(
    c: String, d: String, excellent: [String], note: String
  ) throws {
    let result = standings([
      try contestant("sll-01", "95"), try contestant("sll-02", "91", c: c, d: d),
      try contestant("sll-03", "91"), try contestant("sll-04", "90"),
    ])
    let kept = result.rows.filter { $0.band?.id == "excellent" }.map(\.unit.rawValue)
    #expect(kept == excellent)
    #expect(result.notes.last?.chinese == note)
  }

  @Test func `A veto takes a unit out of the quota`() throws {
    let veto = Veto(id: "v", title: Words("否决", "v"), atMost: "pass")
    let scheme = try P8.scheme("commodity", vetoes: [veto])
    var inputs = P8.inputs()
    inputs.vetoes["v"] = .init(.present(1))
    let vetoed = Contestant(
      try P8.assess(scheme, inputs, unit: "sll-09"), name: Words(verbatim: "甲"), type: "commodity")
    let result = standings([
      vetoed, try contestant("sll-01", "90"), try contestant("sll-02", "90.1"),
    ])
    #expect(result.notes.isEmpty)
    #expect(result.row("sll-01")?.band?.id == "excellent")
    #expect(result.row("sll-09")?.notes.first?.chinese == "一票否决：否决")
  }

  @Test func `A unit without score has no rank and stands last`() throws {
    let inputs = P8.inputs(others: ["h": .missing(Words("没有上报", "not reported"))])
    let unknown = Contestant(
      try P8.assess(P8.scheme(), inputs, unit: "sll-00"), name: Words(verbatim: "甲"),
      type: "old_estate")
    let result = standings([
      unknown, try contestant("sll-01", "80"), try contestant("sll-02", "85"),
    ])
    #expect(result.rows.map(\.rank) == [1, 2, nil])
    #expect(result.rows[2].notes.map(\.chinese) == ["无法确定：没有上报"])
  }

  // Change against the previous period, with the top reason in words.
  @Test func `The part that costs most is the reason`() throws {
    let result = try P8.assess(P8.scheme(), P8.inputs())
    let reason = try #require(TopReason(of: result, since: nil))
    #expect(reason.path == ["h", "all"])
    #expect(reason.words.chinese == "环境安全，失4.80分")
    let weak = try P8.assess(P8.scheme(), P8.inputs(solution: (40, 64)))
    #expect(TopReason(of: weak, since: nil)?.words.chinese == "解决率 40/64，失6.50分")
  }

  @Test func `Against the last period it is the part that moved the total`() throws {
    let before = try P8.assess(P8.scheme(), P8.inputs(), period: "2026-03")
    let better = try P8.assess(P8.scheme(), P8.inputs(solution: (62, 64)))
    #expect(TopReason(of: better, since: before)?.words.chinese == "解决率 62/64，升0.88分")
    let worse = try P8.assess(
      P8.scheme(), P8.inputs(solution: (60, 64), others: ["v": .present(80)]))
    #expect(TopReason(of: worse, since: before)?.words.chinese == "走访台账，降1.20分")
  }

  /// An indicator without denominator last time took no points then, so its coming in explains
  /// only what it costs now.
  @Test func `What drops out or comes in is no reason by its weight alone`() throws {
    let without = try P8.assess(P8.scheme(), P8.inputs(solution: (0, 0)), period: "2026-03")
    let with = try P8.assess(
      P8.scheme(), P8.inputs(solution: (64, 64), others: ["v": .present(90)]))
    #expect(TopReason(of: with, since: without)?.words.chinese == "满意率 41/46，升0.63分")
    let gone = try P8.assess(P8.scheme(), P8.inputs(solution: (0, 0), others: ["v": .present(80)]))
    #expect(TopReason(of: gone, since: with)?.path == ["v", "all"])
  }

  @Test func `A deduction can be the reason`() throws {
    let red = Deduction(
      id: "red", title: Words("红牌", "red"), rule: try DeductionRule(each: 1, most: 10))
    var inputs = P8.inputs()
    inputs.deductions["red"] = [.init(.present(7))]
    let result = try P8.assess(P8.scheme(deductions: [red]), inputs)
    #expect(TopReason(of: result, since: nil)?.words.chinese == "红牌 7，失7.00分")
  }

  @Test func `Without any loss there is no reason`() throws {
    #expect(TopReason(of: try P8.result("sll-01", "100", c: "100", d: "100"), since: nil) == nil)
  }

  // Row "What-if": old, new, difference and change of rank for all units.
  @Test func `A what-if shows old, new, difference and change of rank for every unit`() throws {
    let base = standings([
      try contestant("sll-01", "84.10"), try contestant("sll-02", "83.90"),
      try contestant("sll-03", "70"),
    ])
    let trial = standings([
      try contestant("sll-01", "84.00"), try contestant("sll-02", "84.20"),
      try contestant("sll-03", "81"),
    ])
    let rows = WhatIf(from: base, to: trial).rows
    #expect(rows.map(\.unit.rawValue) == ["sll-01", "sll-02", "sll-03"])
    #expect(rows.map { $0.difference?.description } == ["-0.10", "0.30", "11.00"])
    #expect(rows.map(\.climbed) == [-1, 1, 0])
    #expect(rows[2].oldBand?.id == "pass")
    #expect(rows[2].newBand?.id == "good")
    let text = WhatIf(from: base, to: trial).report(Words("试算", "what if"))
      .rendered(as: .text, in: .chinese)
    #expect(text.contains("1→2  降1位"))
    #expect(text.contains("只是试算，没有保存任何内容"))
  }

  @Test func `The ranking is printed as one table for each type`() throws {
    let result = standings([
      try contestant("sll-01", "80", previous: "79.5"), try contestant("sll-02", "85"),
      try contestant("sll-03", "95", type: "commodity"),
    ])
    let text = result.report(Words("社区考核", "assessment")) { type in
      type.map { Words(verbatim: $0) }
    }.rendered(as: .text, in: .chinese)
    #expect(text.contains("名次"))
    #expect(text.contains("+0.50"))
    #expect(text.contains("社区03：本类型只考核了这一个社区，与自身上期比较"))
  }
}
