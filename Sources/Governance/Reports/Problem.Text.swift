extension Problem {
  /// The problem as every command shows it, ending in a line feed:
  ///
  ///     error[unit.unknown]: 没有单位“sll-20”
  ///       --> plugins/street/settings.yaml:12
  ///       hint: 是不是想用“sll-02”？
  ///       while: 检查默认值
  ///       traceback: rota.lua:3 due
  ///                  rota.lua:9
  ///
  /// In Chinese the last two begin with 经过 and 调用. One call alone is the place already.
  /// Only the first line begins at the margin, so text from a script cannot pass
  /// for an error of its own.
  public func text(in language: Language) -> String {
    var lines = [
      "error[\(code.rawValue)]: " + Self.indented(message.text(in: language), by: 4)
    ]
    if let place { lines.append("  --> " + place.description.escapedForTerminal()) }
    if let hint { lines.append("  hint: " + Self.indented(hint.text(in: language), by: 8)) }
    let doing = Words("  经过：", "  while: ").text(in: language)
    lines += context.map {
      doing + Self.indented($0.text(in: language), by: DisplayWidth.of(doing))
    }
    if calls.count > 1 { lines.append(traceback(in: language)) }
    return lines.map { $0 + "\n" }.joined()
  }

  /// How many calls are shown; what is nested deeper is a recursion.
  private static let mostCalls = 8

  private func traceback(in language: Language) -> String {
    let start = Words("  调用：", "  traceback: ").text(in: language)
    var shown = calls.prefix(Self.mostCalls).map { call in
      [call.place.description, call.function].compactMap(\.self).joined(separator: " ")
    }
    if calls.count > Self.mostCalls { shown.append("…") }
    return start + Self.indented(shown.joined(separator: "\n"), by: DisplayWidth.of(start))
  }

  /// Escaped; lines after the first moved to the right.
  private static func indented(_ text: String, by columns: Int) -> String {
    text.escapedForTerminal(keepingLines: true)
      .split(separator: "\n", omittingEmptySubsequences: false)
      .joined(separator: "\n" + String(repeating: " ", count: columns))
  }

  /// The problem as data, for programs.
  public func json(in language: Language) -> JSONValue {
    [
      "code": .string(code.rawValue), "message": .string(message.text(in: language)),
      "place": .optional(place) { .string($0.description) },
      "hint": .optional(hint) { .string($0.text(in: language)) },
    ]
  }

  /// The same with everything that the text says.
  fileprivate func wholeJSON(in language: Language) -> JSONValue {
    let more: JSONValue = [
      "while": .array(context.map { .string($0.text(in: language)) }),
      "calls": .array(
        calls.map { call in
          [
            "place": .string(call.place.description),
            "function": .optional(call.function) { .string($0) },
          ]
        }),
    ]
    return .object((json(in: language).members ?? []) + (more.members ?? []))
  }
}

extension Problems {
  /// One after another.
  public func text(in language: Language) -> String {
    all.map { $0.text(in: language) }.joined()
  }

  /// All of them as one line of JSON, for programs: codes in any language, words in this one.
  public func line(in language: Language) -> String {
    let data = JSONValue.array(all.map { $0.wholeJSON(in: language) })
    return JSONValue.envelope("errors", data).canonical + "\n"
  }
}
