public import Governance
public import Lua

/// A formula as its plugin wrote it: the shape, the functions, and where its numbers come from.
///
/// Made from the table of `gongyue.formula { … }`; every fault is reported at
/// once with its path inside the table. `scheme(resolving:)` fills in the
/// settings for one unit.
public struct FormulaDeclaration: Hashable, Sendable, DatedVersion {
  /// A number written in the formula, or the key of the setting that gives it.
  public enum NumberSource: Hashable, Sendable {
    case number(Rational)
    case setting(String)
  }

  public enum WeightSource: Hashable, Sendable {
    /// Each block says its own.
    case inBlocks
    /// The key of a map setting: block id to weight.
    case setting(String)
  }

  public enum BandSource: Hashable, Sendable {
    case none
    case inline([Band])
    /// The key of a record setting: band id to lower edge, labels from its members; below the
    /// lowest comes `lowest`.
    case setting(String, lowest: Band)
  }

  public enum Body: Hashable, Sendable {
    case blocks([BlockDeclaration])
    case single(IndicatorDeclaration)
  }

  public let id: String
  public let title: Words

  /// What is scored: `community`, `street`, `building`.
  public let subject: String
  public let period: PeriodKind
  public let from: Day?
  public let to: Day?
  public let weights: WeightSource
  public let bands: BandSource
  public let rounding: RoundingPoint
  public let body: Body
  public let deductions: [DeductionDeclaration]
  public let bonus: BonusDeclaration?
  public let vetoes: [VetoDeclaration]
  public let quota: Quota?
  public let ranking: RankingRule
  public let rollUp: RollUp?

  /// How a single number is gathered over several periods and units.
  public let aggregation: Aggregation?

  /// Where the formula is written.
  public let place: Place?

  public var blocks: [BlockDeclaration] {
    switch body {
    case .blocks(let blocks): blocks
    case .single: []
    }
  }

  /// Titles by block id, for the notes of a quota.
  public var blockTitles: [String: Words] {
    Dictionary(blocks.map { ($0.id, $0.title) }) { first, _ in first }
  }

  /// The keys of every setting the formula reads by itself.
  public var settingKeys: [String] {
    var keys: [String] = []
    if case .setting(let key) = weights { keys.append(key) }
    if case .setting(let key, _) = bands { keys.append(key) }
    for indicator in indicators {
      if case .setting(let key, _) = indicator.scale { keys.append(key) }
    }
    let numbers = deductions.flatMap { [$0.each, $0.most, $0.mostInYear] } + [bonus?.most]
    for case .setting(let key)? in numbers { keys.append(key) }
    return keys
  }

  var indicators: [IndicatorDeclaration] {
    switch body {
    case .blocks(let blocks): blocks.flatMap(\.indicators)
    case .single(let indicator): [indicator]
    }
  }
}

/// A block as written.
public struct BlockDeclaration: Hashable, Sendable {
  public let id: String
  public let title: Words
  public let letter: String?

  /// Nil when the weights come from a setting.
  public let weight: Rational?
  public let needsOneOf: [String]
  public let indicators: [IndicatorDeclaration]
}

/// An indicator as written, with the function that finds its value.
public struct IndicatorDeclaration: Hashable, Sendable {
  public enum Function: Hashable, Sendable {
    /// Returns numerator and denominator.
    case rate(LuaFunction)
    /// Returns one number.
    case value(LuaFunction)
  }

  /// Where the curve's numbers come from.
  public enum ScaleSource: Hashable, Sendable {
    case scale(Indicator.Scale)
    /// The key of a record setting with `full` and `zero`.
    case setting(String, Direction)
  }

  public struct Direction: Hashable, Sendable {
    public let isHigherBetter: Bool
    public let givesPartialCredit: Bool
  }

  /// Everything but the scale, which may come from a setting.
  public let shape: Indicator
  public let scale: ScaleSource
  public let function: Function

  public var id: String { shape.id }
}

public struct DeductionDeclaration: Hashable, Sendable {
  public let id: String
  public let title: Words
  public let each: FormulaDeclaration.NumberSource
  public let most: FormulaDeclaration.NumberSource?
  public let mostInYear: FormulaDeclaration.NumberSource?
  public let count: LuaFunction
}

public struct BonusDeclaration: Hashable, Sendable {
  public let title: Words
  public let most: FormulaDeclaration.NumberSource
  public let points: LuaFunction
}

public struct VetoDeclaration: Hashable, Sendable {
  public let shape: Veto
  public let when: LuaFunction
}
