/// `why` as data: one row for each definition that has something to say.
public struct SettingWhy: Hashable, Sendable {
  public struct Row: Hashable, Sendable {
    /// Whether it decides.
    public let isWinner: Bool
    public let layer: Words
    public let source: Words

    /// Strength and value: `set 7`.
    public let statement: Words
    public let validity: Words

    /// The approval or basis of a winner, the reason of a loser.
    public let remark: Words
  }

  /// `公示期 = 7 个工作日`.
  public let answer: Words

  /// `十字街社区 · 2024-04-23`.
  public let subject: Words
  public let rows: [Row]

  /// Where the key is declared, its basis and delegation.
  public let declaration: Words
  public let warnings: [Words]
}

extension Resolution {
  /// Who said what, for a person.
  public var why: SettingWhy {
    let care = unit.caretaker.map { Words("（由 \($0) 代管）", " (looked after by \($0))") }
    return SettingWhy(
      answer: Words(
        "\(declaration.label.chinese) = \(words.chinese)",
        "\(declaration.label.english) = \(words.english)"),
      subject: Words(
        unit.name.chinese + (care?.chinese ?? "") + " · \(day)",
        unit.name.english + (care?.english ?? "") + " · \(day)"),
      rows: winnerRows + losers.map(row), declaration: footer, warnings: warnings)
  }

  private var winnerRows: [SettingWhy.Row] {
    let decided = winners.map { winner in
      SettingWhy.Row(
        isWinner: true, layer: winner.definition.layer.label, source: winner.definition.source,
        statement: statement(winner.definition, winner.value),
        validity: winner.definition.validity, remark: winner.definition.credentials)
    }
    guard let value = declaration.defaultValue, winners.isEmpty || declaration.merge == .union
    else { return decided }
    let shown = value.words(as: declaration.type)
    let fallback = SettingWhy.Row(
      isWinner: true, layer: declaration.owner.label,
      source: Words(verbatim: declaration.place?.description ?? "—"),
      statement: Words("default \(shown.chinese)", "default \(shown.english)"),
      validity: Words("", ""), remark: Words("键声明的默认值", "the declared default"))
    return decided + [fallback]
  }

  private func row(_ loser: Loser) -> SettingWhy.Row {
    SettingWhy.Row(
      isWinner: false, layer: loser.definition.layer.label, source: loser.definition.source,
      statement: statement(loser.definition, loser.value),
      validity: loser.definition.validity, remark: remark(loser))
  }

  private func statement(_ definition: SettingDefinition, _ value: SettingValue?) -> Words {
    let shown = value?.words(as: declaration.type) ?? Words("", "")
    let strength = definition.strength.rawValue
    switch definition.content {
    case .value: return Words("\(strength) \(shown.chinese)", "\(strength) \(shown.english)")
    case .unset: return Words("unset", "unset")
    case .function(let reference):
      let name = definition.spelled(reference)
      guard value != nil else { return Words(verbatim: "\(strength) \(name)") }
      return Words(
        "\(strength) \(shown.chinese)（\(name)）", "\(strength) \(shown.english) (\(name))")
    }
  }

  /// Why it lost; an overridden value may still be the bound for those below.
  private func remark(_ loser: Loser) -> Words {
    let words = loser.loss.words
    guard let floor, case .overridden = loser.loss, loser.value == floor.value,
      loser.definition.layer == floor.layer
    else { return words }
    let kind = floor.bound(as: declaration.type) ?? Words("范围", "range")
    return Words(
      words.chinese + "；\(kind.chinese) 仍有效（只可从严）",
      words.english + "; its \(kind.english) still holds (stricter only)")
  }

  /// The declaration: what would hold without any rule, and what the community may do.
  private var footer: Words {
    let place = declaration.place?.description ?? "—"
    let basis = declaration.basis
    let fallback =
      winners.isEmpty
      ? nil : declaration.defaultValue.map { $0.words(as: declaration.type) }
    let bound = floor?.bound(as: declaration.type)
    return Words(
      "键声明   \(place)" + (fallback.map { "  默认 \($0.chinese)" } ?? "")
        + (basis.map { "  依据：\($0)" } ?? "") + "  委托方式：\(delegation.label.chinese)"
        + (bound.map { "（\($0.chinese)）" } ?? ""),
      "declared \(place)" + (fallback.map { "  default \($0.english)" } ?? "")
        + (basis.map { "  basis: \($0)" } ?? "") + "  delegation: \(delegation.label.english)"
        + (bound.map { " (\($0.english))" } ?? ""))
  }
}

extension Resolution.Floor {
  /// `下限 5`; nil where the bound is a set of choices.
  fileprivate func bound(as type: SettingType) -> Words? {
    let shown = value.words(as: type)
    return switch direction {
    case .higher: Words("下限 \(shown.chinese)", "minimum \(shown.english)")
    case .lower: Words("上限 \(shown.chinese)", "maximum \(shown.english)")
    case .subset, .superset: nil
    }
  }
}

extension SettingDefinition {
  /// `2023-01-01 起`, or both days included.
  var validity: Words {
    switch (from, to) {
    case (nil, nil): Words("", "")
    case (let from?, nil): Words("\(from) 起", "from \(from)")
    case (nil, let to?): Words("至 \(to + -1)", "until \(to + -1)")
    case (let from?, let to?) where from == to: Words("未曾生效", "never in force")
    case (let from?, let to?): Words("\(from) 至 \(to + -1)", "\(from) to \(to + -1)")
    }
  }

  /// A function as its file of settings names it: without the folder they share.
  func spelled(_ reference: FunctionReference) -> String {
    let folder = (place?.file.split(separator: "/").dropLast() ?? []).map { "\($0)/" }.joined()
    let name = reference.description
    return name.hasPrefix(folder) ? String(name.dropFirst(folder.count)) : name
  }

  /// Who approved it, or what it rests on.
  var credentials: Words {
    Words(
      approval ?? basis.map { "依据：\($0)" } ?? "", approval ?? basis.map { "basis: \($0)" } ?? "")
  }
}
