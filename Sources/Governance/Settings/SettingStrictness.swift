extension SettingDeclaration {
  /// How a value is looser than the inherited one, as a clause, or nil when it is not.
  func looseness(
    of value: SettingValue, against inherited: SettingValue, _ direction: Stricter,
    from layer: SettingLayer
  ) -> Words? {
    switch direction {
    case .higher, .lower: numericLooseness(value, inherited, direction, layer)
    case .superset: missingItem(of: inherited, in: value, layer)
    case .subset: missingItem(of: value, in: inherited, layer, isExtra: true)
    }
  }

  private func numericLooseness(
    _ value: SettingValue, _ inherited: SettingValue, _ direction: Stricter, _ layer: SettingLayer
  ) -> Words? {
    if case .map(let given) = value, case .map(let bounds) = inherited {
      for (key, bound) in bounds.sorted(by: { $0.key < $1.key }) {
        guard let member = given[key] else { continue }
        if let words = numericLooseness(member, bound, direction, layer) {
          let label = memberLabel(key)
          return Words("“\(label.chinese)”" + words.chinese, "'\(label.english)' " + words.english)
        }
      }
      return nil
    }
    guard let position = value.position, let limit = inherited.position else { return nil }
    let shown = words(inherited)
    switch direction {
    case .higher where position < limit:
      return Words(
        "低于\(layer.label.chinese)下限 \(shown.chinese)",
        "below the \(layer.label.english)'s minimum of \(shown.english)")
    case .lower where position > limit:
      return Words(
        "高于\(layer.label.chinese)上限 \(shown.chinese)",
        "above the \(layer.label.english)'s maximum of \(shown.english)")
    default: return nil
    }
  }

  private func missingItem(
    of wanted: SettingValue, in held: SettingValue, _ layer: SettingLayer, isExtra: Bool = false
  ) -> Words? {
    guard case .list(let items) = wanted, case .list(let others) = held,
      let item = items.first(where: { !others.contains($0) })
    else { return nil }
    let name = elementWords(item)
    return isExtra
      ? Words(
        "“\(name.chinese)”不在\(layer.label.chinese)允许的范围内",
        "'\(name.english)' is not among what the \(layer.label.english) allows")
      : Words(
        "缺少\(layer.label.chinese)规定的“\(name.chinese)”",
        "'\(name.english)', set by the \(layer.label.english), is missing")
  }

  func memberLabel(_ code: String) -> Words {
    type.ordered([code: .boolean(true)]).first?.label ?? Words(verbatim: code)
  }

  /// Values of equal rank as one, where the declaration says how; nil where it does not.
  func combine(_ values: [SettingValue]) -> SettingValue? {
    let ordered = values.compactMap { value in value.position.map { (position: $0, value: value) } }
    guard ordered.count == values.count else { return nil }
    switch merge {
    case .min: return ordered.min { $0.position < $1.position }?.value
    case .max: return ordered.max { $0.position < $1.position }?.value
    case .sum: return sum(ordered.map(\.position))
    case .replace, .union, .byKey: return nil
    }
  }

  private func sum(_ positions: [Int128]) -> SettingValue? {
    let (units, rest) = positions.reduce(0, +).quotientAndRemainder(dividingBy: 1_000_000_000)
    if rest == 0, let whole = Int64(exactly: units) { return .integer(whole) }
    guard let exact = Int64(exactly: positions.reduce(0, +)) else { return nil }
    return .decimal(Decimal(units: exact, places: 9))
  }
}
