import Governance
import Testing

/// `decisions.md`, "The demo street should be worth ranking".
struct OutcomeTests {
  static let april = totals(4)
  static let march = totals(3)

  static func totals(_ month: Int) -> [Double] {
    Table.communities.map { Evaluator(.shipped, $0, month: month).total }
  }

  @Test func `the outcome is printed for whoever tunes it`() {
    for month in [3, 4] {
      for unit in Table.communities {
        let one = Evaluator(.shipped, unit, month: month)
        let blocks = one.blocks.map { block in
          "\(block.letter)=\(block.score.map { ($0 * 10).rounded() / 10 } ?? -1)"
            + "(" + block.indicators.map { $0.score.map { String(Int($0.rounded())) } ?? "-" }
            .joined(separator: ",") + ")"
        }
        print(month, unit, one.type, one.total, "-\(one.deductions)", blocks.joined(separator: " "))
      }
    }
    #expect(Self.april.count == 8)
  }
}
