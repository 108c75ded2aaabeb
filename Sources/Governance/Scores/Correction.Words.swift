/// What differs from a closed result, for people and for programs.
extension Correction {
  /// How many records or settings are told one by one, and how many parts of one total.
  private static let told = 10
  private static let parts = 6

  /// A heading, a paragraph for each cause, one for the scores, and what follows from it.
  ///
  /// - Parameters:
  ///   - names: what units are called.
  ///   - isStored: whether it was just closed again, so that it has its number.
  public func report(names: [UnitID: Words], isStored: Bool = false) -> [Report.Block] {
    guard !isEmpty else { return [.paragraph(.sameAsClosed)] }
    let title = Words(
      "与封存的结果不同（\(closing.id)，\(closing.day) 封存）",
      "Differs from what was closed (\(closing.id), on \(closing.day))")
    let paragraphs = causes.map(Self.words) + [scores(names)]
    return [.section(title)]
      + (paragraphs + [outcome(isStored)]).map(Report.Block.paragraph)
  }

  private static func words(_ cause: Cause) -> Words {
    let shown = cause.details.prefix(told).map {
      Words("  " + $0.words.chinese, "  " + $0.words.english)
    }
    let rest = cause.details.count - shown.count
    let more = rest > 0 ? [Words("  另有\(rest)条", "  and \(rest) more")] : []
    return Words.lines([cause.heading] + shown + more)
  }

  private func scores(_ names: [UnitID: Words]) -> Words {
    guard !changes.isEmpty else { return Words("得分没有变化。", "No score has changed.") }
    let units = Dictionary(grouping: changes, by: \.unit).sorted { $0.key < $1.key }
    let lines = units.flatMap { unit, changes -> [Words] in
      let totals = changes.filter { $0.path.count == 1 }
      let parts = changes.filter { $0.path.count > 1 }
      let name = names[unit] ?? Words(verbatim: unit.rawValue)
      let head =
        totals.isEmpty
        ? [Words("  \(name.chinese)：总分不变", "  \(name.english): the total is the same")]
        : totals.map {
          Words("  \(name.chinese) \($0.step.chinese)", "  \(name.english) \($0.step.english)")
        }
      let rest = parts.count - Self.parts
      return head + parts.prefix(Self.parts).map(\.line)
        + (rest > 0 ? [Words("    另有\(rest)项不同", "    and \(rest) more parts")] : [])
    }
    return Words.lines([Words("得分有变化：", "Scores that changed:")] + lines)
  }

  private func outcome(_ isStored: Bool) -> Words {
    isStored
      ? Words("这次封存为第\(number)号更正。", "Closed as correction \(number).")
      : Words(
        "封存的结果没有动。若重新封存，将成为第\(number)号更正。",
        "The closed result stands. Closed again, this would become correction \(number).")
  }

  public func json(in language: Language = .chinese) -> JSONValue {
    [
      "id": .string(closing.id), "number": .integer(Int64(number)),
      "causes": .array(
        causes.map { cause in
          [
            "source": .string(cause.source.rawValue),
            "names": .array(cause.names.map(JSONValue.string)),
            "details": .array(cause.details.map(\.data)),
          ]
        }),
      "changes": .array(changes.map { $0.json(in: language) }),
    ]
  }
}

extension Correction.Cause {
  /// `记录有变动：3条`.
  fileprivate var heading: Words {
    let count = details.count
    switch (source, count) {
    case (.records, 0):
      return Words(
        "记录有变动：\(names.count)项统计读到的记录与封存时不同",
        "Records changed: \(names.count) readings found other records")
    case (.records, _): return Words("记录有变动：\(count)条", "Records changed: \(count)")
    case (.settings, _): return Words("设置有变动：\(count)项", "Settings changed: \(count)")
    case (.plugins, _): return Words("插件有变动：\(count)个", "Plugins changed: \(count)")
    case (.calendar, 0):
      return Words(
        "工作日历有变动：文件改过，但没有哪一天因此改变",
        "Calendar changed: the file did, though no day is other than it was")
    case (.calendar, _): return Words("工作日历有变动：\(count)天", "Calendar changed: \(count) days")
    }
  }
}

extension Correction.Change {
  /// `87.46 → 86.12（-1.34）`.
  fileprivate var step: Words {
    let (was, becomes) = (old.words(asScore: true), new.words(asScore: true))
    let apart = new.number.flatMap { number in old.number.map { number - $0 } }
    let sign = apart.map { $0.isNegative ? "" : "+" } ?? ""
    let difference = apart.map { "\(sign)\($0.shownAsScore)" }
    return Words(
      "\(was.chinese) → \(becomes.chinese)" + (difference.map { "（\($0)）" } ?? ""),
      "\(was.english) → \(becomes.english)" + (difference.map { " (\($0))" } ?? ""))
  }

  fileprivate var line: Words {
    let indent = String(repeating: "  ", count: path.count)
    return Words(
      "\(indent)\(label.chinese) \(step.chinese)", "\(indent)\(label.english) \(step.english)")
  }

  fileprivate func json(in language: Language) -> JSONValue {
    [
      "unit": .string(unit.rawValue), "path": .array(path.map(JSONValue.string)),
      "label": .string(label.text(in: language)),
      "old": .optional(old.number, JSONValue.rational), "old_state": .string(old.state.rawValue),
      "new": .optional(new.number, JSONValue.rational), "new_state": .string(new.state.rawValue),
    ]
  }
}

extension Words {
  fileprivate static let sameAsClosed = Words(
    "与封存的结果一致", "the same as what was closed")

  fileprivate static func lines(_ lines: [Words]) -> Words {
    Words(
      lines.map(\.chinese).joined(separator: "\n"), lines.map(\.english).joined(separator: "\n"))
  }
}
