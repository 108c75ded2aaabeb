/// A number of a formula, or why there is none: the five value states in arithmetic.
///
/// Missing is not zero (law 8): a figure that should be there and is not makes
/// everything that rests on it "cannot be determined", unless the formula
/// declares a `MissingStrategy`. A figure that does not apply drops out instead.
public enum Figure: Hashable, Sendable {
  case present(Rational)
  /// 零报告: looked, and there was nothing; counts as 0.
  case zeroReport
  /// 缺报: should have been there.
  case missing(Words)
  /// 不适用: the question does not arise, for instance nothing was due.
  case notApplicable(Words)
  /// 待补: promised for later.
  case pending(Words)

  /// The number to calculate with; nil in the three states without one.
  public var number: Rational? {
    switch self {
    case .present(let number): number
    case .zeroReport: .zero
    case .missing, .notApplicable, .pending: nil
    }
  }

  public var state: ValueState {
    switch self {
    case .present: .present
    case .zeroReport: .zeroReport
    case .missing: .missing
    case .notApplicable: .notApplicable
    case .pending: .pending
    }
  }

  /// Why there is no number.
  public var reason: Words? {
    switch self {
    case .present, .zeroReport: nil
    case .missing(let reason), .notApplicable(let reason), .pending(let reason): reason
    }
  }

  /// Missing or pending: what rests on it cannot be determined.
  public var isUndetermined: Bool {
    state == .missing || state == .pending
  }

  public var isNotApplicable: Bool {
    state == .notApplicable
  }
}

extension Sequence<Figure> {
  /// What stops a calculation: the first missing figure, else the first pending one.
  var undetermined: Figure? {
    first { $0.state == .missing } ?? first { $0.state == .pending }
  }
}

/// What stands for a figure that is missing or pending; declared by the formula.
public enum MissingStrategy: Hashable, Sendable {
  /// The result cannot be determined; what holds when nothing is declared.
  case unknown
  /// The part drops out, as if it did not apply.
  case skip
  /// Counts as 0.
  case zero
  /// Counts as a stated number.
  case value(Rational)

  /// The figure itself when it is determined, else what stands for it.
  public func applied(to figure: Figure) -> Figure {
    guard figure.isUndetermined else { return figure }
    switch self {
    case .unknown: return figure
    case .skip: return .notApplicable(figure.reason ?? .left)
    case .zero: return .present(.zero)
    case .value(let number): return .present(number)
    }
  }
}

extension Words {
  static let left = Words("缺报，按约定略过", "missing, skipped as declared")
  static let nothingDue = Words("分母为0，不适用", "the denominator is 0, so it does not apply")
  static let nothingLeft = Words("各项均不适用", "no part applies")
}
