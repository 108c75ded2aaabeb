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
  /// Units that no definition tells apart are looked at once.
  func examine(using evaluate: SettingEvaluator?) -> [SettingFinding] {
    var findings: [SettingFinding] = []
    var seen: Set<[String]> = []
    let unitDays = Set(units.flatMap { $0.changes + [$0.from].compactMap(\.self) })
    for declaration in declarations {
      let own = (definitionsByKey[declaration.key] ?? []).filter { rejected[$0] == nil }
      guard !own.isEmpty else { continue }
      for (layers, day) in situations(own, unitDays) {
        let pass = SettingPass(self, declaration, layers, day, evaluate)
        for finding in pass.findings() {
          if seen.insert(finding.identity).inserted { findings.append(finding) }
        }
      }
    }
    return findings
  }

  private func situations(_ own: [Int], _ unitDays: Set<Day>) -> [(UnitLayers, Day)] {
    let definitions = own.map { self.definitions[$0] }
    let communities = Set(
      definitions.flatMap { definition -> [UnitID] in
        switch definition.scope {
        case .community(let id), .trial(let id?), .street(let id?): [id]
        default: []
        }
      })
    let tellsUnitsApart = definitions.contains { $0.condition != nil }
    var profiles: Set<Profile> = []
    var result: [(UnitLayers, Day)] = []
    for day in changes(of: definitions, unitDays) {
      for unit in units where unit.exists(on: day) {
        guard let layers = try? layers(of: unit.id, on: day) else { continue }
        let named = [layers.street, layers.community, layers.unit].compactMap(\.self)
        let profile = Profile(
          day: day, types: layers.types.map(\.code), hasCommunity: layers.community != nil,
          units: tellsUnitsApart ? named : named.filter(communities.contains))
        if profiles.insert(profile).inserted { result.append((layers, day)) }
      }
    }
    return result
  }

  private struct Profile: Hashable {
    let day: Day
    let types: [String]
    let hasCommunity: Bool
    let units: [UnitID]
  }

  private func changes(of definitions: [SettingDefinition], _ unitDays: Set<Day>) -> [Day] {
    var days = unitDays
    for definition in definitions {
      days.formUnion([definition.from, definition.to].compactMap(\.self))
      days.formUnion(definition.condition?.days ?? [])
    }
    guard let first = days.min() else { return [Day(ordinal: 20_000)] }
    return ([first + -1] + days).sorted()
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
    } catch let problem as Problem where !needsFunction && problem.code != .settingRequired {
      thrown = SettingFinding(problem: problem, definitions: rivals.map { book.definitions[$0] })
    } catch {}
    let refused = fates.sorted { $0.key < $1.key }.compactMap { index, loss -> SettingFinding? in
      guard case .refused(let problem, _) = loss else { return nil }
      return SettingFinding(problem: problem, definitions: [book.definitions[index]])
    }
    return refused + [thrown].compactMap(\.self)
  }
}
