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

  /// How many records a query object finds, and which where that is wanted; nil when the
  /// object is no query.
  func count(_ object: HostObject) throws -> (Int64, Contribution?)?

  func resolve(_ key: String, for unit: UnitID, on day: Day) throws -> Resolution

  /// What was read since this was last asked, for the explanation: settings by `s:setting`, and
  /// queries that ended in a number, a row or a yes or no.
  func takeReads() throws -> FormulaReads

  /// Runs `body` for its numbers alone: which records they came from is nobody's question.
  func withoutRecords<Value>(_ body: () throws -> Value) rethrows -> Value

  /// A script's failure as the host words it.
  func failure(_ error: LuaError, while doing: Words) -> any Error
}

extension FormulaHost {
  public func takeReads() throws -> FormulaReads { FormulaReads() }

  public func withoutRecords<Value>(_ body: () throws -> Value) rethrows -> Value { try body() }

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

  /// What the functions found, where a total over all units needs it again.
  private let found = FoundInputs()

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
    if let aggregation = declaration.aggregation, period.kind != declaration.period {
      return try gathered(unit, period, aggregation)
    }
    let scheme = try scheme(for: unit, period)
    return try score(scheme, try inputs(of: unit, period), unit, period)
  }

  /// A unit over a longer period, from the formula's own periods within it.
  private func gathered(
    _ unit: FormulaUnit, _ period: Period, _ way: Aggregation
  ) throws -> Assessment {
    // Periods that have not begun, and those before the formula, say nothing.
    let parts = try period.subperiods(declaration.period).filter {
      $0.first <= today && declaration.isInForce(on: $0.last)
    }
    guard !parts.isEmpty else { throw Problem.periodUnfit(period, declaration) }
    return try scheme(for: unit, period).gathered(
      try parts.map { try assess(unit, $0) }, way, unit: unit.id, period: period,
      isProvisional: !period.hasEnded(by: today))
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

  /// All units as one, the way the formula declares; nil where it declares none.
  ///
  /// - Parameter street: whose settings a total is scored by when numbers are put together
  ///   first; nil takes the first unit's.
  public func total(
    of contestants: [Contestant], _ period: Period, street: FormulaUnit? = nil
  ) throws -> Explanation? {
    let units = contestants.map {
      FormulaUnit($0.assessment.unit, name: $0.name, type: $0.type)
    }
    guard let first = units.first else { return nil }
    let results = contestants.map {
      NamedResult(
        $0.assessment.unit, name: $0.name, $0.assessment.explanation)
    }
    let isOwn = period.kind == declaration.period
    switch (declaration.rollUp, declaration.aggregation) {
    case (.together?, _) where isOwn:
      let inputs = try units.map { unit in
        (unit.id, unit.name, try self.inputs(of: unit, period))
      }
      return try scheme(for: street ?? first, period).together(inputs, period: period)
    case (.eachThen(let gathering)?, _) where isOwn:
      return try scheme(for: first, period).total(of: results, gathering, period: period)
    case (_, let way?):
      return try scheme(for: first, period).total(of: results, way, period: period)
    default: return nil
    }
  }

  /// The formula's numbers for a unit: settings of the period's last day.
  public func scheme(for unit: FormulaUnit, _ period: Period) throws -> Scheme {
    try declaration.scheme { try host.resolve($0, for: unit.id, on: period.last) }
  }

  /// Only its points are compared, so nobody asks which records they came from.
  private func previous(_ unit: FormulaUnit, _ period: Period) throws -> Assessment? {
    guard declaration.isInForce(on: period.last) else { return nil }
    return try host.withoutRecords { try assess(unit, period) }
  }

  private func score(
    _ scheme: Scheme, _ inputs: Inputs, _ unit: FormulaUnit, _ period: Period
  ) throws -> Assessment {
    do {
      return try scheme.score(
        inputs, unit: unit.id, period: period, isProvisional: !period.hasEnded(by: today))
    } catch {
      throw placed(error.while(.scoring(unit.name, declaration.title)))
    }
  }

  /// Where a function gave something wrong without failing itself: the formula is the closest known.
  private func placed(_ problem: Problem) -> Problem {
    declaration.place.map { problem.at($0) } ?? problem
  }
}

/// Calling the functions.
extension FormulaRun {
  /// What the functions find for a unit.
  public func inputs(of unit: FormulaUnit, _ period: Period) throws -> Inputs {
    guard period.kind == declaration.period else {
      throw Problem.periodUnfit(period, declaration)
    }
    if let known = found.inputs(of: unit.id, period) { return known }
    let inputs = try asked(unit, period)
    if declaration.rollUp == .together { found.keep(inputs, of: unit.id, period) }
    return inputs
  }

  /// Calls every function of the formula for a unit.
  private func asked(_ unit: FormulaUnit, _ period: Period) throws -> Inputs {
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
      if results.count == 1, case .object(let object) = results[0],
        let list = object.value as? ScriptChecklist
      {
        return checked(list, try host.takeReads())
      }
      guard results.count >= 2 else {
        throw placed(Problem.rateNeedsTwo(title).while(.scoring(unit.name, declaration.title)))
      }
      let (above, below) = try host.takeReads().divided(between: results[0], results[1])
      return .rate(
        try read(results[0], above, title, unit), of: try read(results[1], below, title, unit))
    }
  }

  /// The conditions met out of all; what was read for none of them stays with all.
  private func checked(_ list: ScriptChecklist, _ rest: FormulaReads) -> Inputs.Observation {
    let checks = list.checks
    return .rate(
      .init(
        .present(Rational(checks.count(where: \.isMet))), settings: rest.settings,
        parts: checks.map(\.part)),
      of: .init(.present(Rational(checks.count)), records: rest.records))
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
        .present(Rational(count)), records: records.map { [$0] } ?? [], settings: reads.settings)
    }
    do {
      return Inputs.Input(
        try Figure(value, title), records: reads.records, settings: reads.settings)
    } catch {
      throw placed(error.while(.scoring(unit.name, declaration.title)))
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
        "'\(formula.title.english)' is by \(label.english), and \(period) is none"),
      hint: formula.aggregation == nil
        ? Words(
          "要按更长的期间汇总，公式要写 aggregate = { time = \"last\", space = \"sum\" }",
          "for longer periods the formula says aggregate = { time = \"last\", space = \"sum\" }")
        : nil)
  }
}
