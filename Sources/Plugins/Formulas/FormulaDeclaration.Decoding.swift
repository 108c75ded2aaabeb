public import Governance
public import Lua

extension FormulaDeclaration {
  static let keys = [
    "id", "title", "subject", "period", "from", "to", "weights", "bands", "lowest", "rounding",
    "blocks", "deductions", "bonus", "vetoes", "quota", "ranking", "roll_up", "aggregate",
  ]

  /// - Throws: everything wrong with the table at once, each as `formula.invalid`, the message
  ///   beginning with the path: `blocks[3].indicators[1].weight`.
  public init(_ table: LuaValue, at place: Place? = nil) throws(Problems) {
    let faults = FormulaFaults(at: place)
    let keys = Self.keys + IndicatorDeclaration.keys.filter { !Self.keys.contains($0) }
    guard let reader = TableReader(table, at: "", faults, keys: keys) else {
      throw Problems(faults.problems)
    }
    let made = Self.read(reader, place)
    guard faults.problems.isEmpty, let made else {
      throw Problems(faults.problems.isEmpty ? [.notAFormula(place)] : faults.problems)
    }
    self = made
  }

  private static func read(_ reader: TableReader, _ place: Place?) -> FormulaDeclaration? {
    let id = reader.id("id")
    let title = reader.words("title", needed: true)
    let subject = reader.text("subject") ?? "community"
    let period =
      reader.choice("period", PeriodKind.allCases.map(\.rawValue))
      .flatMap(PeriodKind.init(rawValue:)) ?? .month
    let (from, to) = (reader.day("from"), reader.day("to"))
    if let from, let to, to <= from {
      reader.faults.add("to", Words("要晚于 from", "must lie after from"))
    }
    let weights = readWeights(reader)
    let bands = readBands(reader)
    let body = readBody(reader, weights)
    let deductions = reader.items("deductions").compactMap {
      readDeduction($0.value, $0.path, reader)
    }
    checkTwice(deductions.map(\.id), reader.path(to: "deductions"), reader.faults)
    let bonus = readBonus(reader)
    let vetoes = reader.items("vetoes").compactMap { readVeto($0.value, $0.path, bands, reader) }
    let quota = readQuota(reader, bands, body)
    let aggregation = readAggregation(reader, title ?? Words(verbatim: ""))
    guard let id, let title, let body else { return nil }
    return FormulaDeclaration(
      id: id, title: title, subject: subject, period: period, from: from, to: to,
      weights: weights, bands: bands, rounding: readRounding(reader), body: body,
      deductions: deductions, bonus: bonus, vetoes: vetoes, quota: quota,
      ranking: readRanking(reader), rollUp: readRollUp(reader), aggregation: aggregation,
      place: place)
  }

  // MARK: Weights, bands, rounding

  private static func readWeights(_ reader: TableReader) -> WeightSource {
    guard case .string(let key)? = reader.fields["weights"] else { return .inBlocks }
    return .setting(key)
  }

  /// Weights written as a table in the formula itself.
  private static func inlineWeights(_ reader: TableReader) -> [String: Rational]? {
    guard reader.has("weights"), reader.fields["weights"]?.text == nil else { return nil }
    return reader.read("weights", as: Words("权重表或设置的键", "a table of weights or a setting's key")) {
      guard let fields = $0.fields else { return nil }
      let numbers = fields.compactMapValues(\.writtenNumber)
      return numbers.count == fields.count ? numbers : nil
    }
  }

  private static func readBands(_ reader: TableReader) -> BandSource {
    guard reader.has("bands") else { return .none }
    if let key = reader.fields["bands"]?.text {
      var lowest = Band("fail", Words("不合格", "fail"))
      if reader.has("lowest"),
        let inner = TableReader(
          reader.fields["lowest"] ?? .nil, at: "lowest", reader.faults, keys: ["id", "title"]),
        let id = inner.text("id", needed: true), let title = inner.words("title", needed: true)
      {
        lowest = Band(id, title)
      }
      return .setting(key, lowest: lowest)
    }
    let items = reader.items("bands")
    let bands = items.compactMap { readBand($0.value, $0.path, reader.faults) }
    guard bands.count == items.count, !items.isEmpty else { return .none }
    let checked = reader.faults.noting("bands") { try Bands(bands) }
    return checked.map { .inline($0.all) } ?? .none
  }

  private static func readBand(
    _ value: LuaValue, _ path: String, _ faults: FormulaFaults
  ) -> Band? {
    let keys = ["id", "title", "at_least", "more_than", "below", "at_most"]
    guard let reader = TableReader(value, at: path, faults, keys: keys) else { return nil }
    let id = reader.text("id", needed: true)
    let title = reader.words("title", needed: true)
    let lower = edge(reader, included: "at_least", excluded: "more_than")
    let upper = edge(reader, included: "at_most", excluded: "below")
    guard let id, let title else { return nil }
    return Band(id, title, lower: lower, upper: upper)
  }

  private static func edge(
    _ reader: TableReader, included: String, excluded: String
  ) -> Band.Edge? {
    if reader.has(included), reader.has(excluded) {
      reader.faults.add(
        reader.path,
        Words("\(included) 与 \(excluded) 只能写一个", "write \(included) or \(excluded), not both"))
    }
    return reader.number(included).map { .init($0, included: true) }
      ?? reader.number(excluded).map { .init($0, included: false) }
  }

  private static func readRounding(_ reader: TableReader) -> RoundingPoint {
    guard reader.has("rounding"),
      let inner = TableReader(
        reader.fields["rounding"] ?? .nil, at: "rounding", reader.faults, keys: ["places", "mode"])
    else { return RoundingPoint() }
    let places = inner.count("places") ?? 2
    if places > Decimal.maximumPlaces {
      inner.faults.add(inner.path(to: "places"), Words("最多9位", "at most 9"))
    }
    let mode = inner.choice("mode", Rounding.allCases.map(\.rawValue))
      .flatMap(Rounding.init(rawValue:))
    return RoundingPoint(places: min(places, Decimal.maximumPlaces), mode: mode ?? .halfAway)
  }

  // MARK: Body

  private static func readBody(_ reader: TableReader, _ weights: WeightSource) -> Body? {
    guard reader.has("blocks") else {
      guard reader.has("rate") || reader.has("value") else {
        reader.faults.add(
          "blocks",
          Words("要写 blocks，或者写一个 rate 或 value 函数", "write blocks, or one function rate or value"))
        return nil
      }
      return IndicatorDeclaration(reader, isAlone: true).map(Body.single)
    }
    let inline = inlineWeights(reader)
    let blocks = reader.items("blocks").compactMap {
      BlockDeclaration($0.value, at: $0.path, reader.faults, weights: inline, weights == .inBlocks)
    }
    checkTwice(blocks.map(\.id), "blocks", reader.faults)
    if let inline {
      _ = reader.faults.noting("weights") {
        try Weights(
          inline.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, for: blocks.map(\.id))
      }
    } else if weights == .inBlocks {
      checkTotal(blocks.map { ($0.id, $0.weight) }, "blocks", reader.faults)
    }
    return .blocks(blocks)
  }

  static func checkTotal(
    _ weights: [(String, Rational?)], _ path: String, _ faults: FormulaFaults
  ) {
    let given = weights.compactMap { id, weight in weight.map { (id: id, weight: $0) } }
    guard given.count == weights.count, Set(weights.map(\.0)).count == weights.count else { return }
    _ = faults.noting(path) { try Weights(given, for: weights.map(\.0)) }
  }

  static func checkTwice(_ ids: [String], _ path: String, _ faults: FormulaFaults) {
    for (index, id) in ids.enumerated() where ids[..<index].contains(id) {
      faults.add("\(path)[\(index + 1)].id", Words("“\(id)”已经用过", "'\(id)' is used already"))
    }
  }

  // MARK: Deductions, bonus, vetoes

  private static func readDeduction(
    _ value: LuaValue, _ path: String, _ parent: TableReader
  ) -> DeductionDeclaration? {
    let keys = ["id", "title", "each", "most", "most_in_year", "count"]
    guard let reader = TableReader(value, at: path, parent.faults, keys: keys) else { return nil }
    let (id, title) = (reader.text("id", needed: true), reader.words("title", needed: true))
    let each = source(reader, "each", needed: true)
    let (most, year) = (source(reader, "most"), source(reader, "most_in_year"))
    let count = reader.function("count", needed: true)
    guard let id, let title, let each, let count else { return nil }
    return DeductionDeclaration(
      id: id, title: title, each: each, most: most, mostInYear: year, count: count)
  }

  private static func readBonus(_ reader: TableReader) -> BonusDeclaration? {
    guard reader.has("bonus"),
      let inner = TableReader(
        reader.fields["bonus"] ?? .nil, at: "bonus", reader.faults,
        keys: ["title", "most", "points"])
    else { return nil }
    let most = source(inner, "most", needed: true)
    guard let most, let points = inner.function("points", needed: true) else { return nil }
    return BonusDeclaration(
      title: inner.words("title") ?? Words("加分", "bonus"), most: most, points: points)
  }

  private static func readVeto(
    _ value: LuaValue, _ path: String, _ bands: BandSource, _ parent: TableReader
  ) -> VetoDeclaration? {
    let keys = ["id", "title", "at_most", "when"]
    guard let reader = TableReader(value, at: path, parent.faults, keys: keys) else { return nil }
    let (id, title) = (reader.text("id", needed: true), reader.words("title", needed: true))
    let band = reader.text("at_most", needed: true)
    let when = reader.function("when", needed: true)
    if let band { checkBand(band, bands, reader.path(to: "at_most"), reader.faults) }
    guard let id, let title, let band, let when else { return nil }
    return VetoDeclaration(shape: Veto(id: id, title: title, atMost: band), when: when)
  }

  private static func checkBand(
    _ id: String, _ bands: BandSource, _ path: String, _ faults: FormulaFaults
  ) {
    switch bands {
    case .setting: return
    case .inline(let known) where known.contains(where: { $0.id == id }): return
    case .inline(let known): faults.add(path, .bandUnknown(id, among: known.map(\.id)))
    case .none: faults.add(path, Words("公式没有可用的 bands", "the formula has no usable bands"))
    }
  }

  /// A number of 0 or more, or a setting's key.
  private static func source(
    _ reader: TableReader, _ key: String, needed: Bool = false
  ) -> NumberSource? {
    reader.read(
      key, as: Words("不小于0的数或设置的键", "a number of 0 or more, or a setting's key"), needed: needed
    ) { value in
      if let text = value.text { return .setting(text) }
      return value.writtenNumber.flatMap { $0.isNegative ? nil : .number($0) }
    }
  }

  // MARK: Quota, ranking, roll-up, aggregation

  private static func readQuota(
    _ reader: TableReader, _ bands: BandSource, _ body: Body?
  ) -> Quota? {
    guard reader.has("quota"),
      let inner = TableReader(
        reader.fields["quota"] ?? .nil, at: "quota", reader.faults,
        keys: ["band", "most", "ties", "otherwise"])
    else { return nil }
    let band = inner.text("band", needed: true)
    let most = inner.count("most")
    if most == nil, !inner.has("most") {
      inner.faults.add("quota.most", Words("没有写，这一项必填", "is needed and was not given"))
    }
    if let band { checkBand(band, bands, "quota.band", inner.faults) }
    let ties = inner.texts("ties")
    if case .blocks(let blocks)? = body {
      for (index, id) in ties.enumerated() where !blocks.contains(where: { $0.id == id }) {
        inner.faults.add(
          "quota.ties[\(index + 1)]", Words("没有叫“\(id)”的部分", "there is no block '\(id)'"),
          hint: nearest(to: id, in: blocks.map(\.id)).map {
            Words("是不是想写 \($0)？", "did you mean \($0)?")
          })
      }
    }
    let otherwise = inner.choice("otherwise", ["both", "none"])
    guard let band, let most else { return nil }
    return Quota(band: band, most: most, ties: ties, keepsEquals: otherwise != "none")
  }

  private static func readRanking(_ reader: TableReader) -> RankingRule {
    guard reader.has("ranking"),
      let inner = TableReader(
        reader.fields["ranking"] ?? .nil, at: "ranking", reader.faults,
        keys: ["within", "ties", "minimum"])
    else { return RankingRule() }
    let within = inner.choice("within", ["type", "all"])
    let ties = inner.choice("ties", RankingRule.Ties.allCases.map(\.rawValue))
      .flatMap(RankingRule.Ties.init(rawValue:))
    return RankingRule(
      withinType: within != "all", ties: ties ?? .shared, minimum: inner.count("minimum") ?? 2)
  }

  private static func readRollUp(_ reader: TableReader) -> RollUp? {
    switch reader.choice("roll_up", ["together", "each_then_sum", "each_then_average"]) {
    case "together": .together
    case "each_then_sum": .eachThen(.sum)
    case "each_then_average": .eachThen(.average)
    default: nil
    }
  }

  private static func readAggregation(_ reader: TableReader, _ title: Words) -> Aggregation? {
    guard reader.has("aggregate"),
      let inner = TableReader(
        reader.fields["aggregate"] ?? .nil, at: "aggregate", reader.faults,
        keys: ["time", "space", "nature", "missing"])
    else { return nil }
    let ways = Gathering.allCases.map(\.rawValue)
    func way(_ key: String) -> Gathering? {
      if !inner.has(key) {
        inner.faults.add(
          inner.path(to: key), Words("没有写，时间与空间都要说明", "is needed: both time and space"))
      }
      return inner.choice(key, ways).flatMap(Gathering.init(rawValue:))
    }
    let (time, space) = (way("time"), way("space"))
    let nature = inner.choice("nature", Aggregation.Nature.allCases.map(\.rawValue))
      .flatMap(Aggregation.Nature.init(rawValue:))
    if time == .sum, nature == nil, !inner.has("nature") {
      inner.faults.add(
        "aggregate.nature",
        Words("按时间累加时要写明，存量不能累加", "is needed where time is summed: a stock cannot be"),
        hint: Words(
          "发生的次数写 nature = \"flow\"；户数这样的存量写 \"stock\"，时间上用 last 或 average",
          "what happens is a \"flow\"; what is there is a \"stock\", by last or average in time"))
    }
    guard let time, let space else { return nil }
    let aggregation = Aggregation(
      time: time, space: space, missing: MissingStrategy(inner, "missing"))
    if let nature, let problem = aggregation.lint(nature, of: title) {
      inner.faults.add("aggregate.time", problem)
    }
    return aggregation
  }
}

extension MissingStrategy {
  /// `"unknown"`, `"skip"`, `"zero"` or a number.
  init(_ reader: TableReader, _ key: String) {
    let sort = Words(
      "\"unknown\"、\"skip\"、\"zero\" 或一个数", "\"unknown\", \"skip\", \"zero\" or a number")
    self =
      reader.read(key, as: sort) { value in
        switch value.text {
        case "unknown": .unknown
        case "skip": .skip
        case "zero": .zero
        default: value.writtenNumber.map(MissingStrategy.value)
        }
      } ?? .unknown
  }
}

extension Problem {
  static func notAFormula(_ place: Place?) -> Problem {
    Problem(.formulaInvalid, Words("这不是一个公式", "this is not a formula"), at: place)
  }
}
