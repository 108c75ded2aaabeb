/// What a node of an explanation does with its children: the whole arithmetic of formulas.
///
/// Scores are calculated by building the tree and in no other way, so what is
/// explained is what was calculated.
public enum Operation: Hashable, Sendable {
  /// A leaf: the value is what a query or a script gave.
  case given
  /// First over second, times `per`; a second of 0 means "does not apply", neither an error nor 0.
  case ratio(per: Rational)
  case sum
  case difference
  case product
  case scaled(by: Rational)
  case gathered(Gathering)
  case curve(Curve)
  case brackets(Brackets)
  case weightedMean(Mix)
  /// What stands for a child that is missing or pending.
  case otherwise(MissingStrategy)
  /// What stands for a child that does not apply, where the formula does not share its weight out.
  case orMark(Rational)
  /// The first, unless one of the others does not apply: then it does not apply either.
  case onlyIf
  /// Negative points: see `DeductionRule`.
  case deduction(DeductionRule)
  case atMost(Rational)
  case clamped(ClosedRange<Rational>)
  /// The first plus all the others; those that do not apply add nothing.
  case adjusted
  /// The one rounding point.
  case rounded(places: Int, Rounding)

  /// - Throws: `score.invalid` when the number is too large to be rounded.
  public func result(of parts: [Figure]) throws(Problem) -> Figure {
    switch self {
    case .given: return parts.first ?? .missing(.noValue)
    case .weightedMean(let mix): return mix.mean(of: parts)
    case .otherwise(let strategy): return strategy.applied(to: parts[0])
    case .orMark(let mark): return parts[0].isNotApplicable ? .present(mark) : parts[0]
    case .onlyIf:
      return parts.dropFirst().first { $0.isNotApplicable } ?? parts[0]
    case .adjusted, .sum, .gathered, .deduction:
      return parts.undetermined ?? combined(parts)
    default:
      return try Self.every(parts, calculated(_:))
    }
  }

  /// Applies when all parts have numbers; one that does not apply takes the result along.
  private static func every(
    _ parts: [Figure], _ body: ([Rational]) throws(Problem) -> Figure
  ) throws(Problem) -> Figure {
    if let undetermined = parts.undetermined { return undetermined }
    if let dropped = parts.first(where: \.isNotApplicable) { return dropped }
    return try body(parts.compactMap(\.number))
  }

  /// Parts that do not apply are left out; where the first of `adjusted`, or all, do not, nothing is left.
  private func combined(_ parts: [Figure]) -> Figure {
    let numbers = parts.map(\.number)
    let present = numbers.compactMap { $0 }
    guard !present.isEmpty else {
      return parts.count == 1 ? parts[0] : .notApplicable(.nothingLeft)
    }
    switch self {
    case .adjusted where numbers[0] == nil: return parts[0]
    case .gathered(let gathering): return .present(gathering.applied(to: present))
    case .deduction(let rule):
      return .present(
        rule.points(now: numbers[0] ?? .zero, earlier: numbers.dropFirst().compactMap { $0 }))
    default: return .present(present.reduce(.zero, +))
    }
  }

  private func calculated(_ numbers: [Rational]) throws(Problem) -> Figure {
    switch self {
    case .ratio(let per):
      return (numbers[0] * per).divided(by: numbers[1]).map(Figure.present)
        ?? .notApplicable(.nothingDue)
    case .difference: return .present(numbers[0] - numbers[1])
    case .product: return .present(numbers.reduce(1, *))
    case .scaled(let factor): return .present(numbers[0] * factor)
    case .curve(let curve): return .present(curve.score(at: numbers[0]))
    case .brackets(let brackets): return .present(brackets.amount(for: numbers[0]))
    case .atMost(let most): return .present(min(numbers[0], most))
    case .clamped(let bounds): return .present(numbers[0].clamped(to: bounds))
    case .rounded(let places, let rounding):
      return .present(Rational(try numbers[0].rounded(places: places, rounding)))
    default: return .present(numbers.reduce(.zero, +))
    }
  }
}

/// How several numbers of one thing become one: over the periods of a time, or over units.
public enum Gathering: String, CaseIterable, Sendable {
  case sum
  case average
  case first
  case last
  case minimum
  case maximum

  /// - Precondition: `numbers` is not empty; in the order of time or of units.
  public func applied(to numbers: [Rational]) -> Rational {
    switch self {
    case .sum: numbers.reduce(.zero, +)
    case .average: numbers.reduce(.zero, +) / Rational(numbers.count)
    case .first: numbers[0]
    case .last: numbers[numbers.count - 1]
    case .minimum: numbers.min() ?? .zero
    case .maximum: numbers.max() ?? .zero
    }
  }

  public var label: Words {
    switch self {
    case .sum: Words("合计", "sum")
    case .average: Words("平均", "average")
    case .first: Words("期初", "first")
    case .last: Words("期末", "last")
    case .minimum: Words("最小", "minimum")
    case .maximum: Words("最大", "maximum")
    }
  }
}

/// So many points off for each, at most so many in a period and in a year.
///
/// `decisions.md`: no council session −2, over a year at most −6; each red −1, at most −10 a month.
public struct DeductionRule: Hashable, Sendable {
  public let each: Rational
  public let most: Rational?
  public let mostInYear: Rational?

  /// - Throws: `formula.invalid` for a negative number; points off are written without sign.
  public init(
    each: Rational, most: Rational? = nil, mostInYear: Rational? = nil
  ) throws(Problem) {
    for number in [each, most, mostInYear].compactMap({ $0 }) where number.isNegative {
      throw .deductionNegative(number)
    }
    self.each = each
    self.most = most
    self.mostInYear = mostInYear
  }

  /// The points off, negative or 0.
  ///
  /// - Parameter earlier: the counts of the year's earlier periods.
  public func points(now: Rational, earlier: [Rational]) -> Rational {
    let points = inPeriod(now)
    guard let mostInYear else { return -points }
    let used = earlier.map(inPeriod).reduce(.zero, +)
    return -min(points, max(.zero, mostInYear - used))
  }

  private func inPeriod(_ count: Rational) -> Rational {
    let points = count * each
    return most.map { min($0, points) } ?? points
  }
}

extension Words {
  static let noValue = Words("没有给出数值", "no value was given")
}

extension Problem {
  static func deductionNegative(_ number: Rational) -> Problem {
    Problem(
      .formulaInvalid,
      Words(
        "扣分写正数，这里是\(number.shown)", "points to deduct are written without sign, not \(number.shown)"
      ))
  }
}
