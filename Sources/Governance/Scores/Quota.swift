/// At most so many units in a band, over all units whatever their type.
///
/// `decisions.md`: at most two excellent over all eight; a tie at the edge goes by C, then by D,
/// then all of them are excellent. What it does is said on the result.
public struct Quota: Hashable, Sendable {
  public let band: String
  public let most: Int

  /// Block ids that decide between equal scores, in order; exact, unrounded scores are compared.
  public let ties: [String]

  /// Whether units that even the ties leave equal all keep the band, or all lose it.
  public let keepsEquals: Bool

  public init(band: String, most: Int, ties: [String] = [], keepsEquals: Bool = true) {
    self.band = band
    self.most = most
    self.ties = ties
    self.keepsEquals = keepsEquals
  }

  /// Which units keep the band and which lose it; the rest are not concerned.
  func decide(among all: [Assessment]) -> Verdict {
    let candidates = all.filter { $0.band?.id == band }.sorted(by: precedes)
    guard candidates.count > most else {
      return Verdict(kept: candidates.map(\.unit), lost: [], tie: nil)
    }
    var edge = most
    if most > 0, isEqual(candidates[most - 1], candidates[most]) {
      let equals = candidates.indices.filter { isEqual(candidates[$0], candidates[most]) }
      edge = keepsEquals ? equals[equals.count - 1] + 1 : equals[0]
    }
    return Verdict(
      kept: candidates[..<edge].map(\.unit), lost: candidates[edge...].map(\.unit),
      tie: tie(at: most, in: candidates))
  }

  struct Verdict {
    let kept: [UnitID]
    let lost: [UnitID]
    let tie: Tie?
  }

  /// How an equal score at the edge was decided.
  enum Tie {
    case block(String)
    case undecided
  }

  private func tie(at edge: Int, in candidates: [Assessment]) -> Tie? {
    guard edge > 0, candidates[edge - 1].score == candidates[edge].score else { return nil }
    let decisive = ties.first {
      candidates[edge - 1].blockScore($0) != candidates[edge].blockScore($0)
    }
    return decisive.map(Tie.block) ?? .undecided
  }

  private func isEqual(_ left: Assessment, _ right: Assessment) -> Bool {
    left.score == right.score && ties.allSatisfy { left.blockScore($0) == right.blockScore($0) }
  }

  private func precedes(_ left: Assessment, _ right: Assessment) -> Bool {
    if let first = left.score, let second = right.score, first != second {
      return first > second
    }
    for block in ties {
      let (first, second) = (left.blockScore(block), right.blockScore(block))
      if first != second { return second == nil || first ?? -1 > second ?? -1 }
    }
    return left.unit < right.unit
  }
}
