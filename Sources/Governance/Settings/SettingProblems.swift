extension Problem {
  static func settingUnknown(
    _ key: String, among declarations: [SettingDeclaration], at place: Place? = nil
  ) -> Problem {
    let names = declarations.flatMap { [$0.key, $0.label.chinese, $0.alias].compactMap(\.self) }
    let match = nearest(to: key, in: names).flatMap { name in
      declarations.first { $0.key == name || $0.label.chinese == name || $0.alias == name }
    }
    return Problem(
      .settingUnknown, Words("没有叫“\(key)”的设置", "there is no setting '\(key)'"), at: place,
      hint: match.map {
        Words("是否指 \($0.key)（\($0.label.chinese)）？", "did you mean \($0.key)?")
      })
  }

  static func settingRetired(_ rename: SettingRename, at place: Place? = nil) -> Problem {
    Problem(
      .settingUnknown,
      Words(
        "设置“\(rename.old)”自 \(rename.from) 起已停用",
        "setting '\(rename.old)' is retired since \(rename.from)"),
      at: place, hint: rename.note)
  }

  static func settingMismatch(
    _ declaration: SettingDeclaration, _ mismatch: SettingMismatch, at place: Place?
  ) -> Problem {
    let words = mismatch.words
    return Problem(
      .settingInvalid,
      Words(
        "“\(declaration.label.chinese)”（\(declaration.key)）\(words.chinese)",
        "\(declaration.key)\(words.english)"),
      at: place, hint: mismatch.hint ?? declaration.measureWords)
  }

  static func settingOutOfBounds(
    _ declaration: SettingDeclaration, _ value: SettingValue, _ breach: Words, at place: Place?
  ) -> Problem {
    let shown = declaration.words(value)
    let basis = declaration.basis
    return Problem(
      .settingRefused,
      Words(
        "“\(declaration.label.chinese)”（\(declaration.key)）\(breach.chinese)，"
          + "这里是 \(shown.chinese)",
        "\(declaration.key) \(breach.english), but is \(shown.english)"),
      at: place, hint: basis.map { Words("依据：\($0)", "basis: \($0)") })
  }

  static func settingLayerNotAllowed(
    _ declaration: SettingDeclaration, _ definition: SettingDefinition
  ) -> Problem {
    let allowed = SettingLayer.allCases.filter(declaration.definers.contains).map(\.label)
    return Problem(
      .settingRefused,
      Words(
        "“\(declaration.label.chinese)”（\(declaration.key)）不能由\(definition.layer.label.chinese)规定",
        "\(declaration.key) cannot be defined by the \(definition.layer.label.english) layer"),
      at: definition.place,
      hint: Words(
        "可以规定它的是：" + allowed.map(\.chinese).joined(separator: "、"),
        "it may be defined by: " + allowed.map(\.english).joined(separator: ", ")))
  }

  /// A lower layer went against what an upper one lets it do.
  static func settingDelegation(
    _ declaration: SettingDeclaration, _ definition: SettingDefinition,
    _ delegation: SettingDelegation, _ breach: Words
  ) -> Problem {
    Problem(
      .settingRefused,
      Words(
        "“\(declaration.label.chinese)”（\(declaration.key)）\(delegation.label.chinese)："
          + breach.chinese,
        "\(declaration.key) is \(delegation.label.english): \(breach.english)"),
      at: definition.place,
      hint: declaration.basis.map { Words("依据：\($0)", "basis: \($0)") })
  }

  static func settingWidened(
    _ declaration: SettingDeclaration, _ definition: SettingDefinition,
    from given: SettingDelegation, to wanted: SettingDelegation
  ) -> Problem {
    Problem(
      .settingRefused,
      Words(
        "“\(declaration.label.chinese)”（\(declaration.key)）的委托方式是“\(given.label.chinese)”，"
          + "不能放宽为“\(wanted.label.chinese)”",
        "\(declaration.key) is \(given.label.english), which cannot be widened to "
          + wanted.label.english),
      at: definition.place)
  }

  static func settingConflict(
    _ declaration: SettingDeclaration, _ rivals: [(SettingDefinition, SettingValue?)],
    in layers: UnitLayers, on day: Day, member: Words? = nil
  ) -> Problem {
    let rivals = rivals.sorted { $0.0.filing < $1.0.filing }
    func list(_ language: Language, _ separator: String) -> String {
      rivals.map { definition, value in
        let value = value.map { " " + declaration.words($0).text(in: language) } ?? ""
        let named = layers.words(of: definition.scope).text(in: language)
        return definition.layer.label.text(in: language) + (named.isEmpty ? "" : " \(named)")
          + value
          + "（\(definition.source.text(in: language))）"
      }.joined(separator: separator)
    }
    let part = member.map { Words("的“\($0.chinese)”", " '\($0.english)'") } ?? Words("", "")
    return Problem(
      .settingConflict,
      Words(
        "“\(declaration.label.chinese)”（\(declaration.key)）\(part.chinese)在 \(layers.unit)（\(day)）"
          + "有互不相同的同级规定：" + list(.chinese, "；"),
        "\(declaration.key)\(part.english) has conflicting definitions of equal rank for "
          + "\(layers.unit) on \(day): " + list(.english, "; ")),
      at: rivals.compactMap(\.0.place).first,
      hint: Words(
        "请删去一条，或调整起止日期；也可由声明者规定类型的先后（order）或合并方式（merge）",
        "remove one or change its dates, or let the owner declare an order or a merge"))
  }

  static func settingExceptionsOverlap(
    _ declaration: SettingDeclaration, _ rivals: [SettingDefinition], label: String,
    in layers: UnitLayers, on day: Day
  ) -> Problem {
    let rivals = rivals.sorted { $0.filing < $1.filing }
    let places = rivals.map(\.source)
    return Problem(
      .settingConflict,
      Words(
        "“\(declaration.label.chinese)”（\(declaration.key)）的例外“\(label)”在 \(layers.unit)（\(day)）"
          + "同时成立：" + places.map(\.chinese).joined(separator: "；"),
        "exceptions '\(label)' of \(declaration.key) hold at the same time for \(layers.unit) on "
          + "\(day): " + places.map(\.english).joined(separator: "; ")),
      at: rivals.compactMap(\.place).first,
      hint: Words("同一组例外的条件必须互相排斥", "conditions of one group must exclude each other"))
  }

  static func settingRequired(
    _ declaration: SettingDeclaration, in layers: UnitLayers, on day: Day
  ) -> Problem {
    let allowed = SettingLayer.allCases.filter(declaration.definers.contains)
    let target = target(among: allowed, in: layers)
    return Problem(
      .settingRequired,
      Words(
        "“\(declaration.label.chinese)”（\(declaration.key)）对 \(layers.unit) 在 \(day) 没有规定，也没有默认值",
        "\(declaration.key) is not defined for \(layers.unit) on \(day) and has no default"),
      at: declaration.place,
      hint: Words(
        "请由" + allowed.map(\.label.chinese).joined(separator: "或")
          + "规定：gongyue set \(declaration.key) 值 \(target) --basis 依据",
        "define it: gongyue set \(declaration.key) VALUE \(target) --basis TEXT"))
  }

  /// How `set` names the most specific layer of a unit that may define a key.
  private static func target(among allowed: [SettingLayer], in layers: UnitLayers) -> String {
    if allowed.contains(.community) { return "--unit \(layers.unit)" }
    guard allowed.contains(.type), let type = layers.types.first else { return "--street" }
    return "--type \(type.code)"
  }

  static func settingFunctionUnavailable(_ reference: FunctionReference) -> Problem {
    Problem(
      .settingInvalid,
      Words("此处不能计算函数 \(reference)", "the function \(reference) cannot be run here"))
  }

  static func settingConditionNotBoolean(
    _ reference: FunctionReference, _ value: SettingValue, at place: Place?
  ) -> Problem {
    Problem(
      .settingInvalid,
      Words(
        "条件函数 \(reference) 应返回“是”或“否”，现在是 \(value.canonical)",
        "condition \(reference) must return true or false, but gave \(value.canonical)"),
      at: place)
  }

  static func settingTrialStored(_ key: String, at place: Place?) -> Problem {
    Problem(
      .settingInvalid,
      Words("“\(key)”是试算，不能保存", "'\(key)' is a trial and cannot be stored"), at: place,
      hint: Words("要正式规定，请用 gongyue set", "to make it a rule, use gongyue set"))
  }

  static func settingUnitUnknown(_ unit: UnitID, among units: [SettingUnit]) -> Problem {
    let names = units.flatMap { [$0.id.rawValue, $0.name.chinese] }
    return Problem(
      .unitUnknown, Words("没有叫“\(unit)”的单位", "there is no unit '\(unit)'"),
      hint: nearest(to: unit.rawValue, in: names).map {
        Words("是否指 \($0)？", "did you mean \($0)?")
      })
  }
}

extension SettingDeclaration {
  /// What a number counts, and how it is typed.
  fileprivate var measureWords: Words? {
    guard let measure else { return nil }
    let example = SettingValue.integer(7).words(as: .integer, measure: measure)
    return Words(
      "单位是“\(measure.chinese)”，写 7 或 \(example.chinese)",
      "it counts \(measure.english): write 7 or \(example.english)")
  }
}
