import Governance

/// The community assessment of `domain.md` §8 P8, with inputs given by the test.
enum P8 {
  static let bands = try! Bands([
    Band("excellent", Words("优秀", "excellent"), lower: .init(90, included: true)),
    Band("good", Words("良好", "good"), lower: .init(80, included: true)),
    Band("pass", Words("合格", "pass"), lower: .init(60, included: true)),
    Band("fail", Words("不合格", "fail")),
  ])

  static let blockIDs = ["o", "d", "c", "v", "p", "h", "s"]
  static let titles = ["组织机制", "议事公约", "闭环办理", "走访台账", "公开", "环境安全", "满意活动"]

  /// Five weight sets, each in the order of the blocks.
  static let weights: [String: [Int]] = [
    "old_estate": [15, 15, 20, 15, 10, 20, 5],
    "unit_compound": [15, 15, 20, 20, 10, 12, 8],
    "commodity": [12, 22, 23, 10, 13, 10, 10],
    "village_to_city": [18, 13, 22, 20, 10, 12, 5],
    "mixed_commercial": [13, 16, 23, 15, 11, 14, 8],
  ]

  static let rates = [
    rate("response", "响应率", 30), rate("solution", "解决率", 35), rate("satisfaction", "满意率", 35),
  ]

  static func rate(_ id: String, _ title: String, _ weight: Int) -> Indicator {
    Indicator(
      id: id, title: Words(title, id), weight: Rational(weight),
      scale: .curve(try! Curve(.higher(full: 95, zero: 60))), numerator: Words("按时", "in time"),
      denominator: Words("到期", "due"), measure: Words("%", "%"))
  }

  /// All blocks but C hold one indicator whose value is the block's score.
  static func scheme(
    _ type: String = "old_estate", deductions: [Deduction] = [], bonus: Bonus? = nil,
    vetoes: [Veto] = [], cIndicators: [Indicator] = rates
  ) throws -> Scheme {
    let blocks = blockIDs.enumerated().map { index, id in
      Block(
        id: id, title: Words(titles[index], id), letter: id.uppercased(),
        weight: Rational(weights[type]![index]),
        indicators: id == "c"
          ? cIndicators : [Indicator(id: "all", title: Words(titles[index], id))])
    }
    return try Scheme(
      id: "community-assessment", title: Words("社区考核", "community assessment"),
      body: .blocks(blocks), bands: bands, deductions: deductions, bonus: bonus, vetoes: vetoes)
  }

  /// Blocks (100, 90, C, 88, 100, 76, 91) with the three rates of C.
  static func inputs(
    response: (Int, Int) = (63, 64), solution: (Int, Int) = (58, 64),
    satisfaction: (Int, Int) = (41, 46), others: [String: Figure] = [:]
  ) -> Inputs {
    var inputs = Inputs()
    let given: [String: Rational] = ["o": 100, "d": 90, "v": 88, "p": 100, "h": 76, "s": 91]
    for (id, score) in given {
      inputs.observations[.init(id, "all")] = .value(.init(others[id] ?? .present(score)))
    }
    for (id, rate) in [
      ("response", response), ("solution", solution), ("satisfaction", satisfaction),
    ] {
      inputs.observations[.init("c", id)] = observed(rate)
    }
    return inputs
  }

  static func observed(_ rate: (Int, Int)) -> Inputs.Observation {
    .rate(.init(.present(Rational(rate.0))), of: .init(.present(Rational(rate.1))))
  }

  static func assess(
    _ scheme: Scheme, _ inputs: Inputs, unit: UnitID = "sll-01", period: String = "2026-04"
  ) throws -> Assessment {
    try scheme.score(inputs, unit: unit, period: Period.parse(period))
  }

  /// A result with a wanted total and wanted scores of C and D, for ranking.
  static func result(_ unit: UnitID, _ total: String, c: String = "80", d: String = "80")
    throws -> Assessment
  {
    let ids = ["c", "d", "rest"]
    let blocks = zip(ids, [10, 10, 80]).map { id, weight in
      Block(
        id: id, title: Words(id, id), weight: Rational(weight),
        indicators: [Indicator(id: "all", title: Words(id, id))])
    }
    let scheme = try Scheme(
      id: "community-assessment", title: Words("社区考核", "community assessment"),
      body: .blocks(blocks), bands: bands)
    let (c, d, total) = (Rational(c)!, Rational(d)!, Rational(total)!)
    let rest = (total * 100 - c * 10 - d * 10) / 80
    var inputs = Inputs()
    for (id, score) in zip(ids, [c, d, rest]) {
      inputs.observations[.init(id, "all")] = .value(.init(.present(score)))
    }
    return try assess(scheme, inputs, unit: unit)
  }
}
