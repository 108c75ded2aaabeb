/// Rules 3 to 7: who wins, and what a computed value inherits.
extension SettingPass {
  struct Outcome {
    let value: SettingValue
    let winners: [Int]
  }

  /// The value that some definitions give together with the declared default; nil when there is none.
  func settle(_ indices: [Int]) throws -> Outcome? {
    try requireExclusive(indices)
    switch declaration.merge {
    case .union: return try unite(indices)
    case .byKey: return try mergeByKey(indices)
    case .replace, .min, .max, .sum:
      let leaders = leaders(indices)
      guard !leaders.isEmpty else {
        return declaration.defaultValue.map { Outcome(value: $0, winners: []) }
      }
      return try decide(leaders)
    }
  }

  /// Those of highest rank: mandates of the highest layer, else sets of the lowest, else defaults.
  private func leaders(_ indices: [Int]) -> [Int] {
    guard let strength = indices.map({ definition($0).strength }).max() else { return [] }
    var group = indices.filter { definition($0).strength == strength }
    let depths = group.map { definition($0).layer }
    let layer = strength == .mandate ? depths.min() : depths.max()
    group = group.filter { definition($0).layer == layer }
    return group.filter { index in !group.contains { yields(index, to: $0) } }
  }

  /// Whether one definition gives way to another of its own layer.
  func yields(_ index: Int, to other: Int) -> Bool {
    let (one, two) = (definition(index), definition(other))
    guard one.layer == two.layer else { return false }
    if one.strength != two.strength { return one.strength < two.strength }
    if one.layer == .type, precedence(one.scope) != precedence(two.scope) {
      return precedence(one.scope) > precedence(two.scope)
    }
    return isSameSource(index, other) && one.exception == nil && two.exception != nil
  }

  private func precedence(_ scope: SettingScope) -> Int {
    let typology = layers.types.first { $0.code == scope.name }?.typology
    return typology.flatMap { declaration.order.firstIndex(of: $0) } ?? declaration.order.count
  }

  private func decide(_ leaders: [Int]) throws -> Outcome {
    let each = try leaders.map { (index: $0, value: try value(of: $0)) }
    guard Set(each.map(\.value)).count > 1 else {
      return Outcome(value: each[0].value, winners: [each[0].index])
    }
    guard let merged = declaration.combine(each.map(\.value)) else {
      rivals = leaders
      throw Problem.settingConflict(
        declaration, each.map { (definition($0.index), $0.value) }, in: layers, on: day)
    }
    return Outcome(value: try declaration.accept(merged), winners: leaders)
  }

  /// Exceptions of one group and one voice that hold at once contradict each other.
  private func requireExclusive(_ indices: [Int]) throws {
    for (place, index) in indices.enumerated() {
      guard let label = definition(index).exception else { continue }
      let others = indices.dropFirst(place + 1).filter {
        definition($0).exception == label && isSameSource($0, index)
      }
      guard !others.isEmpty else { continue }
      rivals = [index] + others
      throw Problem.settingExceptionsOverlap(
        declaration, rivals.map(definition), label: label, in: layers, on: day)
    }
  }

  private func unite(_ indices: [Int]) throws -> Outcome? {
    var items: [SettingValue] = []
    let ordered = indices.sorted {
      (definition($0).layer, $0) < (definition($1).layer, $1)
    }
    let lists = [declaration.defaultValue].compactMap(\.self) + (try ordered.map(value(of:)))
    guard !lists.isEmpty else { return nil }
    for case .list(let more) in lists {
      for item in more where !items.contains(item) { items.append(item) }
    }
    return Outcome(value: .list(items), winners: ordered)
  }

  private func mergeByKey(_ indices: [Int]) throws -> Outcome? {
    var merged: [String: SettingValue] = [:]
    if case .map(let members)? = declaration.defaultValue { merged = members }
    var parts: [(index: Int, members: [String: SettingValue])] = []
    for index in indices {
      if case .map(let members) = try value(of: index) { parts.append((index, members)) }
    }
    var winners: Set<Int> = []
    for key in Set(parts.flatMap(\.members.keys)).sorted() {
      let leaders = leaders(parts.filter { $0.members[key] != nil }.map(\.index))
      let rivals = parts.filter { leaders.contains($0.index) }
      guard Set(rivals.map { $0.members[key] }).count == 1, let first = rivals.first else {
        self.rivals = leaders
        let pairs = rivals.map { part in
          (definition(part.index), part.members[key].map { SettingValue.map([key: $0]) })
        }
        throw Problem.settingConflict(
          declaration, pairs, in: layers, on: day, member: declaration.memberLabel(key))
      }
      merged[key] = first.members[key]
      winners.insert(first.index)
    }
    guard declaration.defaultValue != nil || !parts.isEmpty else { return nil }
    return Outcome(value: .map(merged), winners: indices.filter(winners.contains))
  }

  func value(of index: Int) throws -> SettingValue {
    if let value = values[index] { return value }
    let definition = definition(index)
    let value: SettingValue
    switch definition.content {
    case .value(let given): value = given
    case .function(let reference):
      let raw = try call(reference, index) { try self.inheritedValue(for: index) }
      value = try declaration.accept(raw, at: definition.place)
    case .unset: preconditionFailure("a tombstone has no value")
    }
    values[index] = value
    return value
  }

  private func inheritedValue(for index: Int) throws -> SettingValue {
    let layer = definition(index).layer
    let beaten = standing.filter {
      definition($0).layer < layer || (yields($0, to: index) && !definition($0).isUnset)
    }
    guard let outcome = try settle(beaten) else {
      throw Problem.settingRequired(declaration, in: layers, on: day)
    }
    return outcome.value
  }

  func loss(of index: Int, to winners: [Int]) -> SettingLoss {
    let loser = definition(index)
    let rivals = winners.map(definition)
    guard let winner = rivals.first(where: { $0.layer == loser.layer }) ?? rivals.first else {
      return .same
    }
    if winner.layer == loser.layer {
      if loser.strength < winner.strength { return .weaker(winner.layer) }
      if let label = winner.exception, loser.exception == nil { return .exception(label) }
      return precedence(loser.scope) > precedence(winner.scope) && loser.layer == .type
        ? .ordered(layers.words(of: winner.scope)) : .same
    }
    if winner.strength == .mandate { return .mandated(winner.layer) }
    return winner.layer < loser.layer ? .weaker(winner.layer) : .overridden(winner.layer)
  }
}
