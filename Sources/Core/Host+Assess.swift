internal import Digests
public import Governance
internal import Plugins
internal import Storage

extension Host {
  /// Scores, ranks and explains; stores nothing.
  public func assess(_ request: AssessmentRequest) throws -> Answer {
    try requireSoundSettings()
    let period = try Period.parse(request.period, today: today)
    let wanted = try request.unit.map { try unit($0).id }
    let proves = try needsProof(request, period)
    let (whole, lone) = try computed(request.formula, period, for: wanted, proving: proves)
    let base = whole.shown(to: visibleUnits)
    if !request.whatIf.isEmpty {
      return try whatIf(request, period, base)
    }
    if let wanted, !base.contains(where: { $0.tells(of: wanted) }) {
      throw Problem.notAssessed(wanted)
    }
    let view = AssessmentView(base, explains: request.explains, depth: request.depth)
    var answer = view.answer(unit: wanted, in: language, proving: request.wantsProof)
    answer.warnings = settings.refusalWords(within: wanted) + lone
    if let difference = try difference(from: base, period) {
      answer.report.blocks += difference.report(names: names(difference))
      answer.data = answer.data.adding("closed", difference.json(in: language))
    }
    return answer
  }

  /// The whole street; where that fails and one community is asked for, it alone, with a word
  /// that says so: a neighbour's slip takes away the ranking, not the score.
  private func computed(
    _ formula: String, _ period: Period, for unit: UnitID?, proving: Bool
  ) throws -> ([Computation], [Words]) {
    let grounds = grounds.ofWholeStreet
    do {
      return (try grounds.compute(formula, period, proving: proving), [])
    } catch  where unit != nil {
      guard let unit, let own = try? grounds.seeing(unit).compute(formula, period, proving: proving)
      else { throw error }
      let problem = (error as? Problem) ?? (error as? Problems)?.all.first
      return (own, [.lone(unitName(unit, on: today), problem)])
    }
  }

  /// Whether anybody asks which records the numbers came from: a reader, a program, or the
  /// comparison with what was closed.
  private func needsProof(_ request: AssessmentRequest, _ period: Period) throws -> Bool {
    guard request.whatIf.isEmpty else { return false }
    if request.explains || request.wantsProof { return true }
    // Whatever the formula was called: a title is an id only once it is found.
    return try store.read { try !$0.assessments(period: "\(period)").isEmpty }
  }

  /// Old, new, difference and change of rank, as if settings were other.
  private func whatIf(
    _ request: AssessmentRequest, _ period: Period, _ base: [Computation]
  ) throws -> Answer {
    let values = request.whatIf.map { (key: $0.name, text: $0.value) }
    let unit = try request.unit.map { try settingUnit($0).id }
    let book = try book.trying(
      values, for: unit, on: today, using: settings.evaluator())
    let trial = try grounds.ofWholeStreet.trying(book)
      .compute(request.formula, period, proving: request.explains).shown(to: visibleUnits)
    let results = zip(base, trial).map { WhatIf(from: $0.standings, to: $1.standings) }
    let title = Words("试算 \(period.label.chinese)", "what if, \(period.label.english)")
    let changes = request.whatIf.map { Report.Block.paragraph(supposed($0, unit)) }
    var answer = Answer(
      "assess", Report(title, changes + results.flatMap { $0.report(title).blocks }),
      data: ["what_if": .array(results.map { $0.json(in: language) })])
    if request.explains {
      let view = AssessmentView(trial, explains: true, depth: request.depth)
      answer.report.blocks += view.explanations(unit)
      answer.data = answer.data.adding("trial", view.data(unit, in: language))
    }
    return answer
  }
}

extension Host {
  /// `考核权重（assessment.weights）= 15，只对十字街社区`.
  private func supposed(_ change: Assignment, _ unit: UnitID?) -> Words {
    let declaration = settings.book.declarations.first {
      [$0.key, $0.label.chinese, $0.label.english].contains(change.name)
    }
    let (key, label) = (declaration?.key ?? change.name, declaration?.label)
    let only = unit.map { unitName($0, on: today) }
    return Words(
      "设 \(label?.chinese ?? key)（\(key)） = \(change.value)"
        + (only.map { "，只对\($0.chinese)" } ?? ""),
      "suppose \(label?.english ?? key) (\(key)) = \(change.value)"
        + (only.map { ", for \($0.english) only" } ?? ""))
  }
}

/// Shows computations: a table for each type, or one unit explained.
struct AssessmentView {
  let computations: [Computation]
  let explains: Bool
  let depth: Int

  init(_ computations: [Computation], explains: Bool, depth: Int) {
    self.computations = computations
    self.explains = explains
    self.depth = depth
  }

  /// - Parameter proving: whether the data are wanted, which carry the proof of every number.
  func answer(unit: UnitID?, in language: Language, proving: Bool = true) -> Answer {
    Answer("assess", report(unit), data: proving ? data(unit, in: language) : [:])
  }

  private func report(_ unit: UnitID?) -> Report {
    if let total = totals.first(where: { $0.street.id == unit }) { return report(total) }
    if let unit, let row = row(unit) {
      return explains
        ? row.report(depth: depth)
        : Report(title, [.table(Table(nil, Standings.columns, [row.cells]))] + provisional)
    }
    let tables =
      computations.flatMap { computation -> [Report.Block] in
        let blocks = computation.standings.report(title, typeTitle: Self.typeTitle).blocks
        guard computations.count > 1, let street = computation.street else { return blocks }
        return [.section(street.name)] + blocks
      } + totals.map { .table(table($0)) } + provisional
    return Report(title, tables + (explains ? explanations(nil) : []))
  }

  /// The proofs, of one unit or of all and then of their streets.
  func explanations(_ unit: UnitID?) -> [Report.Block] {
    let explained = computations.flatMap(\.standings.rows).filter {
      unit == nil || $0.unit == unit
    }.flatMap { row -> [Report.Block] in
      let report = row.report(depth: depth)
      return (report.title.map { [.section($0)] } ?? []) + report.blocks
    }
    let wholes = totals.filter { unit == nil || $0.street.id == unit }.flatMap {
      total -> [Report.Block] in
      [.section(total.street.name), .tree(total.explanation.lines(depth: depth))]
    }
    return explained + wholes
  }

  // MARK: Totals of streets

  private var totals: [StreetTotal] {
    computations.compactMap { computation in
      guard let total = computation.total, let street = computation.street else { return nil }
      return StreetTotal(street: street, explanation: total)
    }
  }

  /// In the columns of the communities, so that tables stay one in a spreadsheet.
  private func table(_ total: StreetTotal) -> Table {
    Table(Words("全街道", "Whole street"), Standings.columns, [total.cells])
  }

  private func report(_ total: StreetTotal) -> Report {
    explains
      ? Report(
        Words(
          "\(total.street.name.chinese) \(title.chinese)",
          "\(total.street.name.english), \(title.english)"),
        [.tree(total.explanation.lines(depth: depth))] + provisional)
      : Report(title, [.table(table(total))] + provisional)
  }

  private var title: Words {
    guard let first = computations.first else { return Words("没有可考核的单位", "nothing to assess") }
    return Words(
      "\(first.title.chinese) \(first.period.label.chinese)",
      "\(first.title.english), \(first.period.label.english)")
  }

  /// Said under every table whose period still runs.
  private var provisional: [Report.Block] {
    guard computations.contains(where: { $0.standings.rows.contains(where: \.isProvisional) })
    else { return [] }
    return [.footnote(Words("期间未结束，以上为暂计", "the period still runs: these are provisional"))]
  }

  private func row(_ unit: UnitID) -> Standings.Row? {
    computations.lazy.compactMap { $0.standings.row(unit) }.first
  }

  private static func typeTitle(_ code: String?) -> Words? {
    code.flatMap(CommunityType.init(rawValue:))?.label
  }

  /// The whole tree of every unit, whatever the report shows.
  func data(_ unit: UnitID?, in language: Language) -> JSONValue {
    let rows = computations.flatMap(\.standings.rows).filter { unit == nil || $0.unit == unit }
    let notes = computations.flatMap(\.standings.notes)
    let wholes = totals.filter { unit == nil || $0.street.id == unit }
    return [
      "formula": .optional(computations.first) { .string($0.formula) },
      "package": .optional(computations.first) { .string("\($0.package.name)") },
      "version": .optional(computations.first) { .string("\($0.package.manifest.version)") },
      "period": .optional(computations.first) { .string("\($0.period)") },
      "units": .array(rows.map { $0.whole(in: language) }),
      "totals": .array(wholes.map { $0.json(in: language) }),
      "notes": .array(notes.map { .string($0.text(in: language)) }),
    ]
  }
}

extension Computation {
  /// Whether it has a result of a unit, or of the street itself.
  fileprivate func tells(of unit: UnitID) -> Bool {
    standings.row(unit) != nil || (street?.id == unit && total != nil)
  }
}

/// All communities of a street as one.
private struct StreetTotal {
  let street: Governance.Unit
  let explanation: Explanation

  /// Cells under `Standings.columns`: no rank, no band, no change; how it came about.
  var cells: [Cell] {
    let score = explanation.value.number.flatMap { $0.decimal }
    return [
      .empty, .text(street.name), .empty,
      score.map { .decimal($0) } ?? .text(explanation.value.words()), .empty,
      explanation.notes.last.map { .text($0) } ?? .empty,
    ]
  }

  func json(in language: Language) -> JSONValue {
    [
      "unit": .string(street.id.rawValue), "name": .string(street.name.text(in: language)),
      "value": .optional(explanation.value.number) { .string($0.exactText) },
      "explanation": explanation.json(in: language),
    ]
  }
}

extension Standings.Row {
  fileprivate var isProvisional: Bool { assessment.isProvisional }

  /// The row with its whole proof.
  fileprivate func whole(in language: Language) -> JSONValue {
    let proof = assessment.json(in: language)
    let own = json(in: language)
    let known = Set((own.members ?? []).map(\.name))
    return .object((own.members ?? []) + (proof.members ?? []).filter { !known.contains($0.name) })
  }
}

extension JSONValue {
  /// An object with one more member.
  func adding(_ name: String, _ value: JSONValue) -> JSONValue {
    .object((members ?? []) + [Member(name, value)])
  }
}

extension Problem {
  static func notAssessed(_ unit: UnitID) -> Problem {
    Problem(
      .unitUnknown, Words("\(unit) 不在考核范围内", "\(unit) is not assessed"),
      hint: Words("只考核社区；代管小区计入代管它的社区", "only communities are; an estate counts for its caretaker"))
  }
}

extension Words {
  /// Why a community is shown without its place among the others.
  fileprivate static func lone(_ unit: Words, _ problem: Problem?) -> Words {
    let place = problem?.place.map { "（\($0)）" } ?? ""
    return Words(
      "别的社区算不出来，这里只算了\(unit.chinese)，没有名次，等级没有按名额调整："
        + (problem?.message.chinese ?? "") + place,
      "another community could not be computed, so \(unit.english) stands alone, without a rank "
        + "and without the quota: \(problem?.message.english ?? "")\(place)")
  }
}
