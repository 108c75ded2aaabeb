import Governance
import Testing

/// Rates that cannot be right are pointed out.
struct RateTests {
  private func scored(_ rate: (Int, Int)) throws -> Assessment {
    let indicator = Indicator(id: "kept", title: Words("按时公开率", "kept"))
    let scheme = try Scheme(
      id: "kept", title: Words("按时公开率", "kept"), body: .single(indicator))
    var inputs = Inputs()
    inputs.observations[.init("", "kept")] = P8.observed(rate)
    return try scheme.score(inputs, unit: "sll-01", period: Period.parse("2026-04"))
  }

  private func notes(_ assessment: Assessment) -> [String] {
    Standings(
      of: [Contestant(assessment, name: Words("甲", "A"), type: nil)], RankingRule(minimum: 1)
    )
    .rows[0].notes.map(\.chinese)
  }

  @Test func `More in the numerator than in the denominator is noted beside the score`() throws {
    let over = try scored((5, 3))
    #expect(over.score == Decimal("166.67"))
    #expect(notes(over) == ["“按时公开率”的分子大于分母，请核对"])
    #expect(over.explanation.texts(depth: 2, in: .chinese).contains { $0.contains("分子大于分母") })
    #expect(notes(try scored((3, 3))) == [])
  }

  @Test func `A curve that keeps the score at 100 does not hide it`() throws {
    let result = try P8.assess(try P8.scheme(), P8.inputs(response: (70, 64)))
    #expect(notes(result) == ["“响应率”的分子大于分母，请核对"])
  }

  @Test(arguments: [(-1, 3, "分子"), (1, -3, "分母")])
  func `A negative count is refused`(above: Int, below: Int, part: String) {
    #expect {
      try scored((above, below))
    } throws: { error in
      (error as? Problem)?.message.chinese
        == "“按时公开率”的\(part)是 \(part == "分子" ? above : below)，不能小于 0"
    }
  }
}
