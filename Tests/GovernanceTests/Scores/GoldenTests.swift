import Governance
import Testing

/// The golden numbers of `domain.md` §8 P8 and `decisions.md`, exactly.
struct GoldenTests {
  @Test func `Response 63 of 64, solution 58 of 64, satisfaction 41 of 46 make C 89.76`() throws {
    let result = try P8.assess(P8.scheme(), P8.inputs())
    let block = try #require(result.explanation.first(.block, "c"))
    #expect(block.children.map { $0.value.number?.shown } == ["100", "87.5", "83.23"])
    #expect(block.value.number?.shown == "89.76")
  }

  @Test func `Without call-backs their weight is shared, and C is 92.31`() throws {
    let inputs = P8.inputs(response: (64, 64), solution: (90, 100), satisfaction: (0, 0))
    let result = try P8.assess(P8.scheme(), inputs)
    #expect(result.blockScore("c")?.shown == "92.31")
    #expect(result.status == .assessed)
  }

  @Test(arguments: [
    ("old_estate", "89.40", "good"), ("unit_compound", "90.45", "excellent"),
    ("commodity", "90.94", "excellent"), ("village_to_city", "90.72", "excellent"),
    ("mixed_commercial", "90.16", "excellent"),
  ])
  func `The same work is graded differently by type`(type: String, total: String, band: String)
    throws
  {
    // The golden totals take C as 89.76: the exact value agrees to both places.
    let result = try P8.assess(P8.scheme(type), P8.inputs())
    #expect(result.score?.description == total)
    #expect(result.band?.id == band)
  }

  @Test func `There is a single rounding point: 89.15, not 89.16`() throws {
    let inputs = P8.inputs(response: (59, 64), solution: (55, 64))
    let result = try P8.assess(P8.scheme("village_to_city"), inputs)
    #expect(result.score?.description == "89.15")

    // Rounding C first would have given 89.16.
    let rounded = try #require(result.blockScore("c")).rounded(places: 2, .halfAway)
    let early = P8.rates[0]
    let single = [
      Indicator(id: "all", title: early.title, weight: 100)
    ]
    var again = inputs
    again.observations[.init("c", "all")] = .value(.init(.present(Rational(rounded))))
    let wrong = try P8.assess(P8.scheme("village_to_city", cIndicators: single), again)
    #expect(wrong.score?.description == "89.16")
  }
}
