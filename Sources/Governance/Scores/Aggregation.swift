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

  /// One figure over all units, each first over its periods.
  ///
  /// - Parameter figures: of each unit, in the order of the periods.
  public func explanation(
    _ figures: [(unit: UnitID, figures: [(period: Period, figure: Figure)])], id: String,
    _ label: Words, measure: Words? = nil
  ) throws(Problem) -> Explanation {
    var units: [Explanation] = []
    for (unit, figures) in figures.sorted(by: { $0.unit < $1.unit }) {
      units.append(try overTime(figures, of: unit, label, measure))
    }
    guard !units.isEmpty else {
      return Explanation(given: .notApplicable(.nothingLeft), id: id, label, measure: measure)
    }
    return try Explanation(
      .gathered(space), of: units, id: id, label, measure: measure,
      notes: [Words("各单位\(space.label.chinese)", "\(space.label.english) over units")])
  }

  private func overTime(
    _ figures: [(period: Period, figure: Figure)], of unit: UnitID, _ label: Words,
    _ measure: Words?
  ) throws(Problem) -> Explanation {
    var leaves: [Explanation] = []
    for (period, figure) in figures.sorted(by: { $0.period < $1.period }) {
      let leaf = Explanation(
        given: figure, id: period.description, period.label, measure: measure, period: period)
      guard missing != .unknown else {
        leaves.append(leaf)
        continue
      }
      leaves.append(
        try Explanation(
          .otherwise(missing), of: [leaf], id: period.description, period.label, measure: measure,
          period: period))
    }
    guard !leaves.isEmpty else {
      return Explanation(
        given: .notApplicable(.nothingLeft), id: unit.rawValue, Words(verbatim: unit.rawValue),
        measure: measure)
    }
    return try Explanation(
      .gathered(time), of: leaves, id: unit.rawValue, Words(verbatim: unit.rawValue),
      measure: measure,
      notes: [Words("各期\(time.label.chinese)", "\(time.label.english) over time")])
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

extension Scheme {
  /// One total over several units.
  ///
  /// - Precondition: `inputs` is not empty.
  public func rollUp(
    _ inputs: [(unit: UnitID, inputs: Inputs)], _ way: RollUp, period: Period
  ) throws(Problem) -> Explanation {
    let ordered = inputs.sorted { $0.unit < $1.unit }
    switch way {
    case .together:
      let all = Inputs(together: ordered.map(\.inputs))
      return try score(all, unit: ordered[0].unit, period: period).explanation
    case .eachThen(let gathering):
      var totals: [Explanation] = []
      for (unit, inputs) in ordered {
        totals.append(try score(inputs, unit: unit, period: period).explanation.named(unit))
      }
      return try Explanation(
        .gathered(gathering), of: totals, id: id, title, measure: totals[0].measure, role: .total,
        period: period,
        notes: [
          Words("先各自计分，再\(gathering.label.chinese)", "each scored, then \(gathering.label.english)")
        ])
    }
  }
}

extension Explanation {
  fileprivate func named(_ unit: UnitID) -> Explanation {
    Explanation(
      stored: value, operation, id: unit.rawValue, role: role,
      label: Words(verbatim: unit.rawValue), measure: measure, period: period,
      settings: settings, records: records, notes: notes, children: children)
  }
}

extension Inputs {
  /// Numbers of the same place added; a place that cannot be determined in one unit cannot in all.
  init(together all: [Inputs]) {
    self.init()
    for inputs in all {
      observations.merge(inputs.observations) { $0.adding($1) }
      deductions.merge(inputs.deductions) { left, right in
        (0..<max(left.count, right.count)).map { index in
          guard left.indices.contains(index) else { return right[index] }
          return right.indices.contains(index) ? left[index].adding(right[index]) : left[index]
        }
      }
      vetoes.merge(inputs.vetoes) { $0.adding($1) }
      blocks.merge(inputs.blocks) { $0.adding($1) }
      if let more = inputs.bonus { bonus = bonus?.adding(more) ?? more }
    }
  }
}

extension Inputs.Observation {
  fileprivate func adding(_ other: Inputs.Observation) -> Inputs.Observation {
    switch (self, other) {
    case (.rate(let above, let below), .rate(let more, let most)):
      .rate(above.adding(more), of: below.adding(most))
    case (.value(let left), .value(let right)): .value(left.adding(right))
    default: .value(.init(.missing(.mixedObservations)))
    }
  }
}

extension Inputs.Input {
  fileprivate func adding(_ other: Inputs.Input) -> Inputs.Input {
    let figures = [figure, other.figure]
    let sum = figures.undetermined ?? Self.sum(figures)
    return Inputs.Input(sum, period: period, settings: settings)
  }

  private static func sum(_ figures: [Figure]) -> Figure {
    let numbers = figures.compactMap(\.number)
    return numbers.isEmpty ? figures[0] : .present(numbers.reduce(.zero, +))
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
