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
    let shown = floor.value.words(as: declaration.type)
    let kind: Words
    switch floor.direction {
    case .higher: kind = Words("下限 \(shown.chinese)", "minimum \(shown.english)")
    case .lower: kind = Words("上限 \(shown.chinese)", "maximum \(shown.english)")
    case .subset, .superset: kind = Words("范围", "range")
    }
    return Words(
      words.chinese + "；\(kind.chinese) 仍有效（只可从严）",
      words.english + "; its \(kind.english) still holds (stricter only)")
  }

  private var footer: Words {
    let place = declaration.place?.description ?? "—"
    let basis = declaration.basis
    return Words(
      "键声明   \(place)" + (basis.map { "  依据：\($0)" } ?? "")
        + "  委托方式：\(delegation.label.chinese)",
      "declared \(place)" + (basis.map { "  basis: \($0)" } ?? "")
        + "  delegation: \(delegation.label.english)")
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

extension SettingWhy {
  /// The lines of `gongyue why`, columns aligned by display width, empty columns left out.
  public func lines(in language: Language) -> [String] {
    let cells = rows.map { row in
      [row.layer, row.source, row.statement, row.validity].map { $0.text(in: language) }
    }
    let widths = (0..<4).map { column in cells.map { DisplayWidth.of($0[column]) }.max() ?? 0 }
    let table = zip(rows, cells).map { row, cells in
      let columns = zip(cells, widths).filter { $1 > 0 }.map { $0.padded(to: $1) + "  " }
      let line = " \(row.isWinner ? "✔" : "✗") " + columns.joined() + row.remark.text(in: language)
      return line.withoutTrailingBlank
    }
    // The subject stands above the remarks.
    let column = widths.filter { $0 > 0 }.reduce(3) { $0 + $1 + 2 }
    let answer = answer.text(in: language)
    let heading =
      answer.padded(to: max(column, DisplayWidth.of(answer) + 2)) + subject.text(in: language)
    return [heading] + table + [declaration.text(in: language)]
      + warnings.map { "⚠ " + $0.text(in: language) }
  }
}

extension String {
  fileprivate var withoutTrailingBlank: String {
    var rest = self[...]
    while rest.last == " " { rest = rest.dropLast() }
    return String(rest)
  }
}
