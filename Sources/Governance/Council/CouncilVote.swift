/// How the members of a council voted on one item.
public struct CouncilTally: Hashable, Sendable {
  /// Seats with a member in office: a vacant seat is not in the base (D16).
  public let filled: Int
  public let votesFor: Int
  public let against: Int
  public let abstained: Int

  /// Members present who withdrew because the item concerns them: they leave the denominator.
  public let withdrew: Int

  /// - Throws: `input.invalid` for negative numbers and for more members than seats filled.
  public init(
    filled: Int, votesFor: Int, against: Int, abstained: Int = 0, withdrew: Int = 0
  ) throws(Problem) {
    let counts = [filled, votesFor, against, abstained, withdrew]
    guard counts.allSatisfy({ $0 >= 0 }) else { throw .negativeVotes }
    // Compared without adding up first, so that no number can overflow.
    var room = filled
    for count in counts.dropFirst() {
      guard count <= room else { throw .moreVotesThanSeats(filled) }
      room -= count
    }
    self.filled = filled
    self.votesFor = votesFor
    self.against = against
    self.abstained = abstained
    self.withdrew = withdrew
  }

  public var present: Int { votesFor + against + abstained + withdrew }
}

/// What a vote of the council came to, and the numbers that prove it (D16; `domain.md` §3.2).
public struct CouncilDecision: Hashable, Sendable {
  public enum Outcome: String, CaseIterable, Sendable {
    case passed
    case rejected
    /// As many for as against: not passed; it may come back once.
    case tied
    case noQuorum = "no_quorum"
    /// Fewer than eight seats filled: the council may discuss only.
    case discussionOnly = "discussion_only"

    public var label: Words {
      switch self {
      case .passed: Words("通过", "passed")
      case .rejected: Words("未通过", "not passed")
      case .tied: Words("票数相等，未通过", "tied, not passed")
      case .noQuorum: Words("未达到法定人数", "no quorum")
      case .discussionOnly: Words("在任席位不足8席，只能议事", "fewer than 8 seats filled, discussion only")
      }
    }
  }

  public let tally: CouncilTally

  /// Whether the item is a convention, which takes more than half of all members.
  public let isConvention: Bool
  public let outcome: Outcome

  /// How many members had to be present.
  public let quorum: Int

  /// How many votes for it were needed.
  public let needed: Int

  /// Fewer filled seats than this, and the council may discuss only.
  public static let fewestSeats = 8

  /// A quorum is two thirds of the seats filled; passed is more than half of those
  /// present, a convention more than half of all. Abstentions stay in the
  /// denominator; there is no casting vote.
  public init(_ tally: CouncilTally, isConvention: Bool = false) {
    self.tally = tally
    self.isConvention = isConvention
    quorum = Self.quorum(filled: tally.filled)
    let base = (isConvention ? tally.filled : tally.present) - tally.withdrew
    needed = base / 2 + 1
    if tally.filled < Self.fewestSeats {
      outcome = .discussionOnly
    } else if tally.present < quorum {
      outcome = .noQuorum
    } else if tally.votesFor >= needed {
      outcome = .passed
    } else {
      outcome = tally.votesFor == tally.against ? .tied : .rejected
    }
  }

  public var isPassed: Bool { outcome == .passed }

  /// The least number that is two thirds of the seats filled or more (三分之二以上 includes them).
  public static func quorum(filled: Int) -> Int {
    filled - filled / 3
  }

  /// Whether so many members make a session; without, there was no session.
  public static func isQuorate(present: Int, filled: Int) -> Bool {
    present >= quorum(filled: filled)
  }

  /// `在任11席，到会11人（须8人）；赞成5票、反对4票、弃权2票，须6票：未通过`.
  public var label: Words {
    let withdrawn = tally.withdrew > 0
    return Words(
      "在任\(tally.filled)席，到会\(tally.present)人（须\(quorum)人）；赞成\(tally.votesFor)票、反对\(tally.against)票、"
        + "弃权\(tally.abstained)票\(withdrawn ? "、回避\(tally.withdrew)人" : "")，须\(needed)票：\(outcome.label.chinese)",
      "\(tally.filled) seats filled, \(tally.present) present (\(quorum) needed); "
        + "\(tally.votesFor) for, \(tally.against) against, \(tally.abstained) abstained"
        + "\(withdrawn ? ", \(tally.withdrew) withdrew" : ""), \(needed) needed: \(outcome.label.english)"
    )
  }
}

extension Problem {
  static let negativeVotes = Problem(
    .inputInvalid, Words("席位数和票数不能是负数", "seats and votes cannot be negative"))

  static func moreVotesThanSeats(_ filled: Int) -> Problem {
    Problem(
      .inputInvalid,
      Words("到会和投票的人多于在任的\(filled)席", "more members voted than the \(filled) seats filled"))
  }
}
