/// What a new definition would do; `gongyue set` asks before it stores anything.
public struct SettingCheck: Sendable {
  /// The book with the definition in it.
  public let book: SettingsBook

  /// Why it is refused: the same problems as when it is loaded.
  public let problems: [Problem]

  /// What it does to others: rules of lower layers that it puts out of force, or
  /// that it has no effect itself.
  public let warnings: [Words]

  /// - Throws: the only problem, or all of them as `Problems`.
  public func accepted() throws -> SettingsBook {
    if problems.count == 1 { throw problems[0] }
    guard problems.isEmpty else { throw Problems(problems) }
    return book
  }
}

/// One unit's value before and after a change.
public struct SettingImpact: Hashable, Sendable {
  public let unit: UnitLayers

  /// Nil when there was no value, or none any more.
  public let old: Resolution?
  public let new: Resolution?
}

/// One key that two units have differently.
public struct SettingDifference: Hashable, Sendable {
  public let declaration: SettingDeclaration
  public let left: Resolution?
  public let right: Resolution?
}

extension SettingsBook {
  /// The book with more definitions; this one stays as it is.
  public func adding(
    _ more: [SettingDefinition], using evaluate: SettingEvaluator? = nil
  ) -> SettingsBook {
    SettingsBook(
      declarations: declarations, definitions: definitions + more, renames: renames,
      typologies: typologies, units: units, unread: unread, using: evaluate)
  }

  /// A what-if: the settings tried together, for one unit or for all.
  ///
  /// A trial for all units stands in for its owner where lower layers are locked
  /// out, unless the owner is the law; otherwise it is judged as a community's rule.
  ///
  /// - Throws: what storing them would throw: out of bounds, weights that do not
  ///   total 100, looser than an upper layer allows.
  public func trying(
    _ values: [(key: String, text: String)], for unit: UnitID? = nil, on today: Day? = nil,
    using evaluate: SettingEvaluator? = nil
  ) throws -> SettingsBook {
    let trials = try values.map { key, text in
      let declaration = try declaration(named: key)
      return SettingDefinition(
        declaration.key, .trial(unit), .value(try declaration.read(text, on: today)), origin: .trial
      )
    }
    return try check(trials, using: evaluate).accepted()
  }

  /// What a new definition would do.
  public func check(
    _ new: SettingDefinition, using evaluate: SettingEvaluator? = nil
  ) -> SettingCheck {
    check([new], using: evaluate)
  }

  /// What new definitions would do together.
  public func check(
    _ new: [SettingDefinition], using evaluate: SettingEvaluator? = nil
  ) -> SettingCheck {
    let changed = adding(new)
    let added = changed.ownDefinitions(of: new)
    let names = Set(added.map(\.canonical))
    // Computed values are run for the units that the change is about, and for no others.
    func computed(_ book: SettingsBook) -> [SettingFinding] {
      guard let evaluate else { return [] }
      return book.examine(Set(added.map(\.key)), within: added.map(\.scope), using: evaluate)
    }
    let known = Set((findings + computed(self)).map(\.identity))
    let now = changed.findings + computed(changed)
    let found = Set(now.map(\.problem))
    var own = changed.problems.filter { !found.contains($0) && !problems.contains($0) }
    var warnings: [Words] = []
    for finding in now where !known.contains(finding.identity) {
      let isOwn = finding.definitions.contains { names.contains($0.canonical) }
      if finding.problem.code == .settingRefused, !isOwn {
        let words = Self.consequence(finding.problem)
        if !warnings.contains(words) { warnings.append(words) }
      } else if !own.contains(finding.problem) {
        own.append(finding.problem)
      }
    }
    for definition in added where own.isEmpty {
      own += changed.unmet(after: definition, before: self, using: evaluate)
      if let idle = changed.idleness(of: definition, using: evaluate) { warnings.append(idle) }
    }
    return SettingCheck(book: changed, problems: own, warnings: warnings)
  }

  /// The definitions as the book keeps them, keys and values in their one form.
  private func ownDefinitions(of new: [SettingDefinition]) -> [SettingDefinition] {
    let wanted = Set(
      new.map { definition in
        var current = definition
        current.key = (try? declaration(named: definition.key).key) ?? definition.key
        if case .value(let value) = definition.content,
          let accepted = try? declaration(named: current.key).accept(value)
        {
          current.content = .value(accepted)
        }
        return current.canonical
      })
    return definitions.filter { wanted.contains($0.canonical) }
  }

  /// Values that a change leaves missing.
  private func unmet(
    after change: SettingDefinition, before: SettingsBook, using evaluate: SettingEvaluator?
  ) -> [Problem] {
    let day = change.from ?? firstDay
    for unit in units where isConcerned(unit, by: change, on: day) {
      guard (try? before.resolve(change.key, for: unit.id, on: day, using: evaluate)) != nil else {
        continue
      }
      do {
        _ = try resolve(change.key, for: unit.id, on: day, using: evaluate)
      } catch let problem as Problem where problem.code == .settingRequired {
        return [problem]
      } catch {}
    }
    return []
  }

  /// What to say when a definition decides nothing anywhere on its first day.
  private func idleness(
    of change: SettingDefinition, using evaluate: SettingEvaluator?
  ) -> Words? {
    let day = change.from ?? firstDay
    var reason: SettingLoss?
    guard !change.isUnset, change.condition == nil else { return nil }
    for unit in units where isConcerned(unit, by: change, on: day) {
      guard let result = try? resolve(change.key, for: unit.id, on: day, using: evaluate) else {
        return nil
      }
      if result.winners.contains(where: { $0.definition.canonical == change.canonical }) {
        return nil
      }
      reason = result.losers.first { $0.definition.canonical == change.canonical }?.loss
    }
    return reason.map {
      Words(
        "这条规定眼下不起作用：\($0.words.chinese)", "this rule has no effect now: \($0.words.english)")
    }
  }

  private func isConcerned(_ unit: SettingUnit, by change: SettingDefinition, on day: Day) -> Bool {
    guard unit.exists(on: day), let layers = try? layers(of: unit.id, on: day) else { return false }
    return layers.isWithin(change.scope)
  }

  /// A day for what has no date: the last one on which anything changes.
  private var firstDay: Day {
    definitions.flatMap { [$0.from].compactMap(\.self) }.max()
      ?? units.compactMap(\.from).max() ?? Day(ordinal: 20_000)
  }

  private static func consequence(_ problem: Problem) -> Words {
    let place = problem.place.map { "（\($0)）" } ?? ""
    return Words(
      "将使下级一条规定失效：\(problem.message.chinese)\(place)",
      "puts a lower layer's rule out of force: \(problem.message.english)\(place)")
  }

  /// Every setting of a unit on a day, by key; settings without a value give their problem instead.
  public func settled(
    _ unit: UnitID, on day: Day, using evaluate: SettingEvaluator? = nil
  ) throws -> [SettledSetting] {
    _ = try layers(of: unit, on: day)
    return declarations.map { declaration in
      let result = Result {
        try resolve(declaration.key, for: unit, on: day, using: evaluate)
      }
      return SettledSetting(declaration: declaration, result: result)
    }
  }

  /// The keys whose values differ between two units on a day.
  ///
  /// - Throws: why a value of one of them is not known.
  public func diff(
    _ left: UnitID, _ right: UnitID, on day: Day, using evaluate: SettingEvaluator? = nil
  ) throws -> [SettingDifference] {
    try zip(
      settled(left, on: day, using: evaluate), settled(right, on: day, using: evaluate)
    ).compactMap { one, other in
      let (left, right) = (try one.known(), try other.known())
      guard left?.value != right?.value else { return nil }
      return SettingDifference(declaration: one.declaration, left: left, right: right)
    }
  }

  /// The units whose value a change alters on a day; stores nothing.
  ///
  /// - Throws: why the change is refused, as `check` does.
  public func impact(
    of change: SettingDefinition, on day: Day, using evaluate: SettingEvaluator? = nil
  ) throws -> [SettingImpact] {
    let changed = try check(change, using: evaluate).accepted()
    return try units.filter { $0.exists(on: day) }.compactMap { unit in
      let old = try? resolve(change.key, for: unit.id, on: day, using: evaluate)
      let new = try? changed.resolve(change.key, for: unit.id, on: day, using: evaluate)
      guard old?.value != new?.value else { return nil }
      return SettingImpact(unit: try layers(of: unit.id, on: day), old: old, new: new)
    }
  }
}

/// One line of all settings of a unit.
public struct SettledSetting: Sendable {
  public let declaration: SettingDeclaration
  public let result: Result<Resolution, any Error>

  public var resolution: Resolution? { try? result.get() }

  /// Nil where there is no value, for a lower layer has to define it.
  ///
  /// - Throws: why the value is not known.
  public func known() throws -> Resolution? {
    do {
      return try result.get()
    } catch let problem as Problem where problem.code == .settingRequired {
      return nil
    }
  }
}
