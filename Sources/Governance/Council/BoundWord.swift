/// The words with which rules name a bound, and whether the number itself is within
/// (Civil Code 1259; `domain.md` §0.3, §6.4).
public enum BoundWord: String, CaseIterable, Sendable {
  case orMore = "以上"
  case orLess = "以下"
  case within = "以内"
  case reaching = "达到"
  case elapsed = "届满"
  case lessThan = "不满"
  case exceeding = "超过"
  case beyond = "以外"
  case overHalf = "过半数"

  /// How a number is compared with the bound; for 过半数 with one half.
  public var comparison: Comparison {
    switch self {
    case .orMore, .reaching, .elapsed: .atLeast
    case .orLess, .within: .atMost
    case .lessThan: .less
    case .exceeding, .beyond, .overHalf: .greater
    }
  }

  public func holds(_ number: Rational, _ bound: Rational) -> Bool {
    switch comparison {
    case .atLeast: number >= bound
    case .atMost: number <= bound
    case .less: number < bound
    case .greater: number > bound
    case .equal: number == bound
    case .notEqual: number != bound
    }
  }
}
