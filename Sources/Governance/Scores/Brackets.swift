/// A scale by steps: so much per bracket of a base number.
///
/// Three readings, as in OpenFisca: a *marginal rate* applies to the part of
/// the base within its bracket, *marginal amounts* add up over the brackets
/// reached, a *single amount* is that of the bracket the base falls in.
public struct Brackets: Hashable, Sendable {
  public enum Reading: String, CaseIterable, Sendable {
    case marginalRate = "marginal_rate"
    case marginalAmount = "marginal_amount"
    case singleAmount = "single_amount"
  }

  /// Where a bracket begins and what it gives; it ends where the next begins.
  public struct Step: Hashable, Sendable {
    public let from: Rational

    /// Where the author says it ends; checked against the next one's beginning.
    public let to: Rational?
    public let gives: Rational

    public init(from: Rational, to: Rational? = nil, gives: Rational) {
      self.from = from
      self.to = to
      self.gives = gives
    }
  }

  public let reading: Reading

  /// Whether a base equal to `from` lies in the bracket: 以上 does, 超过 does not.
  public let includesLowerEdge: Bool
  public let steps: [Step]

  /// - Throws: every disorder, gap and overlap at once, each as `formula.invalid`.
  public init(
    _ steps: [Step], _ reading: Reading, includesLowerEdge: Bool = true
  ) throws(Problems) {
    var problems = steps.isEmpty ? [Problem.noBrackets] : []
    for (step, next) in zip(steps, steps.dropFirst()) {
      if next.from <= step.from {
        problems.append(.bracketsDisordered(step.from, next.from))
      } else if let end = step.to, end != next.from {
        problems.append(.bracketSeam(end, next.from))
      }
    }
    guard problems.isEmpty else { throw Problems(problems) }
    self.reading = reading
    self.includesLowerEdge = includesLowerEdge
    self.steps = steps
  }

  /// What a base number gives; below the first bracket, and above the last when it states an end, 0.
  public func amount(for base: Rational) -> Rational {
    switch reading {
    case .singleAmount:
      guard let step = steps.last(where: { reaches(base, $0.from) }) else { return .zero }
      if let end = step.to, reaches(base, end) { return .zero }
      return step.gives
    case .marginalAmount:
      return steps.filter { reaches(base, $0.from) }.map(\.gives).reduce(.zero, +)
    case .marginalRate:
      return steps.indices.map { part(of: base, in: $0) * steps[$0].gives }.reduce(.zero, +)
    }
  }

  private func reaches(_ base: Rational, _ edge: Rational) -> Bool {
    includesLowerEdge ? base >= edge : base > edge
  }

  private func part(of base: Rational, in index: Int) -> Rational {
    let end = steps[index].to ?? (index + 1 < steps.count ? steps[index + 1].from : base)
    return max(.zero, min(base, end) - steps[index].from)
  }
}

extension Brackets {
  /// Base numbers at and beside every edge with what each must give; tests run them.
  ///
  /// Worked out bracket by bracket, apart from `amount(for:)`.
  public func boundaryCases() -> [(base: Rational, amount: Rational)] {
    let widths = zip(steps, steps.dropFirst()).map { ($1.from - $0.from) / 2 }
    let step = widths.reduce(Rational(1, over: 100), min)
    var cases: [(base: Rational, amount: Rational)] = []
    for (index, edge) in steps.map(\.from).enumerated() {
      let own = includesLowerEdge ? index : index - 1
      cases += [
        (edge - step, amount(in: index - 1, at: edge - step)), (edge, amount(in: own, at: edge)),
        (edge + step, amount(in: index, at: edge + step)),
      ]
    }
    return cases
  }

  /// What a base number in a bracket gives; below the first, in bracket -1, nothing.
  private func amount(in index: Int, at base: Rational) -> Rational {
    guard index >= 0 else { return .zero }
    switch reading {
    case .singleAmount: return steps[index].gives
    case .marginalAmount: return steps[...index].map(\.gives).reduce(.zero, +)
    case .marginalRate:
      let whole = (0..<index).map { (steps[$0 + 1].from - steps[$0].from) * steps[$0].gives }
      return whole.reduce((base - steps[index].from) * steps[index].gives, +)
    }
  }
}

extension Problem {
  static let noBrackets = Problem(.formulaInvalid, Words("没有任何分段", "there are no brackets"))

  static func bracketsDisordered(_ first: Rational, _ second: Rational) -> Problem {
    Problem(
      .formulaInvalid,
      Words(
        "分段要从小到大：\(first.shown)之后不能是\(second.shown)",
        "brackets must ascend: \(second.shown) cannot follow \(first.shown)"))
  }

  static func bracketSeam(_ end: Rational, _ start: Rational) -> Problem {
    let isGap = end < start
    return Problem(
      .formulaInvalid,
      Words(
        "分段\(isGap ? "有空档" : "重叠")：一段到\(end.shown)为止，下一段从\(start.shown)开始",
        "brackets \(isGap ? "leave a gap" : "overlap"): one ends at \(end.shown), the next begins at "
          + start.shown))
  }
}
