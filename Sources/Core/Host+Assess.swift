internal import Digests
public import Governance
internal import Plugins
internal import Storage

extension Host {
  /// Scores, ranks and explains; stores nothing.
  public func assess(_ request: AssessmentRequest) throws -> Answer {
    try requireSoundSettings()
    let period = try Period.parse(request.period)
    let wanted = try request.unit.map { try unit($0).id }
    let whole = try grounds.ofWholeStreet.compute(request.formula, period)
    let base = whole.shown(to: visibleUnits)
    if !request.whatIf.isEmpty {
      return try whatIf(request, period, base)
    }
    if let wanted, !base.contains(where: { $0.standings.row(wanted) != nil }) {
      throw Problem.notAssessed(wanted)
    }
    var answer = AssessmentView(base, explains: request.explains, depth: request.depth)
      .answer(unit: wanted, in: language)
    answer.warnings = settings.refusalWords
    if let difference = try difference(from: base, period) {
      answer.report.blocks += difference.lines.map(Report.Block.footnote)
      answer.data = answer.data.adding("closed", difference.json(in: language))
    }
    return answer
  }

  /// Old, new, difference and change of rank, as if settings were other.
  private func whatIf(
    _ request: AssessmentRequest, _ period: Period, _ base: [Computation]
  ) throws -> Answer {
    let values = request.whatIf.map { (key: $0.name, text: $0.value) }
    let unit = try request.unit.map { try settingUnit($0).id }
    let book = try book.trying(values, for: unit, using: settings.evaluator())
    let trial = try grounds.ofWholeStreet.trying(book).compute(request.formula, period)
      .shown(to: visibleUnits)
    let results = zip(base, trial).map { WhatIf(from: $0.standings, to: $1.standings) }
    let changes = request.whatIf.map { "\($0.name) = \($0.value)" }.joined(separator: "，")
    let title = Words(
      "试算 \(period.label.chinese)：\(changes)", "what if \(changes), \(period.label.english)")
    let reports = results.map { $0.report(title) }
    return Answer(
      "assess", Report(title, reports.flatMap(\.blocks)),
      data: ["what_if": .array(results.map { $0.json(in: language) })])
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

  func answer(unit: UnitID?, in language: Language) -> Answer {
    Answer("assess", report(unit), data: data(unit, in: language))
  }

  private func report(_ unit: UnitID?) -> Report {
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
      } + provisional
    guard explains else { return Report(title, tables) }
    let explained = computations.flatMap(\.standings.rows).flatMap { row -> [Report.Block] in
      let report = row.report(depth: depth)
      return (report.title.map { [.section($0)] } ?? []) + report.blocks
    }
    return Report(title, tables + explained)
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
    return [
      "formula": .optional(computations.first) { .string($0.formula) },
      "package": .optional(computations.first) { .string("\($0.package.name)") },
      "version": .optional(computations.first) { .string("\($0.package.manifest.version)") },
      "period": .optional(computations.first) { .string("\($0.period)") },
      "units": .array(rows.map { $0.whole(in: language) }),
      "notes": .array(notes.map { .string($0.text(in: language)) }),
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
