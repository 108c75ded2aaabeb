/// A problem that showed when settings were resolved, and whose definitions have a part in it.
struct SettingFinding: Sendable {
  let problem: Problem
  let definitions: [SettingDefinition]

  /// The same for the same fault, whichever unit and day it showed on first.
  var identity: [String] {
    guard !definitions.isEmpty else { return [problem.code.rawValue, problem.message.english] }
    return [problem.code.rawValue] + definitions.map(\.canonical).sorted()
  }
}

extension SettingsBook {
  /// Resolves every defined setting for every sort of unit on every day on which something changes.
  ///
  /// Units that no definition tells apart are looked at once, and on each day only those for whom
  /// something changes, with the rules that matter then.
  ///
  /// - Parameters:
  ///   - keys: only these settings.
  ///   - scopes: only units within one of these.
  func examine(
    _ keys: Set<String>? = nil, within scopes: [SettingScope]? = nil,
    using evaluate: SettingEvaluator?
  ) -> [SettingFinding] {
    var findings: [SettingFinding] = []
    var seen: Set<[String]> = []
    let unitDays = Set(units.flatMap { $0.changes + [$0.from].compactMap(\.self) })
    for declaration in declarations where keys?.contains(declaration.key) ?? true {
      let own = (definitionsByKey[declaration.key] ?? []).filter { rejected[$0] == nil }
      guard !own.isEmpty else { continue }
      forEachSituation(own, unitDays) { layers, day, mattering in
        guard scopes?.contains(where: layers.isWithin) ?? true else { return }
        let pass = SettingPass(self, declaration, layers, day, evaluate, among: mattering)
        for finding in pass.findings() {
          if seen.insert(finding.identity).inserted { findings.append(finding) }
        }
      }
    }
    return findings
  }

  /// The settings that some layer computes.
  public var computedKeys: Set<String> {
    Set(definitions.lazy.filter(\.isComputed).map(\.key))
  }

  /// Computed values that break a rule of an upper layer.
  public func refusals(
    of keys: Set<String>, within scopes: [SettingScope]?, using evaluate: @escaping SettingEvaluator
  ) -> [Problem] {
    examine(keys, within: scopes, using: evaluate).map(\.problem).filter {
      $0.code == .settingRefused
    }
  }

  private func forEachSituation(
    _ own: [Int], _ unitDays: Set<Day>, _ body: (UnitLayers, Day, [Int]) -> Void
  ) {
    let turns = turns(of: own)
    let tellsUnitsApart = own.contains { definitions[$0].condition != nil }
    let named = namedUnits(own)
    var coming = own.sorted { begin($0) > begin($1) }
    var mattering: [Int] = []
    let days = days(turns, unitDays)
    for day in days {
      while let next = coming.last, begin(next) <= day { mattering.append(coming.removeLast()) }
      mattering.removeAll { isOver($0, by: day) }
      // Who is told apart by nothing that changes on the day was looked at before.
      let turning = day == days.first || unitDays.contains(day) ? nil : turns[day]
      var profiles: Set<Profile> = []
      for unit in units where unit.exists(on: day) {
        guard let layers = try? layers(of: unit.id, on: day),
          turning?.contains(where: layers.isWithin) ?? true
        else { continue }
        let units = [layers.street, layers.community, layers.unit].compactMap(\.self)
        let profile = Profile(
          types: layers.types.map(\.code), hasCommunity: layers.community != nil,
          units: tellsUnitsApart ? units : units.filter(named.contains))
        if profiles.insert(profile).inserted { body(layers, day, mattering) }
      }
    }
  }

  private struct Profile: Hashable {
    let types: [String]
    let hasCommunity: Bool
    let units: [UnitID]
  }

  private func begin(_ index: Int) -> Day { definitions[index].from ?? Day(ordinal: .min / 2) }

  /// A record of the database still ends its predecessors when it has ended itself.
  private func isOver(_ index: Int, by day: Day) -> Bool {
    guard definitions[index].origin.sequence == nil, let to = definitions[index].to else {
      return false
    }
    return to <= day
  }

  private func namedUnits(_ own: [Int]) -> Set<UnitID> {
    Set(
      own.compactMap { index in
        switch definitions[index].scope {
        case .community(let id), .trial(let id?), .street(let id?): id
        default: nil
        }
      })
  }

  /// For each day on which a definition begins, ends or may change its answer: whose it is.
  private func turns(of own: [Int]) -> [Day: Set<SettingScope>] {
    var turns: [Day: Set<SettingScope>] = [:]
    for definition in own.map({ definitions[$0] }) {
      let days = [definition.from, definition.to].compactMap(\.self)
      for day in days + (definition.condition?.days ?? []) {
        turns[day, default: []].insert(definition.scope)
      }
    }
    return turns
  }

  /// The days to look at, in order: the first lies before everything.
  private func days(_ turns: [Day: Set<SettingScope>], _ unitDays: Set<Day>) -> [Day] {
    let days = unitDays.union(turns.keys)
    guard let first = days.min() else { return [Day(ordinal: 20_000)] }
    return [first + -1] + days.sorted()
  }
}

extension SettingCondition {
  /// The days on which its answer may change.
  var days: [Day] {
    switch self {
    case .since(let day), .before(let day): [day]
    case .not(let inner): inner.days
    case .all(let parts), .any(let parts): parts.flatMap(\.days)
    case .unit, .type, .caretaken, .function: []
    }
  }
}

extension SettingPass {
  /// What is wrong in this situation, as far as it can be told without running computed values.
  func findings() -> [SettingFinding] {
    var thrown: SettingFinding?
    do {
      _ = try run(warnings: [])
    } catch let problem as Problem
      where !needsFunction && problem.code != .settingRequired
      && !fates.values.contains(.invalid(problem))
    {
      thrown = SettingFinding(problem: problem, definitions: rivals.map { book.definitions[$0] })
    } catch {}
    let refused = fates.sorted { $0.key < $1.key }.compactMap { index, loss -> SettingFinding? in
      guard case .refused(let problem, _) = loss else { return nil }
      return SettingFinding(problem: problem, definitions: [book.definitions[index]])
    }
    return refused + [thrown].compactMap(\.self)
  }
}
