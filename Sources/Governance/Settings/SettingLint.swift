/// Something about settings that is allowed and probably not meant.
public struct SettingAdvice: Hashable, Sendable {
  public enum Kind: String, CaseIterable, Sendable {
    case equalToInherited = "equal_to_inherited"
    case neverTrue = "never_true"
    case neverWins = "never_wins"
    case typeWithoutUnit = "type_without_unit"
    case unitWithoutType = "unit_without_type"
    case mandateWithoutBasis = "mandate_without_basis"
    case expiresSoon = "expires_soon"
    case nothingToUnset = "nothing_to_unset"
  }

  public let kind: Kind
  public let words: Words
  public let place: Place?

  /// The one unit that it is about, where it is about one.
  public let unit: UnitID?

  init(kind: Kind, words: Words, place: Place?, unit: UnitID? = nil) {
    self.kind = kind
    self.words = words
    self.place = place
    self.unit = unit
  }
}

extension SettingScope {
  /// Whether a rule of this scope may hold for a unit.
  fileprivate func concerns(_ unit: UnitLayers) -> Bool {
    switch self {
    case .law, .trial: true
    case .street(let street): street == nil || street == unit.street
    case .type(let code): unit.types.contains { $0.code == code }
    case .community(let community): community == unit.community || community == unit.unit
    }
  }
}

extension SettingsBook {
  /// How many days ahead an end is announced.
  static let notice = 30

  /// What is allowed but probably not meant, as of a day, in the order of definitions.
  ///
  /// Only definitions in force are judged, over the units that exist.
  ///
  /// - Parameter unit: only what concerns it: its own rules and those of the layers above it.
  public func lint(
    on day: Day, for unit: UnitID? = nil, using evaluate: SettingEvaluator? = nil
  ) -> [SettingAdvice] {
    let present = units.filter { $0.exists(on: day) }
    let own = unit.flatMap { try? layers(of: $0, on: day) }
    var advice: [SettingAdvice] = []
    for key in definitionsByKey.keys.sorted() {
      let results = present.compactMap { try? resolve(key, for: $0.id, on: day, using: evaluate) }
      for index in definitionsByKey[key] ?? [] where rejected[index] == nil {
        let definition = definitions[index]
        guard definition.isInForce(on: day), definition.isStorable,
          own.map(definition.scope.concerns) ?? true
        else { continue }
        advice += lint(definition, results, on: day, using: evaluate)
      }
    }
    return advice
      + lintTypes(present, on: day).filter { own == nil || $0.unit == own?.unit }
  }

  private func lint(
    _ definition: SettingDefinition, _ results: [Resolution], on day: Day,
    using evaluate: SettingEvaluator?
  ) -> [SettingAdvice] {
    var advice: [SettingAdvice] = []
    if definition.strength == .mandate, definition.basis?.trimmedBlank.isEmpty ?? true {
      advice.append(
        definition.advice(.mandateWithoutBasis, "强制规定没有写依据", "is mandated without a basis"))
    }
    if let to = definition.to, to - day <= Self.notice {
      advice.append(
        definition.advice(
          .expiresSoon, "将在 \(to - day) 天后（\(to)）失效", "expires in \(to - day) days, on \(to)"))
    }
    return advice + lintEffect(of: definition, results, on: day, using: evaluate)
  }

  private func lintEffect(
    of definition: SettingDefinition, _ results: [Resolution], on day: Day,
    using evaluate: SettingEvaluator?
  ) -> [SettingAdvice] {
    if definition.wasReplacedAtOnce { return [] }
    let name = definition.canonical
    let wins = results.filter { $0.winners.contains { $0.definition.canonical == name } }
    let losses = results.compactMap { $0.losers.first { $0.definition.canonical == name }?.loss }
    if definition.isUnset {
      let isIdle = !results.contains { $0.losers.contains { $0.loss.isWithdrawn(by: definition) } }
      return isIdle && !losses.isEmpty
        ? [definition.advice(.nothingToUnset, "没有可撤销的规定", "withdraws nothing")] : []
    }
    guard wins.isEmpty else {
      return isEqualToInherited(definition, wins, on: day, using: evaluate)
        ? [
          definition.advice(
            .equalToInherited, "与不写时的值相同", "says what would hold without it")
        ] : []
    }
    guard !losses.isEmpty else { return [] }
    if losses.allSatisfy({ $0 == .conditionFalse }) {
      return [
        definition.advice(.neverTrue, "条件对任何单位都不成立", "has a condition that holds for no unit")
      ]
    }
    if losses.contains(.same) {
      return [
        definition.advice(.equalToInherited, "与不写时的值相同", "says what would hold without it")
      ]
    }
    let reason = losses[0].words
    return [
      definition.advice(
        .neverWins, "对任何单位都不起作用：\(reason.chinese)", "decides for no unit: \(reason.english)")
    ]
  }

  private func isEqualToInherited(
    _ definition: SettingDefinition, _ wins: [Resolution], on day: Day,
    using evaluate: SettingEvaluator?
  ) -> Bool {
    let without = removing(definition)
    return wins.allSatisfy { result in
      let other = try? without.resolve(
        definition.key, for: result.unit.unit, on: day, using: evaluate)
      return other?.value == result.value
    }
  }

  private func lintTypes(_ present: [SettingUnit], on day: Day) -> [SettingAdvice] {
    let layers = present.compactMap { try? self.layers(of: $0.id, on: day) }
    let used = Set(layers.flatMap(\.types).map(\.code))
    let idle = typologies.flatMap(\.types).filter { !used.contains($0.code) }.map { type in
      SettingAdvice(
        kind: .typeWithoutUnit,
        words: Words(
          "类型“\(type.label.chinese)”（\(type.code)）没有社区", "no unit is of the type '\(type.code)'"),
        place: nil)
    }
    let untyped = layers.filter { $0.community == $0.unit && $0.types.isEmpty }.map { unit in
      SettingAdvice(
        kind: .unitWithoutType,
        words: Words("\(unit.unit) 没有类型", "\(unit.unit) has no type"), place: nil,
        unit: unit.unit)
    }
    return (typologies.isEmpty ? [] : idle + untyped)
  }
}

extension SettingDefinition {
  fileprivate func advice(
    _ kind: SettingAdvice.Kind, _ chinese: String, _ english: String
  ) -> SettingAdvice {
    let scope = scope.name.isEmpty ? "" : " \(scope.name)"
    return SettingAdvice(
      kind: kind,
      words: Words(
        "\(layer.label.chinese)\(scope) 的 \(key)：\(chinese)",
        "\(key) of the \(layer.label.english)\(scope) \(english)"),
      place: place)
  }
}

extension SettingLoss {
  fileprivate func isWithdrawn(by tombstone: SettingDefinition) -> Bool {
    guard case .withdrawn(let reason) = self, case .unset(let own) = tombstone.content else {
      return false
    }
    return reason == own
  }
}
