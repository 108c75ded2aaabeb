internal import Governance
internal import Lua

extension BlockDeclaration {
  init?(
    _ value: LuaValue, at path: String, _ faults: FormulaFaults, weights: [String: Rational]?,
    _ saysOwnWeight: Bool
  ) {
    let keys = ["id", "title", "letter", "weight", "needs", "indicators"]
    guard let reader = TableReader(value, at: path, faults, keys: keys) else { return nil }
    let (id, title) = (reader.text("id", needed: true), reader.words("title", needed: true))
    let own = reader.number("weight", needed: saysOwnWeight && weights == nil)
    if own != nil, !saysOwnWeight || weights != nil {
      faults.add(
        reader.path(to: "weight"),
        Words("权重已写在 weights 里，这里不能再写", "the weight stands in weights, not here too"))
    }
    let items = reader.items("indicators")
    if items.isEmpty {
      faults.add(reader.path(to: "indicators"), Words("至少要有一个指标", "needs one indicator or more"))
    }
    let indicators = items.compactMap { item in
      TableReader(item.value, at: item.path, faults, keys: IndicatorDeclaration.keys)
        .flatMap { IndicatorDeclaration($0, isAlone: false) }
    }
    FormulaDeclaration.checkTwice(indicators.map(\.id), reader.path(to: "indicators"), faults)
    if indicators.count == items.count {
      FormulaDeclaration.checkTotal(
        indicators.map { ($0.id, $0.shape.weight) }, reader.path(to: "indicators"), faults)
    }
    let needs = reader.texts("needs")
    Self.check(needs, reader.path(to: "needs"), indicators, faults)
    for (index, indicator) in indicators.enumerated() {
      Self.check(
        indicator.shape.requires, "\(reader.path(to: "indicators"))[\(index + 1)].requires",
        indicators, faults)
    }
    guard let id, let title else { return nil }
    self.init(
      id: id, title: title, letter: reader.text("letter"),
      weight: own ?? weights?[id], needsOneOf: needs, indicators: indicators)
  }

  private static func check(
    _ names: [String], _ path: String, _ indicators: [IndicatorDeclaration],
    _ faults: FormulaFaults
  ) {
    let ids = indicators.map(\.id)
    for name in names where !ids.contains(name) {
      faults.add(
        path, Words("没有叫“\(name)”的指标", "there is no indicator '\(name)'"),
        hint: nearest(to: name, in: ids).map {
          Words("是不是想写 \($0)？", "did you mean \($0)?")
        })
    }
  }
}

extension IndicatorDeclaration {
  static let keys = [
    "id", "title", "weight", "curve", "brackets", "direction", "partial", "rate", "value", "per",
    "numerator", "denominator", "measure", "missing", "when_empty", "requires",
  ]

  /// - Parameter isAlone: whether it is the whole formula, which then carries id and title.
  init?(_ reader: TableReader, isAlone: Bool) {
    let (id, title) = (reader.text("id", needed: !isAlone), reader.words("title", needed: !isAlone))
    let weight = isAlone ? Weights.total : reader.number("weight", needed: true)
    if isAlone, reader.has("weight") {
      reader.faults.add(
        "weight", Words("只有一个数的公式没有权重", "a formula of one number has no weight"))
    }
    let function = Self.function(reader)
    let scale = Self.scale(reader)
    let shape = Indicator(
      id: id ?? "", title: title ?? Words(verbatim: ""), weight: weight ?? .zero,
      per: Self.per(reader), numerator: reader.words("numerator") ?? Words("分子", "numerator"),
      denominator: reader.words("denominator") ?? Words("分母", "denominator"),
      measure: reader.words("measure"), missing: MissingStrategy(reader, "missing"),
      whenDropped: Self.whenDropped(reader), requires: reader.texts("requires"))
    guard let function, let scale, isAlone || (id != nil && title != nil) else { return nil }
    self.init(shape: shape, scale: scale, function: function)
  }

  private static func function(_ reader: TableReader) -> Function? {
    if reader.has("rate"), reader.has("value") {
      reader.faults.add(
        reader.path, Words("rate 与 value 只能写一个", "write rate or value, not both"))
    }
    if reader.has("rate") { return reader.function("rate").map(Function.rate) }
    if reader.has("value") { return reader.function("value").map(Function.value) }
    reader.faults.add(
      reader.path, Words("要写一个函数 rate 或 value", "write one function, rate or value"))
    return nil
  }

  private static func per(_ reader: TableReader) -> Rational {
    guard let per = reader.number("per") else { return 100 }
    if per <= .zero {
      reader.faults.add(reader.path(to: "per"), Words("要大于0", "must be above 0"))
    }
    return per
  }

  private static func whenDropped(_ reader: TableReader) -> Indicator.Substitution {
    let sort = Words(
      "\"reweight\"、\"full_mark\" 或0到100的分数", "\"reweight\", \"full_mark\" or a score from 0 to 100"
    )
    return reader.read("when_empty", as: sort) { value in
      switch value.text {
      case "reweight": return .reweight
      case "full_mark": return .fullMark
      default:
        guard let mark = value.writtenNumber, (0...100).contains(mark) else { return nil }
        return .mark(mark)
      }
    } ?? .reweight
  }

  // MARK: Curves and brackets

  private static func scale(_ reader: TableReader) -> ScaleSource? {
    if reader.has("curve"), reader.has("brackets") {
      reader.faults.add(
        reader.path, Words("curve 与 brackets 只能写一个", "write curve or brackets, not both"))
    }
    if reader.has("brackets") {
      return brackets(reader).map { .scale(.brackets($0)) }
    }
    let direction = Direction(
      isHigherBetter: reader.choice("direction", ["higher", "lower"]) != "lower",
      givesPartialCredit: reader.boolean("partial") ?? true)
    guard reader.has("curve") else { return .scale(.none) }
    if let key = reader.fields["curve"]?.text { return .setting(key, direction) }
    return curve(reader, direction).map { .scale(.curve($0)) }
  }

  private static func curve(_ parent: TableReader, _ direction: Direction) -> Curve? {
    let keys = [
      "full", "zero", "zero_from", "full_from", "full_to", "zero_to", "points", "partial",
    ]
    let path = parent.path(to: "curve")
    guard
      let reader = TableReader(
        parent.fields["curve"] ?? .nil, at: path, parent.faults, keys: keys)
    else { return nil }
    guard let shape = shape(reader, direction) else { return nil }
    let partial = reader.boolean("partial") ?? direction.givesPartialCredit
    return reader.faults.noting(path) { try Curve(shape, partialCredit: partial) }
  }

  private static func shape(_ reader: TableReader, _ direction: Direction) -> Curve.Shape? {
    if reader.has("points") { return points(reader) }
    if reader.has("full_from") || reader.has("full_to") {
      let ends = ["zero_from", "full_from", "full_to", "zero_to"].map {
        reader.number($0, needed: true)
      }
      guard let first = ends[0], let second = ends[1], let third = ends[2], let fourth = ends[3]
      else { return nil }
      return .range(first, second, third, fourth)
    }
    let (full, zero) = (reader.number("full", needed: true), reader.number("zero", needed: true))
    guard let full, let zero else { return nil }
    return direction.isHigherBetter
      ? .higher(full: full, zero: zero) : .lower(full: full, zero: zero)
  }

  private static func points(_ reader: TableReader) -> Curve.Shape? {
    let items = reader.items("points")
    let points = items.compactMap { item -> Curve.Point? in
      guard let pair = item.value.items, pair.count == 2, let at = pair[0].writtenNumber,
        let score = pair[1].writtenNumber
      else {
        reader.faults.add(item.path, Words("应为 { 数, 得分 }", "expected { number, score }"))
        return nil
      }
      return Curve.Point(at: at, score: score)
    }
    return points.count == items.count ? .points(points) : nil
  }

  private static func brackets(_ parent: TableReader) -> Brackets? {
    let path = parent.path(to: "brackets")
    guard
      let reader = TableReader(
        parent.fields["brackets"] ?? .nil, at: path, parent.faults,
        keys: ["reading", "edge", "steps"])
    else { return nil }
    let reading =
      reader.choice("reading", Brackets.Reading.allCases.map(\.rawValue))
      .flatMap(Brackets.Reading.init(rawValue:)) ?? .singleAmount
    let edge = reader.choice("edge", ["at_least", "more_than"])
    let items = reader.items("steps")
    let steps = items.compactMap { item -> Brackets.Step? in
      guard
        let step = TableReader(
          item.value, at: item.path, reader.faults, keys: ["from", "to", "gives"])
      else { return nil }
      let (from, gives) = (step.number("from", needed: true), step.number("gives", needed: true))
      guard let from, let gives else { return nil }
      return Brackets.Step(from: from, to: step.number("to"), gives: gives)
    }
    guard steps.count == items.count else { return nil }
    return reader.faults.noting(path) {
      try Brackets(steps, reading, includesLowerEdge: edge != "more_than")
    }
  }
}
