extension Query {
  /// The query as a person would say it: kind, then conditions.
  ///
  /// `事项：事项类别 是 公共设施损坏或安全隐患；办结时限 在 2026-04-01 至 2026-04-30`
  public func words(kinds: [Kind] = BuiltInKinds.all) -> Words {
    let wording = QueryWording(kinds: kinds)
    return Words(wording.words(self, .chinese), wording.words(self, .english))
  }
}

/// Says queries in one language.
private struct QueryWording {
  let kinds: [Kind]

  func words(_ query: Query, _ language: Language) -> String {
    guard let kind = kinds.first(where: { $0.id == query.kind }) else { return query.kind }
    let name = kind.label.text(in: language)
    let conditions = parts(query.condition, kind, language)
    guard !conditions.isEmpty else { return name }
    return language == .chinese
      ? "\(name)：\(conditions.joined(separator: "；"))"
      : "\(name): \(conditions.joined(separator: "; "))"
  }

  private func parts(_ condition: Condition, _ kind: Kind, _ language: Language) -> [String] {
    if case .all(let conditions) = condition {
      return conditions.flatMap { parts($0, kind, language) }
    }
    return [words(condition, kind, language)]
  }

  private func words(_ condition: Condition, _ kind: Kind, _ language: Language) -> String {
    func label(_ field: String) -> String { self.label(field, kind, language) }
    switch condition {
    case .compare(let field, let comparison, let operand):
      return "\(label(field)) \(words(comparison, of: field, kind).text(in: language)) "
        + words(operand, field, kind, language)
    case .oneOf(let field, let values):
      let list = values.map { words($0, field, kind, language) }
      return "\(label(field)) \(Words("是", "is").text(in: language)) "
        + list.joined(separator: language == .chinese ? "或" : " or ")
    case .between(let field, let low, let high):
      let ends = [low, high].map { $0.map { words($0, field, kind, language) } ?? "…" }
      return "\(label(field)) \(range(ends[0], ends[1], language))"
    case .during(let field, let days):
      return "\(label(field)) "
        + range(days.lowerBound.description, days.upperBound.description, language)
    case .inForce(let day): return Words("\(day) 在任或生效", "in force on \(day)").text(in: language)
    case .isMissing(let field):
      return Words("没有\(label(field))", "no \(label(field))").text(in: language)
    case .all, .any:
      return alternatives(condition, kind, language)
    case .not(let inner):
      let text = parts(inner, kind, language).joined(
        separator: language == .chinese ? "且" : " and ")
      return Words("除去（\(text)）", "not (\(text))").text(in: language)
    case .matched(let query, _):
      let text = words(query, language)
      return Words("有对应的〔\(text)〕", "with a matching [\(text)]").text(in: language)
    }
  }

  private func alternatives(_ condition: Condition, _ kind: Kind, _ language: Language) -> String {
    let (members, joint) =
      switch condition {
      case .any(let members): (members, Words("或", " or "))
      case .all(let members): (members, Words("且", " and "))
      default: ([condition], Words("", ""))
      }
    return members.flatMap { parts($0, kind, language) }.joined(separator: joint.text(in: language))
  }

  private func range(_ low: String, _ high: String, _ language: Language) -> String {
    Words("在 \(low) 至 \(high)", "from \(low) to \(high)").text(in: language)
  }

  private func label(_ field: String, _ kind: Kind, _ language: Language) -> String {
    kind.anyField(field)?.label.text(in: language) ?? field
  }

  private func words(_ comparison: Comparison, of field: String, _ kind: Kind) -> Words {
    switch kind.anyField(field)?.type {
    case .day, .instant: comparison.timeWords
    default: comparison.words
    }
  }

  private func words(
    _ operand: Operand, _ field: String, _ kind: Kind, _ language: Language
  ) -> String {
    switch operand {
    case .value(let value): words(value, field, kind, language)
    case .field(let other): label(other, kind, language)
    }
  }

  private func words(_ value: Value, _ field: String, _ kind: Kind, _ language: Language) -> String
  {
    switch (value, kind.anyField(field)?.type) {
    case (.text(let code), .choice(let choices)?):
      choices.first { $0.code == code }?.label.text(in: language) ?? code
    case (.text(let text), _): text
    case (.boolean(let truth), _):
      (truth ? Words("是", "yes") : Words("否", "no")).text(in: language)
    case (.integer(let number), .instant?): Instant(milliseconds: number).description
    case (.integer(let number), _): String(number)
    case (.decimal(let decimal), _): decimal.description
    case (.day(let day), _): day.description
    case (.instant(let instant), _): instant.description
    }
  }
}

extension Comparison {
  fileprivate var words: Words {
    switch self {
    case .equal: Words("是", "is")
    case .notEqual: Words("不是", "is not")
    case .less: Words("小于", "is less than")
    case .atMost: Words("不超过", "is at most")
    case .greater: Words("大于", "is more than")
    case .atLeast: Words("不少于", "is at least")
    }
  }

  /// The same said of days and moments.
  fileprivate var timeWords: Words {
    switch self {
    case .equal, .notEqual: words
    case .less: Words("早于", "is before")
    case .atMost: Words("不晚于", "is not after")
    case .greater: Words("晚于", "is after")
    case .atLeast: Words("不早于", "is not before")
    }
  }
}
