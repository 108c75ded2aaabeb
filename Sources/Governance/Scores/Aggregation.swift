/// How figures of several periods and units become one: in time apart from in space.
///
/// Households of a community over three months are the last month's, not their
/// sum; households of a street are the sum of its communities'. Both are said,
/// always, and time goes first.
public struct Aggregation: Hashable, Sendable {
  public let time: Gathering
  public let space: Gathering

  /// What a period or unit without figure does to the whole.
  public let missing: MissingStrategy

  public init(time: Gathering, space: Gathering, missing: MissingStrategy = .unknown) {
    self.time = time
    self.space = space
    self.missing = missing
  }

  /// What is counted: something that is there at a moment, or something that happens.
  public enum Nature: String, CaseIterable, Sendable {
    /// 存量: households, members, open cases. Must not be summed over time.
    case stock
    /// 流量: cases reported, visits made.
    case flow
  }

  /// A stock summed over time counts the same thing again and again.
  public func lint(_ nature: Nature, of label: Words) -> Problem? {
    nature == .stock && time == .sum ? .stockSummed(label) : nil
  }

  /// One unit's part for each period, in order, as one.
  func overTime(
    _ parts: [(period: Period, part: Explanation)], id: String, _ label: Words,
    measure: Words? = nil
  ) throws(Problem) -> Explanation {
    var children: [Explanation] = []
    for (period, part) in parts.sorted(by: { $0.period < $1.period }) {
      let named = part.named(period.description, period.label)
      guard missing != .unknown else {
        children.append(named)
        continue
      }
      children.append(
        try Explanation(
          .otherwise(missing), of: [named], id: named.id, named.label, measure: measure,
          period: period))
    }
    guard !children.isEmpty else {
      return Explanation(given: .notApplicable(.nothingLeft), id: id, label, measure: measure)
    }
    return try Explanation(
      .gathered(time), of: children, id: id, label, measure: measure, notes: [overTimeNote])
  }

  /// All units as one, each gathered over time already.
  func overSpace(
    _ units: [Explanation], id: String, _ label: Words, measure: Words? = nil
  ) throws(Problem) -> Explanation {
    guard !units.isEmpty else {
      return Explanation(given: .notApplicable(.nothingLeft), id: id, label, measure: measure)
    }
    return try Explanation(
      .gathered(space), of: units, id: id, label, measure: measure, notes: [overSpaceNote])
  }

  var overTimeNote: Words { Words("各期\(time.label.chinese)", "\(time.label.english) over time") }

  var overSpaceNote: Words {
    Words("各单位\(space.label.chinese)", "\(space.label.english) over units")
  }
}

/// Whether units are scored one by one and the scores put together, or put together and scored once.
///
/// The two give different results, so a formula over several units says which.
public enum RollUp: Hashable, Sendable {
  /// `each(units, f):average()`.
  case eachThen(Gathering)
  /// `f(sum(units))`: numerators and denominators are added over all units first.
  case together
}

/// A unit's result where several go together, under the name it is shown by.
public struct NamedResult: Sendable {
  public let unit: UnitID
  public let name: Words
  public let explanation: Explanation

  public init(_ unit: UnitID, name: Words, _ explanation: Explanation) {
    self.unit = unit
    self.name = name
    self.explanation = explanation
  }

  fileprivate var part: Explanation { explanation.named(unit.rawValue, name) }
}

extension Scheme {
  /// One unit's result over a longer period, from its results of the periods within.
  public func gathered(
    _ parts: [Assessment], _ way: Aggregation, unit: UnitID, period: Period,
    isProvisional: Bool = false
  ) throws(Problem) -> Assessment {
    let gathered = try way.overTime(
      parts.map { ($0.period, $0.explanation) }, id: "over_time", title,
      measure: parts.first?.explanation.measure)
    let total = try rounded(gathered, period, note: way.overTimeNote)
    let score = try total.value.number.map { number throws(Problem) in
      try number.rounded(places: rounding.places, rounding.mode)
    }
    let status: Assessment.Status =
      total.value.isUndetermined
      ? .undetermined(total.value.reason ?? .noValue)
      : total.value.isNotApplicable
        ? .notAssessed(total.value.reason ?? .nothingLeft) : .assessed
    return Assessment(
      formula: id, unit: unit, period: period, explanation: total, score: score,
      band: score.flatMap { bands?.band(of: Rational($0)) }, status: status,
      isProvisional: isProvisional)
  }

  /// One total over several units, each scored by itself already.
  public func total(
    of results: [NamedResult], _ gathering: Gathering, period: Period
  ) throws(Problem) -> Explanation {
    let parts = results.sorted { $0.unit < $1.unit }.map(\.part)
    let gathered = try Explanation(
      .gathered(gathering), of: parts, id: "over_units", title, measure: parts.first?.measure)
    return try rounded(
      gathered, period,
      note: Words(
        "先各自计分，再\(gathering.label.chinese)", "each scored, then \(gathering.label.english)"))
  }

  /// The same where a formula says how its number is gathered in space.
  public func total(
    of results: [NamedResult], _ way: Aggregation, period: Period
  ) throws(Problem) -> Explanation {
    let parts = results.sorted { $0.unit < $1.unit }.map(\.part)
    let gathered = try way.overSpace(
      parts, id: "over_units", title, measure: parts.first?.measure)
    return try rounded(gathered, period, note: way.overSpaceNote)
  }

  /// One total over several units whose numerators, denominators and counts are added first.
  public func together(
    _ inputs: [(unit: UnitID, name: Words, inputs: Inputs)], period: Period
  ) throws(Problem) -> Explanation {
    let ordered = inputs.sorted { $0.unit < $1.unit }
    let all = Inputs(together: ordered.map { ($0.name, $0.inputs) })
    let total = try score(all, unit: "", period: period).explanation
    return total.noting(Words("先合并再计分", "put together, then scored"))
  }

  private func rounded(
    _ part: Explanation, _ period: Period, note: Words
  ) throws(Problem) -> Explanation {
    try Explanation(
      .rounded(places: rounding.places, rounding.mode), of: [part], id: id, title,
      measure: part.measure, role: .total, period: period, notes: [rounding.label, note])
  }
}

extension Explanation {
  func named(_ id: String, _ label: Words) -> Explanation {
    Explanation(
      stored: value, operation, id: id, role: role, label: label, measure: measure, period: period,
      settings: settings, records: records, notes: notes, children: children)
  }

  fileprivate func noting(_ note: Words) -> Explanation {
    Explanation(
      stored: value, operation, id: id, role: role, label: label, measure: measure, period: period,
      settings: settings, records: records, notes: notes + [note], children: children)
  }
}

extension Inputs {
  /// Numbers of the same place as parts of their sum; what cannot be determined in one unit
  /// cannot in all.
  init(together all: [(name: Words, inputs: Inputs)]) {
    func sum(_ parts: [(name: Words, input: Input?)]) -> Input {
      let parts = parts.compactMap { part in part.input.map { Part(part.name, $0) } }
      let figures = parts.map(\.input.figure)
      // A sum of figures cannot fail.
      let figure = (try? Operation.sum.result(of: figures)) ?? .missing(.noValue)
      return Input(figure, period: parts.first?.input.period, parts: parts)
    }
    self.init()
    for key in Set(all.flatMap { $0.inputs.observations.keys }) {
      observations[key] = Observation(
        together: all.map { ($0.name, $0.inputs.observations[key]) }, sum)
    }
    for id in Set(all.flatMap { $0.inputs.deductions.keys }) {
      let counts = all.map { ($0.name, $0.inputs.deductions[id] ?? []) }
      deductions[id] = (0..<(counts.map(\.1.count).max() ?? 0)).map { index in
        sum(counts.map { ($0, $1.indices.contains(index) ? $1[index] : nil) })
      }
    }
    for id in Set(all.flatMap { $0.inputs.vetoes.keys }) {
      vetoes[id] = sum(all.map { ($0.name, $0.inputs.vetoes[id]) })
    }
    for id in Set(all.flatMap { $0.inputs.blocks.keys }) {
      blocks[id] = sum(all.map { ($0.name, $0.inputs.blocks[id]) })
    }
    if all.contains(where: { $0.inputs.bonus != nil }) {
      bonus = sum(all.map { ($0.name, $0.inputs.bonus) })
    }
  }
}

extension Inputs.Observation {
  fileprivate init(
    together all: [(name: Words, observation: Self?)],
    _ sum: ([(name: Words, input: Inputs.Input?)]) -> Inputs.Input
  ) {
    var above: [(name: Words, input: Inputs.Input?)] = []
    var below: [(name: Words, input: Inputs.Input?)] = []
    var values: [(name: Words, input: Inputs.Input?)] = []
    for (name, observation) in all {
      switch observation {
      case .rate(let numerator, let denominator):
        above.append((name, numerator))
        below.append((name, denominator))
      case .value(let input): values.append((name, input))
      case nil: continue
      }
    }
    // A unit without its rate says why in one value.
    let undetermined = values.first { $0.input?.figure.number == nil }
    switch (above.isEmpty, values.isEmpty) {
    case (true, _): self = .value(sum(values))
    case (false, true): self = .rate(sum(above), of: sum(below))
    case (false, false):
      guard let input = undetermined?.input, input.figure.isNotApplicable else {
        self = .value(undetermined?.input ?? .init(.missing(.mixedObservations)))
        return
      }
      self = .rate(sum(above), of: sum(below))
    }
  }
}

extension Words {
  static let mixedObservations = Words(
    "各单位有的给比率、有的给数值，不能合并", "some units gave a rate and some a value")
}

extension Problem {
  static func stockSummed(_ label: Words) -> Problem {
    Problem(
      .formulaInvalid,
      Words(
        "“\(label.chinese)”是存量，不能按时间累加",
        "'\(label.english)' is a stock and cannot be summed over time"),
      hint: Words("时间上请用 last（期末）或 average（平均）", "use last or average in time"))
  }
}
