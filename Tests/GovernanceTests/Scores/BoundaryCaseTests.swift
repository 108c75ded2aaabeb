import Governance
import Testing

/// Cases at the edges, which `gongyue plugin test` runs: row "Brackets" of `formulas.md`.
struct BoundaryCaseTests {
  private func bands(_ edges: [(String, Rational)]) throws -> Bands {
    let all = edges.map { Band($0.0, Words($0.0, $0.0), lower: .init($0.1, included: true)) }
    return try Bands(all + [Band("rest", Words("rest", "rest"))])
  }

  @Test func `A band narrower than a step of rounding gets no case beyond it`() throws {
    let cases = try bands([("a", Rational("99.995")!), ("b", 90)]).boundaryCases(places: 2)
    #expect(
      cases.map { "\($0.score.exactText) \($0.band.id)" } == [
        "99.985 b", "99.995 a", "89.99 rest", "90 b", "90.01 b",
      ])
  }

  static let readings: [(reading: Brackets.Reading, left: [String], right: [String])] = [
    (
      .singleAmount, ["-0.01→0", "0→1", "0.01→1", "9.99→1", "10→2", "10.01→2"],
      ["-0.01→0", "0→0", "0.01→1", "9.99→1", "10→1", "10.01→2"]
    ),
    (
      .marginalAmount, ["-0.01→0", "0→1", "0.01→1", "9.99→1", "10→3", "10.01→3"],
      ["-0.01→0", "0→0", "0.01→1", "9.99→1", "10→1", "10.01→3"]
    ),
    (
      .marginalRate, ["-0.01→0", "0→0", "0.01→0.01", "9.99→9.99", "10→10", "10.01→10.02"],
      ["-0.01→0", "0→0", "0.01→0.01", "9.99→9.99", "10→10", "10.01→10.02"]
    ),
  ]

  @Test(arguments: readings)
  func `Brackets are worked out at and beside every edge, and give just that`(
    reading: Brackets.Reading, left: [String], right: [String]
  ) throws {
    let steps = [Brackets.Step(from: 0, gives: 1), .init(from: 10, gives: 2)]
    for (includes, expected) in [(true, left), (false, right)] {
      let brackets = try Brackets(steps, reading, includesLowerEdge: includes)
      let cases = brackets.boundaryCases()
      #expect(cases.map { "\($0.base.exactText)→\($0.amount.exactText)" } == expected)
      for (base, amount) in cases { #expect(brackets.amount(for: base) == amount) }
    }
  }
}
