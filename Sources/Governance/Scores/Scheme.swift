/// A formula with every number filled in for one unit: what is weighed, how, and by which settings.
///
/// Pure: it holds no functions. `score(_:)` turns a unit's `Inputs` into an
/// `Assessment`.
public struct Scheme: Hashable, Sendable {
  /// What is scored: weighted blocks, or one number alone.
  public enum Body: Hashable, Sendable {
    case blocks([Block])
    case single(Indicator)
  }

  public let id: String
  public let title: Words
  public let body: Body

  /// Without bands a single number is neither clamped nor graded.
  public let bands: Bands?
  public let rounding: RoundingPoint
  public let deductions: [Deduction]
  public let bonus: Bonus?
  public let vetoes: [Veto]

  /// Where weights and bands come from.
  public let weightSettings: [SettingUse]
  public let bandSettings: [SettingUse]

  /// - Throws: every fault at once, each as `formula.invalid`: weights of blocks or of a block's
  ///   indicators that do not total 100, ids used twice, vetoes that name no band.
  public init(
    id: String, title: Words, body: Body, bands: Bands? = nil,
    rounding: RoundingPoint = RoundingPoint(), deductions: [Deduction] = [],
    bonus: Bonus? = nil, vetoes: [Veto] = [], weightSettings: [SettingUse] = [],
    bandSettings: [SettingUse] = []
  ) throws(Problems) {
    self.id = id
    self.title = title
    self.body = body
    self.bands = bands
    self.rounding = rounding
    self.deductions = deductions
    self.bonus = bonus
    self.vetoes = vetoes
    self.weightSettings = weightSettings
    self.bandSettings = bandSettings
    let problems = self.problems
    guard problems.isEmpty else { throw Problems(problems) }
  }

  public var blocks: [Block] {
    switch body {
    case .blocks(let blocks): blocks
    case .single: []
    }
  }
}

/// Where and how a total is rounded, once.
public struct RoundingPoint: Hashable, Sendable {
  public let places: Int
  public let mode: Rounding

  /// - Precondition: `places` is 0 to 9.
  public init(places: Int = 2, mode: Rounding = .halfAway) {
    precondition((0...Decimal.maximumPlaces).contains(places), "\(places) places")
    self.places = places
    self.mode = mode
  }

  public var label: Words {
    let name =
      mode == .halfAway
      ? Words("四舍五入", "half away from zero") : Words("四舍六入五成双", "half to even")
    return Words("\(name.chinese)到\(places)位小数", "rounded to \(places) places, \(name.english)")
  }
}

/// A weighted group of indicators: 闭环办理.
public struct Block: Hashable, Sendable {
  public let id: String
  public let title: Words

  /// One letter for narrow tables and tie rules: `C`.
  public let letter: String?
  public let weight: Rational
  public let indicators: [Indicator]

  /// Ids of indicators of which at least one must have a value; else the block is not assessed.
  public let needsOneOf: [String]

  public init(
    id: String, title: Words, letter: String? = nil, weight: Rational, indicators: [Indicator],
    needsOneOf: [String] = []
  ) {
    self.id = id
    self.title = title
    self.letter = letter
    self.weight = weight
    self.indicators = indicators
    self.needsOneOf = needsOneOf
  }
}

/// One measured thing and how it becomes a score from 0 to 100.
public struct Indicator: Hashable, Sendable {
  /// What happens to the weight of an indicator that does not apply.
  public enum Substitution: Hashable, Sendable {
    /// Shared among the others in proportion.
    case reweight
    /// Counted with this score.
    case mark(Rational)

    /// Counted as if fully met.
    public static let fullMark = mark(Weights.total)
  }

  /// How a number becomes a score; none takes it as the score itself.
  public enum Scale: Hashable, Sendable {
    case none
    case curve(Curve)
    case brackets(Brackets)
  }

  public let id: String
  public let title: Words
  public let weight: Rational
  public let scale: Scale

  /// What a rate is multiplied with: 100 for per cent.
  public let per: Rational

  /// What above and below the line count.
  public let numerator: Words
  public let denominator: Words
  public let measure: Words?
  public let missing: MissingStrategy
  public let whenDropped: Substitution

  /// Ids of indicators of the same block without which this one does not apply either.
  public let requires: [String]
  public let settings: [SettingUse]

  public init(
    id: String, title: Words, weight: Rational = Weights.total, scale: Scale = .none,
    per: Rational = 100, numerator: Words = Words("分子", "numerator"),
    denominator: Words = Words("分母", "denominator"), measure: Words? = nil,
    missing: MissingStrategy = .unknown, whenDropped: Substitution = .reweight,
    requires: [String] = [], settings: [SettingUse] = []
  ) {
    self.id = id
    self.title = title
    self.weight = weight
    self.scale = scale
    self.per = per
    self.numerator = numerator
    self.denominator = denominator
    self.measure = measure
    self.missing = missing
    self.whenDropped = whenDropped
    self.requires = requires
    self.settings = settings
  }
}

/// Points off for what happened or failed to happen.
public struct Deduction: Hashable, Sendable {
  public let id: String
  public let title: Words
  public let rule: DeductionRule
  public let settings: [SettingUse]

  public init(id: String, title: Words, rule: DeductionRule, settings: [SettingUse] = []) {
    self.id = id
    self.title = title
    self.rule = rule
    self.settings = settings
  }
}

/// Points on top, at most so many.
public struct Bonus: Hashable, Sendable {
  public let title: Words
  public let most: Rational
  public let settings: [SettingUse]

  public init(title: Words, most: Rational, settings: [SettingUse] = []) {
    self.title = title
    self.most = most
    self.settings = settings
  }
}

/// 一票否决: what limits the band, whatever the score.
public struct Veto: Hashable, Sendable {
  public let id: String
  public let title: Words

  /// The id of the best band still possible.
  public let atMost: String

  public init(id: String, title: Words, atMost: String) {
    self.id = id
    self.title = title
    self.atMost = atMost
  }
}

extension Scheme {
  private var problems: [Problem] {
    let all: [Problem]
    switch body {
    case .single: all = []
    case .blocks(let blocks):
      let ids = blocks.map(\.id)
      all =
        Self.weightProblems(blocks.map { ($0.id, $0.weight) })
        + Self.twice(ids).map { .idTwice($0) }
        + blocks.flatMap(Self.problems(in:))
    }
    return all + Self.twice(deductions.map(\.id)).map { .idTwice($0) } + vetoProblems
  }

  private var vetoProblems: [Problem] {
    vetoes.compactMap { veto in
      bands?.band(veto.atMost) == nil
        ? .bandUnknown(veto.atMost, among: bands?.all.map(\.id) ?? []) : nil
    }
  }

  private static func problems(in block: Block) -> [Problem] {
    let ids = block.indicators.map(\.id)
    let named = block.needsOneOf + block.indicators.flatMap(\.requires)
    let problems =
      weightProblems(block.indicators.map { ($0.id, $0.weight) })
      + twice(ids).map { .idTwice($0) }
      + named.filter { !ids.contains($0) }.map { .weightUnknown($0, among: ids) }
    return problems.map {
      $0.while(Words("检查“\(block.title.chinese)”时", "checking '\(block.title.english)'"))
    }
  }

  private static func weightProblems(_ weights: [(id: String, weight: Rational)]) -> [Problem] {
    do {
      _ = try Weights(weights, for: weights.map(\.id))
      return []
    } catch {
      return error.all
    }
  }

  private static func twice(_ ids: [String]) -> [String] {
    ids.indices.filter { ids[..<$0].contains(ids[$0]) }.map { ids[$0] }
  }
}

extension Problem {
  static func idTwice(_ id: String) -> Problem {
    Problem(.formulaInvalid, Words("“\(id)”写了两次", "'\(id)' is written twice"))
  }

  /// A band that a veto, a quota or a person names and that does not exist.
  public static func bandUnknown(_ id: String, among bands: [String]) -> Problem {
    Problem(
      .formulaInvalid, Words("没有等级“\(id)”", "there is no band '\(id)'"),
      hint: nearest(to: id, in: bands).map { Words("是不是想写 \($0)？", "did you mean \($0)?") }
        ?? Words(
          "等级有：\(bands.joined(separator: "、"))", "there are: \(bands.joined(separator: ", "))"))
  }
}
