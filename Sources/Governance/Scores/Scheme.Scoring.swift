/// From inputs to a score, by building its explanation.
extension Scheme {
  /// - Throws: `score.invalid` when a score lies outside 0 to 100, or does not fit.
  public func score(
    _ inputs: Inputs, unit: UnitID, period: Period, isProvisional: Bool = false
  ) throws(Problem) -> Assessment {
    let total = try total(inputs, period)
    let vetoed = vetoes.compactMap { veto(in: inputs, $0) }
    let score = try total.value.number.map { number throws(Problem) in
      try number.rounded(places: rounding.places, rounding.mode)
    }
    return Assessment(
      formula: id, unit: unit, period: period, explanation: total, score: score,
      band: band(of: total.value, vetoed), status: status(of: total), vetoes: vetoed,
      isProvisional: isProvisional)
  }

  private func band(of value: Figure, _ vetoed: [Explanation]) -> Band? {
    guard let bands, let number = value.number, let band = bands.band(of: number) else {
      return nil
    }
    let limits = vetoes.filter { veto in vetoed.contains { $0.id == veto.id } }
    return limits.compactMap { bands.band($0.atMost) }.reduce(band) { bands.worse($0, $1) }
  }

  private func veto(in inputs: Inputs, _ veto: Veto) -> Explanation? {
    guard let input = inputs.vetoes[veto.id], let number = input.figure.number,
      number > .zero
    else { return nil }
    return Explanation(
      given: input.figure, id: veto.id, veto.title, period: input.period,
      settings: input.settings, records: input.records)
  }

  private func status(of total: Explanation) -> Assessment.Status {
    if total.value.isUndetermined { return .undetermined(total.value.reason ?? .noValue) }
    if total.value.isNotApplicable { return .notAssessed(total.value.reason ?? .nothingLeft) }
    let dropped = blocks.filter { block in
      !block.weight.isZero
        && total.first(.block, block.id)?.value.isNotApplicable ?? false
    }
    return dropped.isEmpty ? .assessed : .partly(without: dropped.map(\.title))
  }

  private func total(_ inputs: Inputs, _ period: Period) throws(Problem) -> Explanation {
    let base = try base(inputs, period)
    guard isBounded else { return try rounded(base, period) }
    let adjusted = try Explanation(
      .adjusted, of: [base] + adjustments(inputs, period), id: "adjusted",
      Words("加减分后", "after deductions and bonus"), measure: .points)
    let clamped = try Explanation(
      .clamped(0...100), of: [adjusted], id: "bounded", Words("限于0至100", "within 0 to 100"),
      measure: .points)
    return try rounded(clamped, period)
  }

  /// Everything but a bare number without bands is a score from 0 to 100.
  private var isBounded: Bool {
    if case .blocks = body { return true }
    return bands != nil
  }

  private func rounded(_ part: Explanation, _ period: Period) throws(Problem) -> Explanation {
    try Explanation(
      .rounded(places: rounding.places, rounding.mode), of: [part], id: id, title,
      measure: isBounded ? .points : part.measure, role: .total, period: period,
      settings: weightSettings + bandSettings, notes: [rounding.label])
  }

  private func base(_ inputs: Inputs, _ period: Period) throws(Problem) -> Explanation {
    switch body {
    case .single(let indicator):
      return try explanation(of: indicator, inputs.observations[.init("", indicator.id)], period)
    case .blocks(let blocks):
      var parts: [Explanation] = []
      for block in blocks { parts.append(try explanation(of: block, inputs, period)) }
      return try Explanation(
        .weightedMean(Mix(blocks.map(\.weight))), of: parts, id: "blocks",
        Words("各部分加权", "blocks, weighted"), measure: .points)
    }
  }

  private func explanation(
    of block: Block, _ inputs: Inputs, _ period: Period
  ) throws(Problem) -> Explanation {
    if let given = inputs.blocks[block.id] { return try explanation(of: block, given, period) }
    var parts: [Explanation] = []
    for indicator in block.indicators {
      let found = inputs.observations[.init(block.id, indicator.id)]
      parts.append(try explanation(of: indicator, found, period))
    }
    for (index, indicator) in block.indicators.enumerated() where !indicator.requires.isEmpty {
      parts[index] = try conditional(parts[index], on: indicator.requires, among: parts)
    }
    let needed = block.indicators.indices.filter {
      block.needsOneOf.contains(block.indicators[$0].id)
    }
    return try Explanation(
      .weightedMean(Mix(block.indicators.map(\.weight), needsOneOf: needed)), of: parts,
      id: block.id, block.title, measure: .points, role: .block, period: period)
  }

  /// A block whose score was given as a whole.
  private func explanation(
    of block: Block, _ given: Inputs.Input, _ period: Period
  ) throws(Problem) -> Explanation {
    try check(given.figure, block.title)
    let score = try leaf(given, "given", Words("给定的得分", "given score"), period, measure: .points)
    return try Explanation(
      .sum, of: [score], id: block.id, block.title, measure: .points, role: .block,
      period: period)
  }

  private func conditional(
    _ part: Explanation, on required: [String], among parts: [Explanation]
  ) throws(Problem) -> Explanation {
    let conditions = parts.filter { required.contains($0.id) }.map {
      Explanation(
        given: $0.value, id: "requires_" + $0.id,
        Words("前提：\($0.label.chinese)", "requires: \($0.label.english)"), role: .step)
    }
    return try Explanation(
      .onlyIf, of: [part.asStep] + conditions, id: part.id, part.label, measure: part.measure,
      role: .indicator, period: part.period)
  }
}

/// Indicators, deductions, bonus.
extension Scheme {
  private func explanation(
    of indicator: Indicator, _ observation: Inputs.Observation?, _ period: Period
  ) throws(Problem) -> Explanation {
    var part = try measured(indicator, observation, period)
    if indicator.missing != .unknown {
      part = try Explanation(
        .otherwise(indicator.missing), of: [part], id: "declared",
        Words("缺报时的约定", "when missing"), measure: part.measure)
    }
    let scored = try scored(part, indicator)
    if case .mark(let mark) = indicator.whenDropped {
      return try Explanation(
        .orMark(mark), of: [scored.asStep], id: indicator.id, indicator.title, measure: .points,
        role: .indicator, period: period)
    }
    return scored
  }

  private func measured(
    _ indicator: Indicator, _ observation: Inputs.Observation?, _ period: Period
  ) throws(Problem) -> Explanation {
    switch observation {
    case .rate(let above, let below):
      for (part, label) in [(above, indicator.numerator), (below, indicator.denominator)] {
        if let number = part.figure.number, number.isNegative {
          throw .rateNegative(number, label, indicator.title)
        }
      }
      let parts = [
        try leaf(above, "numerator", indicator.numerator, period),
        try leaf(below, "denominator", indicator.denominator, period),
      ]
      return try Explanation(
        .ratio(per: indicator.per), of: parts, id: "rate", Words("比率", "rate"),
        measure: indicator.measure ?? (indicator.per == 100 ? .percent : nil), period: period)
    case .value(let input):
      return try leaf(input, "value", Words("数值", "value"), period, measure: indicator.measure)
    case nil:
      return Explanation(
        given: .missing(
          Words("“\(indicator.title.chinese)”缺报", "'\(indicator.title.english)' is missing")),
        id: "value", indicator.title, period: period)
    }
  }

  /// A number that was counted; where it is told in parts, their sum.
  private func leaf(
    _ input: Inputs.Input, _ id: String, _ label: Words, _ period: Period,
    measure: Words? = nil, note: Words? = nil
  ) throws(Problem) -> Explanation {
    let (period, notes) = (input.period ?? period, note.map { [$0] } ?? [])
    guard !input.parts.isEmpty else {
      return Explanation(
        given: input.figure, id: id, label, measure: measure, period: period,
        settings: input.settings, records: input.records, notes: notes)
    }
    var parts: [Explanation] = []
    for (index, part) in input.parts.enumerated() {
      parts.append(
        try leaf(
          part.input, "part_\(index + 1)", part.label, period, measure: measure, note: part.note))
    }
    return try Explanation(
      .sum, of: parts, id: id, label, measure: measure, role: .input, period: period,
      settings: input.settings, notes: notes)
  }

  private func scored(
    _ part: Explanation, _ indicator: Indicator
  ) throws(Problem) -> Explanation {
    let operation: Operation
    var notes = part.isOverfullRate ? [Words.overfull] : []
    switch indicator.scale {
    case .none:
      try check(part.value, indicator.title)
      operation = .sum
    case .curve(let curve):
      operation = .curve(curve)
      notes += [curve.summary] + distance(part.value, curve)
    case .brackets(let brackets):
      operation = .brackets(brackets)
    }
    return try Explanation(
      operation, of: [part], id: indicator.id, indicator.title,
      measure: isBounded ? .points : part.measure, role: .indicator, period: part.period,
      settings: indicator.settings, notes: notes)
  }

  private func distance(_ value: Figure, _ curve: Curve) -> [Words] {
    guard let number = value.number else { return [] }
    let gap = (curve.target(from: number) - number).magnitude
    guard !gap.isZero else { return [] }
    return [Words("离满分线差\(gap.shown)", "\(gap.shown) from the target")]
  }

  /// A score that no curve keeps within bounds must be within them already.
  private func check(_ value: Figure, _ title: Words) throws(Problem) {
    guard isBounded, let number = value.number, !(0...100).contains(number) else { return }
    throw .scoreOutOfBounds(number, title)
  }

  private func adjustments(
    _ inputs: Inputs, _ period: Period
  ) throws(Problem) -> [Explanation] {
    var found: [Explanation] = []
    for deduction in deductions {
      let counts = inputs.deductions[deduction.id] ?? []
      found.append(try explanation(of: deduction, counts, period))
    }
    if let bonus, let input = inputs.bonus {
      let points = try leaf(
        input, "points", Words("加分事项", "bonus facts"), period, measure: .points)
      if let number = input.figure.number, number.isNegative {
        throw .scoreOutOfBounds(number, bonus.title)
      }
      found.append(
        try Explanation(
          .atMost(bonus.most), of: [points], id: "bonus", bonus.title, measure: .points,
          role: .bonus, period: period, settings: bonus.settings,
          notes: [Words("最多加\(bonus.most.shown)分", "at most \(bonus.most.shown)")]))
    }
    return found
  }

  private func explanation(
    of deduction: Deduction, _ counts: [Inputs.Input], _ period: Period
  ) throws(Problem) -> Explanation {
    var leaves: [Explanation] = []
    for (index, count) in counts.enumerated() {
      let label =
        index == 0
        ? Words("本期次数", "times")
        : Words(
          "\(count.period?.label.chinese ?? "此前")次数",
          "times in \(count.period?.label.english ?? "an earlier period")")
      leaves.append(
        try leaf(count, index == 0 ? "count" : "earlier_\(index)", label, period))
    }
    if leaves.isEmpty {
      leaves = [try leaf(.init(.missing(.noValue)), "count", Words("本期次数", "times"), period)]
    }
    return try Explanation(
      .deduction(deduction.rule), of: leaves, id: deduction.id, deduction.title,
      measure: .points, role: .deduction, period: period, settings: deduction.settings,
      notes: [deduction.rule.summary])
  }
}

extension DeductionRule {
  /// `每次2分，全年最多6分`.
  public var summary: Words {
    let most = most.map { Words("，每期最多\($0.shown)分", ", at most \($0.shown) a period") }
    let year = mostInYear.map { Words("，全年最多\($0.shown)分", ", at most \($0.shown) a year") }
    return Words(
      "每次\(each.shown)分\(most?.chinese ?? "")\(year?.chinese ?? "")",
      "\(each.shown) each\(most?.english ?? "")\(year?.english ?? "")")
  }
}

extension Words {
  static let points = Words("分", "points")
  static let percent = Words("%", "%")
}

extension Explanation {
  /// Whether it is a share of more than there is: 5 of 3.
  fileprivate var isOverfullRate: Bool {
    if case .ratio(per: 100) = operation, let number = value.number { return number > 100 }
    if case .otherwise = operation { return children.first?.isOverfullRate ?? false }
    return false
  }

  /// The titles of indicators that are such a share.
  var overfullRates: [Words] {
    all(.indicator).filter { $0.isMarkedOverfull }.map {
      $0.label.chinese.isEmpty ? label : $0.label
    }
  }

  private var isMarkedOverfull: Bool {
    notes.contains(.overfull)
      || children.contains { $0.role == .step && $0.isMarkedOverfull }
  }
}

extension Words {
  fileprivate static let overfull = Words("分子大于分母", "more in the numerator than in the denominator")
}

extension Problem {
  /// Nothing was ever counted below 0.
  static func rateNegative(_ number: Rational, _ part: Words, _ title: Words) -> Problem {
    Problem(
      .scoreInvalid,
      Words(
        "“\(title.chinese)”的\(part.chinese)是 \(number.shown)，不能小于 0",
        "the \(part.english) of '\(title.english)' is \(number.shown), which cannot be below 0"),
      hint: Words(
        "看 rate 返回的两个数是怎么数出来的；会小于 0 的数请写 value",
        "see how rate counts the two; write value for a number that may be below 0"))
  }

  /// A score that is not between 0 and 100, or a negative bonus.
  public static func scoreOutOfBounds(_ number: Rational, _ part: Words) -> Problem {
    Problem(
      .scoreInvalid,
      Words(
        "“\(part.chinese)”给出\(number.shown)分，不在0到100之间",
        "'\(part.english)' gave \(number.shown), which is not between 0 and 100"),
      hint: Words("比率请用 rate，或给指标写 curve", "use rate, or give the indicator a curve"))
  }

  /// NaN, an infinity, or a number with a binary fraction where a score is wanted.
  public static func scoreNotExact(_ number: Double, _ part: Words) -> Problem {
    if number.isNaN || number.isInfinite {
      return Problem(
        .scoreInvalid,
        Words(
          "“\(part.chinese)”给出的不是一个数（\(number)）",
          "'\(part.english)' gave \(number), which is no number"),
        hint: Words(
          "多半是除以0：请让 rate 返回分子和分母两个数",
          "probably a division by 0: let rate return numerator and denominator"))
    }
    return Problem(
      .scoreInvalid,
      Words(
        "“\(part.chinese)”给出的\(number)是近似的小数，不能计分",
        "'\(part.english)' gave \(number), an inexact number that cannot be a score"),
      hint: Words(
        "请写 gongyue.decimal.of \"\(number)\"，或返回分子和分母",
        "write gongyue.decimal.of \"\(number)\", or return numerator and denominator"))
  }
}
