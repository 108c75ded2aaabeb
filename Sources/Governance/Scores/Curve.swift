/// How a measured number becomes a score from 0 to 100, exactly.
///
/// `domain.md` §8 P8: a rate scores 100 at `full` or above, 0 at `zero` or
/// below, linear between. Comparisons and interpolation use fractions, so 63/64
/// is never first turned into 98.44.
public struct Curve: Hashable, Sendable {
  /// Which way is better.
  public enum Shape: Hashable, Sendable {
    /// Higher is better: `full` above `zero`.
    case higher(full: Rational, zero: Rational)
    /// Lower is better: `full` below `zero`.
    case lower(full: Rational, zero: Rational)
    /// Best within a range: 0 up to the first, full from the second to the third, 0 from the fourth.
    case range(Rational, Rational, Rational, Rational)
    /// Straight lines between stated points; level before the first and after the last.
    case points([Point])
  }

  /// One corner of a curve.
  public struct Point: Hashable, Sendable {
    public let at: Rational
    public let score: Rational

    public init(at: Rational, score: Rational) {
      self.at = at
      self.score = score
    }
  }

  public let shape: Shape

  /// Whether less than the target earns part of the score; without, it earns 0.
  public let givesPartialCredit: Bool

  /// - Throws: `formula.invalid` when the numbers are not in the order that the shape needs, or a
  ///   score lies outside 0 to 100.
  public init(_ shape: Shape, partialCredit: Bool = true) throws(Problem) {
    if let problem = Self.problem(in: shape) { throw problem }
    self.shape = shape
    givesPartialCredit = partialCredit
  }

  /// Between 0 and 100.
  public func score(at number: Rational) -> Rational {
    let score = interpolated(at: number)
    return givesPartialCredit || score == Self.full ? score : .zero
  }

  /// The nearest number that earns the full score: the target.
  public func target(from number: Rational) -> Rational {
    switch shape {
    case .higher(let full, _): max(number, full)
    case .lower(let full, _): min(number, full)
    case .range(_, let low, let high, _): number.clamped(to: low...high)
    case .points(let points):
      points.filter { $0.score == points.map(\.score).max() }.map(\.at)
        .min { ($0 - number).magnitude < ($1 - number).magnitude } ?? number
    }
  }

  static let full = Rational(100)

  private var corners: [Point] {
    switch shape {
    case .higher(let full, let zero):
      [Point(at: zero, score: 0), Point(at: full, score: Self.full)]
    case .lower(let full, let zero):
      [Point(at: full, score: Self.full), Point(at: zero, score: 0)]
    case .range(let first, let second, let third, let fourth):
      [
        Point(at: first, score: 0), Point(at: second, score: Self.full),
        Point(at: third, score: Self.full), Point(at: fourth, score: 0),
      ]
    case .points(let points): points
    }
  }

  private func interpolated(at number: Rational) -> Rational {
    let corners = corners
    guard let after = corners.firstIndex(where: { number < $0.at }) else {
      return corners[corners.count - 1].score
    }
    guard after > 0 else { return corners[0].score }
    let (left, right) = (corners[after - 1], corners[after])
    let part = (number - left.at) / (right.at - left.at)
    return left.score + part * (right.score - left.score)
  }

  private static func problem(in shape: Shape) -> Problem? {
    switch shape {
    case .higher(let full, let zero):
      full > zero ? nil : .curveBackwards(full: full, zero: zero, higher: true)
    case .lower(let full, let zero):
      full < zero ? nil : .curveBackwards(full: full, zero: zero, higher: false)
    case .range(let first, let second, let third, let fourth):
      first < second && second <= third && third < fourth ? nil : .rangeDisordered
    case .points(let points):
      problem(in: points)
    }
  }

  private static func problem(in points: [Point]) -> Problem? {
    let isAscending = zip(points, points.dropFirst()).allSatisfy { $0.at < $1.at }
    guard points.count >= 2, isAscending else { return .pointsDisordered }
    guard points.allSatisfy({ (.zero...full).contains($0.score) }) else {
      return .pointOutOfBounds
    }
    return nil
  }
}

extension Curve {
  /// One line: `满分线 95，零分线 60`.
  public var summary: Words {
    let partial =
      givesPartialCredit ? Words("", "") : Words("，不达标不得分", ", nothing below the target")
    switch shape {
    case .higher(let full, let zero), .lower(let full, let zero):
      return Words(
        "满分线 \(full.shown)，零分线 \(zero.shown)\(partial.chinese)",
        "full at \(full.shown), zero at \(zero.shown)\(partial.english)")
    case .range(let first, let second, let third, let fourth):
      return Words(
        "\(second.shown)至\(third.shown)得满分，\(first.shown)以下、\(fourth.shown)以上得0分\(partial.chinese)",
        "full from \(second.shown) to \(third.shown), zero up to \(first.shown) and from "
          + "\(fourth.shown)\(partial.english)")
    case .points(let points):
      let text = points.map { "\($0.at.shown)→\($0.score.shown)" }.joined(separator: " ")
      return Words("折线 \(text)\(partial.chinese)", "points \(text)\(partial.english)")
    }
  }
}

extension Problem {
  static func curveBackwards(full: Rational, zero: Rational, higher: Bool) -> Problem {
    Problem(
      .formulaInvalid,
      higher
        ? Words(
          "满分线 \(full.shown) 必须高于零分线 \(zero.shown)",
          "full \(full.shown) must lie above zero \(zero.shown)")
        : Words(
          "越低越好时，满分线 \(full.shown) 必须低于零分线 \(zero.shown)",
          "where lower is better, full \(full.shown) must lie below zero \(zero.shown)"),
      hint: higher
        ? Words(
          "若是越低越好，请写 direction = \"lower\"", "if lower is better, write direction = \"lower\"")
        : nil)
  }

  static let rangeDisordered = Problem(
    .formulaInvalid,
    Words(
      "区间曲线的四个数要从小到大：零分、满分起、满分止、零分",
      "the four numbers of a range must ascend: zero, full from, full to, zero"))

  static let pointsDisordered = Problem(
    .formulaInvalid,
    Words("折线至少两个点，且横坐标从小到大", "a curve needs two points or more, in ascending order"))

  static let pointOutOfBounds = Problem(
    .formulaInvalid, Words("折线上的得分要在0到100之间", "scores of a curve lie between 0 and 100"))
}
