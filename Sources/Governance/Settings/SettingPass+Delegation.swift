/// Rule 2: what layers may do to each other.
extension SettingPass {
  func judge(_ layer: SettingLayer) throws {
    let own = standing.filter { definition($0).layer == layer }
    guard !own.isEmpty else { return }
    for index in own.filter({ definition($0).isUnset }) {
      try judge(index)
      if fates[index] == nil { withdraw(by: index, among: own) }
    }
    // Weak before strong: a computed value may ask for what it beats.
    let rest = own.filter { fates[$0] == nil }.sorted { left, right in
      yields(left, to: right) || (!yields(right, to: left) && left < right)
    }
    for index in rest { try judge(index) }
  }

  private func judge(_ index: Int) throws {
    let definition = definition(index)
    if let wanted = definition.delegation {
      let given = delegation(binding: nil, below: definition.layer)
      if !given.mayNarrow(to: wanted) {
        let problem = Problem.settingWidened(declaration, definition, from: given, to: wanted)
        fates[index] = .refused(problem, problem.message)
        return
      }
    }
    do {
      if !definition.isUnset { values[index] = try value(of: index) }
    } catch let problem as Problem where problem.code == .settingRefused {
      fates[index] = .refused(problem, problem.message)
      return
    }
    let bound = delegation(binding: definition.layer)
    if let breach = try breach(of: bound, by: index) {
      let problem = Problem.settingDelegation(declaration, definition, bound, breach)
      fates[index] = .refused(problem, breach)
    }
  }

  /// What a layer may do: as declared, narrowed by the layers between.
  func delegation(
    binding layer: SettingLayer?, below upper: SettingLayer? = nil
  ) -> SettingDelegation {
    let isBound = layer.map { $0 > declaration.owner } ?? ((upper ?? .law) >= declaration.owner)
    var result = isBound ? declaration.delegation : .open
    let limit = layer ?? upper ?? .trial
    let above = candidates.filter { definition($0).layer < limit && isHeard($0) }
    for index in above.sorted(by: { definition($0).layer < definition($1).layer }) {
      if let narrower = definition(index).delegation, result.mayNarrow(to: narrower) {
        result = narrower
      }
    }
    return result
  }

  /// Whether a definition is in force and not refused, whoever wins in the end.
  private func isHeard(_ index: Int) -> Bool {
    switch fates[index] {
    case nil, .overridden, .mandated, .weaker, .same, .exception, .ordered: true
    default: false
    }
  }

  private func breach(of bound: SettingDelegation, by index: Int) throws -> Words? {
    let isUnset = definition(index).isUnset
    switch bound {
    case .open, .required: return nil
    case .locked where definition(index).scope == .trial(nil) && declaration.owner != .law:
      return nil
    case .locked:
      return Words("上级已锁定，下级不得另行规定", "the upper layer has locked it")
    case .add where isUnset:
      return Words("不能撤销", "it cannot be withdrawn")
    case .add where declaration.merge == .union: return nil
    case .tighten where isUnset: return nil
    case .add: return try looseness(.superset, of: index)
    case .tighten(let direction): return try looseness(direction, of: index)
    }
  }

  private func looseness(_ direction: Stricter, of index: Int) throws -> Words? {
    guard let value = values[index], let inherited = try inherited(above: definition(index).layer)
    else { return nil }
    return declaration.looseness(
      of: value, against: inherited.value, direction, from: inherited.layer)
  }

  /// What holds above a layer, and which layer says so; a trial stands in for the community.
  private func inherited(
    above layer: SettingLayer
  ) throws -> (value: SettingValue, layer: SettingLayer)? {
    let limit = min(layer, .community)
    let above = standing.filter { definition($0).layer < limit }
    guard let outcome = try settle(above) else { return nil }
    return (outcome.value, outcome.winners.first.map { definition($0).layer } ?? declaration.owner)
  }

  /// The bound that a community has from above, where settings may only become stricter.
  func floor() -> Resolution.Floor? {
    guard case .tighten(let direction) = delegation(binding: .community) else { return nil }
    let above = candidates.filter {
      definition($0).layer < .community && isHeard($0) && !definition($0).isUnset
    }
    guard let outcome = try? settle(above) else { return nil }
    return Resolution.Floor(
      value: outcome.value, direction: direction,
      layer: outcome.winners.first.map { definition($0).layer } ?? declaration.owner)
  }

  /// A tombstone silences what its own layer said until then.
  private func withdraw(by tombstone: Int, among own: [Int]) {
    guard case .unset(let reason) = definition(tombstone).content else { return }
    for index in own where fates[index] == nil && !definition(index).isUnset {
      if isSameSource(index, tombstone), start(index) <= start(tombstone) {
        fates[index] = .withdrawn(reason)
      }
    }
    fates[tombstone] = .withdrawal(reason)
  }
}
