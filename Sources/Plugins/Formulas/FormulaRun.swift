public import Governance
public import Lua

/// A unit that a formula scores.
public struct FormulaUnit: Hashable, Sendable {
  public let id: UnitID
  public let name: Words

  /// Code of the community type on the period's last day.
  public let type: String?

  public init(_ id: UnitID, name: Words, type: String? = nil) {
    self.id = id
    self.name = name
    self.type = type
  }

  /// A unit with one name in both languages.
  public init(_ id: UnitID, name: String, type: String? = nil) {
    self.init(id, name: Words(verbatim: name), type: type)
  }
}

/// What a formula's functions are asked about: one unit in one period, as seen on a day.
public struct FormulaSubject: Hashable, Sendable {
  public let unit: FormulaUnit
  public let period: Period

  /// The period's last day, or today while it is still running.
  public let seen: Day
}

/// What a formula needs of its host while it runs; used on the run's thread only.
public protocol FormulaHost: AnyObject {
  /// Makes queries see the subject's unit only, from now on, and gives the `s` that scripts get.
  func enter(_ subject: FormulaSubject) throws -> LuaValue

  /// How many records a query object finds and which; nil when the object is no query.
  func count(_ object: HostObject) throws -> (Int64, Contribution)?

  func resolve(_ key: String, for unit: UnitID, on day: Day) throws -> Resolution

  /// What was read since this was last asked, for the explanation: settings by `s:setting`, and
  /// queries that ended in a number, a row or a yes or no.
  func takeReads() throws -> FormulaReads

  /// A script's failure as the host words it.
  func failure(_ error: LuaError, while doing: Words) -> any Error
}

/// What a function of a formula looked at while it ran.
public struct FormulaReads: Hashable, Sendable {
  public var settings: [SettingUse]
  public var records: [Contribution]

  public init(settings: [SettingUse] = [], records: [Contribution] = []) {
    self.settings = settings
    self.records = records
  }
}

extension FormulaHost {
  public func takeReads() throws -> FormulaReads { FormulaReads() }

  public func failure(_ error: LuaError, while doing: Words) -> any Error { error }
}

/// Runs one formula for its units: calls its functions, and scores what they give.
///
/// Not for more than one thread: it holds the run's interpreter.
public struct FormulaRun {
  let declaration: FormulaDeclaration
  let interpreter: Interpreter
  let host: any FormulaHost
  let today: Day

  public init(
    _ declaration: FormulaDeclaration, _ interpreter: Interpreter, host: any FormulaHost,
    today: Day
  ) {
    self.declaration = declaration
    self.interpreter = interpreter
    self.host = host
    self.today = today
  }

  /// One unit's result; provisional while the period runs.
  ///
  /// - Throws: `period.invalid` for a period of another kind, `score.invalid` for what is no exact
  ///   number or lies out of bounds, and whatever settings, queries and scripts throw.
  public func assess(_ unit: FormulaUnit, _ period: Period) throws -> Assessment {
    let scheme = try scheme(for: unit, period)
    return try score(scheme, try inputs(of: unit, period), unit, period)
  }

  /// The same with inputs that a test gives instead of the functions.
  public func assess(
    _ unit: FormulaUnit, _ period: Period, given: LuaValue
  ) throws -> Assessment {
    let inputs = try Inputs(given: given, for: declaration)
    return try score(try scheme(for: unit, period), inputs, unit, period)
  }

  /// All units in order, each with its result of the period before where the formula was in force.
  public func standings(_ units: [FormulaUnit], _ period: Period) throws -> Standings {
    let before = try? period.previous
    let contestants = try units.map { unit in
      Contestant(
        try assess(unit, period), name: unit.name, type: unit.type,
        previous: try before.flatMap { try previous(unit, $0) })
    }
    return try standings(of: contestants, period)
  }

  /// Ranks results that exist already.
  public func standings(of contestants: [Contestant], _ period: Period) throws -> Standings {
    let first = contestants.first.map { FormulaUnit($0.assessment.unit, name: $0.name) }
    let bands = try first.flatMap { try scheme(for: $0, period).bands }
    return Standings(
      of: contestants, declaration.ranking, quota: declaration.quota, bands: bands,
      blockTitles: declaration.blockTitles)
  }

  /// One total over several units, the way the formula declares.
  ///
  /// - Throws: `formula.invalid` when it does not say which way.
  public func rollUp(_ units: [FormulaUnit], _ period: Period) throws -> Explanation {
    guard let way = declaration.rollUp else { throw Problem.rollUpUndeclared(declaration.id) }
    guard let first = units.first else { throw Problem.noUnits }
    let inputs = try units.map { (unit: $0.id, inputs: try self.inputs(of: $0, period)) }
    return try scheme(for: first, period).rollUp(inputs, way, period: period)
  }

  /// One number over several units and the formula's periods within a longer one.
  ///
  /// - Throws: `formula.invalid` when the formula does not say how to gather in time and in space.
  public func aggregate(_ units: [FormulaUnit], over period: Period) throws -> Explanation {
    guard let aggregation = declaration.aggregation else {
      throw Problem.aggregationUndeclared(declaration.id)
    }
    let parts = try period.subperiods(declaration.period)
    let figures = try units.map { unit in
      (
        unit: unit.id,
        figures: try parts.map {
          (period: $0, figure: try assess(unit, $0).explanation.value)
        }
      )
    }
    return try aggregation.explanation(figures, id: declaration.id, declaration.title)
  }

  /// The formula's numbers for a unit: settings of the period's last day.
  public func scheme(for unit: FormulaUnit, _ period: Period) throws -> Scheme {
    try declaration.scheme { try host.resolve($0, for: unit.id, on: period.last) }
  }

  private func previous(_ unit: FormulaUnit, _ period: Period) throws -> Assessment? {
    declaration.isInForce(on: period.last) ? try assess(unit, period) : nil
  }

  private func score(
    _ scheme: Scheme, _ inputs: Inputs, _ unit: FormulaUnit, _ period: Period
  ) throws -> Assessment {
    do {
      return try scheme.score(
        inputs, unit: unit.id, period: period, isProvisional: !period.hasEnded(by: today))
    } catch {
      throw error.while(.scoring(unit.name, declaration.title))
    }
  }
}

/// Calling the functions.
extension FormulaRun {
  /// What the functions find for a unit.
  public func inputs(of unit: FormulaUnit, _ period: Period) throws -> Inputs {
    guard period.kind == declaration.period else {
      throw Problem.periodUnfit(period, declaration)
    }
    let script = try host.enter(subject(unit, period))
    var inputs = Inputs()
    switch declaration.body {
    case .single(let indicator):
      inputs.observations[.init("", declaration.id)] = try observe(indicator, script, unit)
    case .blocks(let blocks):
      for block in blocks {
        for indicator in block.indicators {
          inputs.observations[.init(block.id, indicator.id)] = try observe(indicator, script, unit)
        }
      }
    }
    if let bonus = declaration.bonus {
      inputs.bonus = try one(bonus.points, script, bonus.title, unit)
    }
    for veto in declaration.vetoes {
      inputs.vetoes[veto.shape.id] = try one(veto.when, script, veto.shape.title, unit)
    }
    for deduction in declaration.deductions {
      inputs.deductions[deduction.id] = try counts(deduction, script, unit, period)
    }
    return inputs
  }

  private func subject(_ unit: FormulaUnit, _ period: Period) -> FormulaSubject {
    FormulaSubject(unit: unit, period: period, seen: min(period.last, today))
  }

  private func observe(
    _ indicator: IndicatorDeclaration, _ script: LuaValue, _ unit: FormulaUnit
  ) throws -> Inputs.Observation {
    let title = indicator.shape.title.chinese.isEmpty ? declaration.title : indicator.shape.title
    switch indicator.function {
    case .value(let function):
      return .value(try one(function, script, title, unit))
    case .rate(let function):
      let results = try call(function, script, title, unit)
      if results.count == 1, case .object(let object) = results[0],
        let mark = object.value as? FormulaMark
      {
        let reads = try host.takeReads()
        return .value(.init(mark.figure, records: reads.records, settings: reads.settings))
      }
      guard results.count >= 2 else {
        throw Problem.rateNeedsTwo(title).while(.scoring(unit.name, declaration.title))
      }
      let reads = try host.takeReads()
      return .rate(
        try read(results[0], reads, title, unit),
        of: try read(results[1], FormulaReads(), title, unit))
    }
  }

  /// This period's count, then those of the year's earlier periods where the year is capped.
  private func counts(
    _ deduction: DeductionDeclaration, _ script: LuaValue, _ unit: FormulaUnit, _ period: Period
  ) throws -> [Inputs.Input] {
    let now = try one(deduction.count, script, deduction.title, unit)
    guard deduction.mostInYear != nil else { return [now] }
    let earlier = try period.yearToDate.subperiods(declaration.period).filter {
      $0.last < period.first && declaration.isInForce(on: $0.last)
    }
    guard !earlier.isEmpty else { return [now] }
    let past = try earlier.map { part in
      let script = try host.enter(subject(unit, part))
      let count = try one(deduction.count, script, deduction.title, unit)
      return Inputs.Input(
        count.figure, period: part, records: count.records, settings: count.settings)
    }
    // Later functions ask about this period again.
    _ = try host.enter(subject(unit, period))
    return [now] + past
  }

  private func one(
    _ function: LuaFunction, _ script: LuaValue, _ title: Words, _ unit: FormulaUnit
  ) throws -> Inputs.Input {
    let value = try call(function, script, title, unit).first ?? .nil
    return try read(value, try host.takeReads(), title, unit)
  }

  private func call(
    _ function: LuaFunction, _ script: LuaValue, _ title: Words, _ unit: FormulaUnit
  ) throws -> [LuaValue] {
    _ = try host.takeReads()
    do {
      return try interpreter.call(function, [script])
    } catch {
      throw host.failure(error, while: .scoring(unit.name, title))
    }
  }

  private func read(
    _ value: LuaValue, _ reads: FormulaReads, _ title: Words, _ unit: FormulaUnit
  ) throws -> Inputs.Input {
    if case .object(let object) = value, let (count, records) = try host.count(object) {
      return Inputs.Input(
        .present(Rational(count)), records: [records], settings: reads.settings)
    }
    do {
      return Inputs.Input(
        try Figure(value, title), records: reads.records, settings: reads.settings)
    } catch {
      throw error.while(.scoring(unit.name, declaration.title))
    }
  }
}

extension Words {
  static func scoring(_ unit: Words, _ part: Words) -> Words {
    Words(
      "计算\(unit.chinese)的“\(part.chinese)”时", "scoring '\(part.english)' of \(unit.english)")
  }
}

extension Problem {
  static func rateNeedsTwo(_ title: Words) -> Problem {
    Problem(
      .scoreInvalid,
      Words(
        "“\(title.chinese)”的 rate 要返回分子和分母两个数",
        "'\(title.english)' must return numerator and denominator"),
      hint: Words("只有一个数时请写 value", "write value where there is one number"))
  }

  static func periodUnfit(_ period: Period, _ formula: FormulaDeclaration) -> Problem {
    let label = formula.period.label
    return Problem(
      .periodInvalid,
      Words(
        "“\(formula.title.chinese)”按\(label.chinese)计算，\(period)不是一个\(label.chinese)",
        "'\(formula.title.english)' is by \(label.english), and \(period) is none"))
  }

  static func rollUpUndeclared(_ id: String) -> Problem {
    Problem(
      .formulaInvalid,
      Words("公式“\(id)”没有说明怎样合并多个单位", "formula '\(id)' does not say how units go together"),
      hint: Words(
        "写 roll_up = \"together\"（先合并再计分）或 \"each_then_average\"（先各自计分再平均）",
        "write roll_up = \"together\" or \"each_then_average\""))
  }

  static func aggregationUndeclared(_ id: String) -> Problem {
    Problem(
      .formulaInvalid,
      Words("公式“\(id)”没有说明怎样跨期汇总", "formula '\(id)' does not say how periods go together"),
      hint: Words(
        "写 aggregate = { time = \"last\", space = \"sum\" }",
        "write aggregate = { time = \"last\", space = \"sum\" }"))
  }

  static let noUnits = Problem(.unitUnknown, Words("没有要计分的单位", "there is no unit to score"))
}
