internal import Digests
public import Governance
internal import Lua
internal import Plugins
internal import Storage

extension Host {
  /// Freezes a period's result with everything it came from.
  ///
  /// Closing again after late data makes a numbered correction; the first result stays.
  ///
  /// - Throws: `period.open` while the period runs by the workspace's own date, whatever
  ///   day this call takes as today.
  public func close(_ formula: String, period text: String) throws -> Answer {
    try require(.closePeriod, Words("封存结果", "close a period"))
    try requireSoundSettings()
    let period = try Period.parse(text, today: today)
    // Another day may be looked from, but nothing is frozen before its time.
    let day = min(today, workspaceToday)
    guard period.hasEnded(by: day) else { throw Problem.stillRunning(period, today: day) }
    let closed = try RunThread.run {
      try store.write(signature(ProgramReason.closing(formula, period).chinese)) { writer in
        try close(formula, period, in: writer)
      }
    }
    return closed
  }

  private func close(_ name: String, _ period: Period, in writer: Writer) throws -> Answer {
    let computations = try grounds.ofWholeStreet.spokenAsKept
      .compute(name, period, reading: writer)
    guard let formula = computations.first(where: { !$0.standings.rows.isEmpty })?.formula else {
      throw Problem.nothingToClose
    }
    // Kept under the formula's id, however it was named.
    let previous = try latest(formula, period, in: writer)
    let view = AssessmentView(computations, explains: false, depth: 1)
    let id = ClosedResult.id(formula, period, correction: (previous?.correction ?? -1) + 1)
    var correction: Correction?
    if let previous {
      let found = previous.correction(
        by: ClosedResult.Facts(computations, plugins: pluginDigests, calendar: calendarDigest))
      if found.isEmpty { return unchanged(previous, view) }
      correction = try explained(found, by: previous, period, reading: writer)
    }
    let kept = try KeptGrounds(keeping: self, for: computations, formula, period, in: writer)
    try writer.append(
      Storage.Assessment(
        id: id, formula: formula, period: "\(period)", correction: (previous?.correction ?? -1) + 1,
        result: Array(view.data(nil, in: .chinese).canonical.utf8),
        manifest: Array(kept.json.canonical.utf8)))
    if language == .chinese { return closed(id, view, correction) }
    let spoken = try grounds.ofWholeStreet.compute(formula, period, reading: writer)
    return closed(id, AssessmentView(spoken, explains: false, depth: 1), correction)
  }

  private func closed(
    _ id: String, _ view: AssessmentView, _ correction: Correction?
  ) -> Answer {
    var answer = view.answer(unit: nil, in: language)
    answer.name = "close"
    answer.report.blocks.append(
      .paragraph(
        Words(
          "已封存，编号 \(id)。重算：\ngongyue replay \(id)",
          "closed as \(id). To compute it again:\ngongyue replay \(id)")))
    if let correction {
      answer.report.blocks += correction.report(names: names(correction), isStored: true)
      answer.data = answer.data.adding("correction", correction.json(in: language))
    }
    answer.data = answer.data.adding("id", .string(id))
    return answer
  }

  private func unchanged(_ previous: ClosedResult, _ view: AssessmentView) -> Answer {
    Answer(
      "close",
      Report(
        nil,
        [
          .paragraph(
            Words(
              "与已封存的 \(previous.id) 完全相同，没有另存。",
              "the same as \(previous.id), which is closed already; nothing was stored."))
        ]),
      data: ["id": .string(previous.id), "unchanged": true])
  }
}

extension Host {
  /// Computes a closed result again from what was kept, and prints it as `assess` did.
  ///
  /// - Throws: `replay.unavailable` when there is no such result, when something was
  ///   erased since, or when the outcome is not the same to the byte.
  public func replay(_ id: String) throws -> Answer {
    let (manifest, stored) = try store.read { reader -> ([UInt8], [UInt8]) in
      guard let kept = try reader.assessment(id) else {
        throw Problem.noClosedResult(id, known: try reader.assessments().map(\.id))
      }
      return (try reader.kept(kept.manifest), try reader.kept(kept.result))
    }
    let result = try JSONValue(parsing: String(decoding: stored, as: UTF8.self))
    if let problem = try ClosedProofs(of: id, result).problem { throw problem }
    let json = try JSONValue(parsing: String(decoding: manifest, as: UTF8.self))
    guard let kept = KeptGrounds(json: json) else { throw Problem.manifestUnreadable(id) }
    var grounds = try kept.restored(by: self)
    var computations = try grounds.compute(kept.formula, kept.period)
    let view = AssessmentView(computations, explains: false, depth: 1)
    let bytes = Array(view.data(nil, in: .chinese).canonical.utf8)
    guard bytes == stored else {
      throw Problem.replayDiffers(id, Digest(of: stored), Digest(of: bytes))
    }
    if language != grounds.language {
      grounds.language = language
      computations = try grounds.compute(kept.formula, kept.period)
    }
    // The proof is of the whole; what is shown of it is what the actor may see.
    let shown = AssessmentView(
      computations.shown(to: visibleUnits), explains: false, depth: 1)
    var answer = shown.answer(unit: nil, in: language)
    answer.name = "replay"
    return answer
  }

  /// The newest closing of a period, with its facts.
  func latest(_ formula: String, _ period: Period, in reader: Reader) throws -> ClosedResult? {
    guard let kept = try reader.assessments(formula: formula, period: "\(period)").last else {
      return nil
    }
    let result = try JSONValue(
      parsing: String(decoding: try reader.kept(kept.result), as: UTF8.self))
    let manifest = try JSONValue(
      parsing: String(decoding: try reader.kept(kept.manifest), as: UTF8.self))
    return try ClosedResult(kept, result, manifest)
  }

  /// How a fresh computation differs from what was closed; nil when nothing was, or
  /// nothing does.
  func difference(from computations: [Computation], _ period: Period) throws -> Correction? {
    guard let formula = computations.first?.formula,
      let closed = try store.read({ try latest(formula, period, in: $0) })
    else { return nil }
    let correction = closed.shown(to: visibleUnits).correction(
      by: ClosedResult.Facts(computations, plugins: pluginDigests, calendar: calendarDigest))
    guard !correction.isEmpty else { return nil }
    return try store.read { try explained(correction, by: closed, period, reading: $0) }
  }

  /// The correction with what exactly has changed.
  private func explained(
    _ correction: Correction, by closed: ClosedResult, _ period: Period, reading reader: Reader
  ) throws -> Correction {
    let changes = ClosedChanges(host: self, closed: closed, period: period, reader: reader)
    return try correction.explained(changes.details)
  }

  /// What the units of a correction are called.
  func names(_ correction: Correction) -> [UnitID: Words] {
    Dictionary(correction.changes.map { ($0.unit, unitName($0.unit, on: today)) }) { first, _ in
      first
    }
  }

  /// Digest by file of the enabled packages.
  var pluginDigests: [String: String] {
    var digests: [String: String] = [:]
    for package in catalogue.enabled(by: lock) {
      for (path, digest) in package.files.digests {
        digests["\(package.files.folder)/\(path)"] = digest.description
      }
      // The calendar is a ground of its own, named apart.
      digests[Catalogue.calendarFile] = nil
    }
    return digests
  }

  var calendarDigest: String { Digest(of: catalogue.calendar ?? "").description }
}

/// A closed result as it is compared with a fresh one.
struct ClosedResult {
  let closing: Correction.Closing

  /// Where it stands in the audit log.
  let sequence: Int64
  private(set) var facts: Facts
  private let manifest: JSONValue

  var id: String { closing.id }
  var correction: Int { closing.correction }

  /// What a result rested on, and what came out.
  struct Facts {
    let basis: Basis
    let results: [UnitID: Explanation]
  }

  static func id(_ formula: String, _ period: Period, correction: Int) -> String {
    let spelled = "\(period)".split(separator: "/").joined(separator: "_")
    return "\(formula)-\(spelled)" + (correction == 0 ? "" : "-r\(correction)")
  }

  init(_ kept: KeptAssessment, _ result: JSONValue, _ manifest: JSONValue) throws {
    closing = Correction.Closing(id: kept.id, day: kept.at.day, correction: kept.correction)
    sequence = kept.sequence
    self.manifest = manifest
    var plugins: [String: String] = [:]
    for package in manifest["packages"]?.elements ?? [] {
      let folder = package["folder"]?.text ?? ""
      for file in package["files"]?.members ?? [] {
        plugins["\(folder)/\(file.name)"] = file.value.text
      }
      plugins[Catalogue.calendarFile] = nil
    }
    var results: [UnitID: Explanation] = [:]
    for unit in result["units"]?.elements ?? [] {
      guard let id = unit["unit"]?.text, let proof = unit["explanation"] else { continue }
      results[UnitID(id)] = try Explanation(proof)
    }
    facts = Facts(results, plugins: plugins, calendar: manifest["calendar"]?.text ?? "")
  }

  /// The part of it that somebody who sees only some units may compare.
  func shown(to visible: Scope.Units) -> ClosedResult {
    guard case .only(let units) = visible else { return self }
    var copy = self
    copy.facts = Facts(
      facts.results.filter { units.contains($0.key) }, plugins: facts.basis.plugins,
      calendar: facts.basis.calendar.values.first ?? "")
    return copy
  }

  func correction(by fresh: Facts) -> Correction {
    Correction(
      of: closing, closed: (facts.basis, facts.results), fresh: (fresh.basis, fresh.results))
  }
}

/// What its manifest says of the grounds it stood on.
extension ClosedResult {
  /// Kinds of the records it read, in order.
  var kindsRead: [String] {
    Set((manifest["records"]?.elements ?? []).compactMap { $0["kind"]?.text }).sorted()
  }

  var calendar: Digest? { manifest["calendar"]?.text.flatMap { Digest($0) } }

  var packages: [KeptGrounds.KeptPackage] {
    KeptGrounds(json: manifest)?.packages ?? []
  }

  /// What a setting was then; nil when it was not asked for.
  func setting(_ key: String, of unit: UnitID) -> KeptSetting? {
    manifest["resolved_settings"]?[unit.rawValue]?[key].flatMap(KeptSetting.init(json:))
  }
}

extension ClosedResult.Facts {
  init(_ computations: [Computation], plugins: [String: String], calendar: String) {
    var results: [UnitID: Explanation] = [:]
    for row in computations.flatMap(\.standings.rows) {
      results[row.unit] = row.assessment.explanation
    }
    self.init(results, plugins: plugins, calendar: calendar)
  }

  fileprivate init(
    _ results: [UnitID: Explanation], plugins: [String: String], calendar: String
  ) {
    var basis = Basis(plugins: plugins, calendar: ["plugins/law/calendar.yaml": calendar])
    for (unit, explanation) in results {
      explanation.collect(into: &basis, unit)
    }
    self.basis = basis
    self.results = results
  }
}

extension Explanation {
  /// The settings and records behind it, by unit.
  fileprivate func collect(into basis: inout Basis, _ unit: UnitID) {
    for setting in settings {
      // What was kept is in Chinese.
      basis.settings["\(unit) \(setting.key)"] =
        "\(setting.layer.chinese) \(setting.value.chinese)"
    }
    for contribution in records {
      basis.records["\(unit) \(contribution.key)"] = contribution.digest
    }
    for child in children { child.collect(into: &basis, unit) }
  }
}

extension Problem {
  static func stillRunning(_ period: Period, today: Day) -> Problem {
    Problem(
      .periodOpen,
      Words(
        "\(period.label.chinese)还没有结束（今天是 \(today)），不能封存",
        "\(period.label.english) has not ended (today is \(today)) and cannot be closed"),
      hint: Words("先看暂计结果：gongyue assess …", "gongyue assess shows the provisional result"))
  }

  static let nothingToClose = Problem(
    .inputInvalid, Words("没有可考核的单位，不能封存", "there is nothing to assess, so nothing to close"),
    hint: Words("先登记社区，gongyue units 列出已有的", "register communities first; gongyue units lists them")
  )

  static func noClosedResult(_ id: String, known: [String]) -> Problem {
    let near = nearest(to: id, in: known)
    let all = known.joined(separator: "、")
    return Problem(
      .replayUnavailable, Words("没有编号为 \(id) 的封存结果", "there is no closed result \(id)"),
      hint: near.map { Words("是不是 \($0)？", "did you mean \($0)?") }
        ?? (known.isEmpty
          ? Words("还没有封存过；封存用 gongyue close", "nothing was closed yet; gongyue close does it")
          : Words("已有：\(all)", "there are: \(known.joined(separator: ", "))")))
  }

  static func manifestUnreadable(_ id: String) -> Problem {
    Problem(
      .replayUnavailable,
      Words("封存结果 \(id) 的清单读不懂", "the manifest of \(id) cannot be understood"),
      hint: Words("可能由更新的版本封存；请换用较新的 gongyue", "it may come from a newer version of gongyue"))
  }

  static func replayDiffers(_ id: String, _ stored: Digest, _ found: Digest) -> Problem {
    Problem(
      .replayUnavailable,
      Words(
        "重算 \(id) 的结果与封存的不一致（\(found.short) ≠ \(stored.short)）",
        "replaying \(id) gave another result (\(found.short), not \(stored.short))"),
      hint: Words(
        "请先用封存时的程序版本重算，再报告这个问题",
        "replay it with the version of the program that closed it, and report this"))
  }
}
