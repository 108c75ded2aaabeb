import Governance
import Testing

// domain.md §3.2, D2 and D16.
struct CouncilTests {
  @Test(arguments: [
    (41, 0, 10, 0, true, false), (10, 0, 10, 0, false, false), (9, 5, 9, 1, false, false),
    (8, 2, 8, 2, false, false), (3, 1, 3, 1, false, true), (4, 0, 4, 0, false, true),
    (8, 1, 8, 0, false, true), (9, 0, 0, 0, false, true),
  ])
  func `A council has eleven seats, or fewer and odd with the street's consent`(
    heads: Int, candidates: Int, elected: Int, supplementary: Int, contested: Bool, consent: Bool
  ) throws {
    let council = CouncilComposition.required(heads: heads, candidates: candidates)
    // Nine heads and a cadre are even, and without a candidate cannot be made odd.
    guard heads != 9 || candidates > 0 else { return #expect(council == nil) }
    let found = try #require(council)
    #expect(found.elected == elected)
    #expect(found.supplementary == supplementary)
    #expect(found.cadre == 1)
    #expect(!found.size.isMultiple(of: 2))
    #expect(found.isContested == contested)
    #expect(found.needsConsent == consent)
    if !consent { #expect(found.size == 11) }
  }

  @Test func `Without heads there is no council`() {
    #expect(CouncilComposition.required(heads: 0, candidates: 3) == nil)
    #expect(CouncilComposition.required(heads: -1, candidates: 30) == nil)
  }

  struct Row {
    let filled: Int
    let votes: (Int, Int, Int)
    let isConvention: Bool
    let outcome: CouncilDecision.Outcome
  }

  static let rows = [
    Row(filled: 11, votes: (7, 0, 0), isConvention: false, outcome: .noQuorum),
    Row(filled: 11, votes: (5, 3, 0), isConvention: false, outcome: .passed),
    Row(filled: 11, votes: (4, 4, 0), isConvention: false, outcome: .tied),
    Row(filled: 11, votes: (5, 5, 0), isConvention: false, outcome: .tied),
    Row(filled: 11, votes: (5, 4, 2), isConvention: false, outcome: .rejected),
    Row(filled: 11, votes: (6, 5, 0), isConvention: false, outcome: .passed),
    Row(filled: 11, votes: (5, 3, 0), isConvention: true, outcome: .rejected),
    Row(filled: 11, votes: (6, 2, 0), isConvention: true, outcome: .passed),
    Row(filled: 11, votes: (3, 2, 3), isConvention: false, outcome: .rejected),
    // 10 of 11 seats filled after a resignation: the quorum is 7.
    Row(filled: 10, votes: (4, 3, 0), isConvention: false, outcome: .passed),
    Row(filled: 10, votes: (3, 3, 0), isConvention: false, outcome: .noQuorum),
    Row(filled: 7, votes: (7, 0, 0), isConvention: false, outcome: .discussionOnly),
    Row(filled: 8, votes: (4, 2, 0), isConvention: false, outcome: .passed),
  ]

  @Test(arguments: rows.indices)
  func `A vote is decided by exact halves and thirds`(index: Int) throws {
    let row = Self.rows[index]
    let tally = try CouncilTally(
      filled: row.filled, votesFor: row.votes.0, against: row.votes.1, abstained: row.votes.2)
    let decision = CouncilDecision(tally, isConvention: row.isConvention)
    #expect(decision.outcome == row.outcome)
    #expect(decision.isPassed == (row.outcome == .passed))
  }

  @Test func `A decision carries its numbers`() throws {
    let decision = CouncilDecision(
      try CouncilTally(filled: 11, votesFor: 5, against: 4, abstained: 2))
    #expect(
      decision.label
        == Words(
          "在任11席，到会11人（须8人）；赞成5票、反对4票、弃权2票，须6票：未通过",
          "11 seats filled, 11 present (8 needed); 5 for, 4 against, 2 abstained, 6 needed: not passed"
        ))
  }

  @Test func `A member who withdraws leaves the denominator but not the quorum`() throws {
    let tally = try CouncilTally(filled: 11, votesFor: 4, against: 3, withdrew: 1)
    #expect(CouncilDecision(tally).outcome == .passed)
    let convention = CouncilDecision(
      try CouncilTally(filled: 11, votesFor: 5, against: 5, withdrew: 1), isConvention: true)
    #expect(convention.needed == 6)
    #expect(convention.outcome == .tied)
    #expect(convention.label.chinese.contains("回避1人"))
  }

  @Test(arguments: [(11, 8), (10, 7), (9, 6), (8, 6), (3, 2), (1, 1), (0, 0)])
  func `A quorum is two thirds of the seats filled, rounded up`(filled: Int, quorum: Int) {
    #expect(CouncilDecision.quorum(filled: filled) == quorum)
    #expect(CouncilDecision.isQuorate(present: quorum, filled: filled))
    #expect(!CouncilDecision.isQuorate(present: quorum - 1, filled: filled))
  }

  @Test func `More votes than seats, and negative ones, are refused`() throws {
    let problem = try #require(throws: Problem.self) {
      try CouncilTally(filled: 11, votesFor: 6, against: 6)
    }
    #expect(problem.message.chinese == "到会和投票的人多于在任的11席")
    #expect(throws: Problem.self) { try CouncilTally(filled: 11, votesFor: -1, against: 0) }
    #expect(throws: Problem.self) {
      try CouncilTally(filled: .max, votesFor: .max, against: .max)
    }
  }

  @Test func `No council ever passes with half or less`() throws {
    for filled in 8...11 {
      for votesFor in 0...filled {
        for against in 0...(filled - votesFor) {
          for abstained in 0...(filled - votesFor - against) {
            let tally = try CouncilTally(
              filled: filled, votesFor: votesFor, against: against, abstained: abstained)
            let expected = tally.present * 3 >= filled * 2 && votesFor * 2 > tally.present
            #expect(CouncilDecision(tally).isPassed == expected)
            let convention = tally.present * 3 >= filled * 2 && votesFor * 2 > filled
            #expect(CouncilDecision(tally, isConvention: true).isPassed == convention)
          }
        }
      }
    }
  }
}
