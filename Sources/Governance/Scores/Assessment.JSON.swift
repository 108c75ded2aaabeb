extension Assessment {
  /// The result with its whole proof, as `--json` prints it for one unit.
  public func json(in language: Language = .chinese) -> JSONValue {
    [
      "formula": .string(formula), "unit": .string(unit.rawValue),
      "period": .string(period.description), "provisional": .bool(isProvisional),
      "status": .string(status.code),
      "note": .optional(status.note) { .string($0.text(in: language)) },
      "score": .optional(score, JSONValue.decimal),
      "band": .optional(band) { .string($0.id) },
      "completeness": completeness.json(in: language),
      "vetoes": .array(vetoes.map { $0.json(in: language) }),
      "explanation": explanation.json(in: language),
    ]
  }
}

extension Completeness {
  func json(in language: Language) -> JSONValue {
    [
      "present": .integer(Int64(present)), "expected": .integer(Int64(expected)),
      "not_applicable": .integer(Int64(notApplicable)),
      "missing": .array(undetermined.map { .string($0.text(in: language)) }),
    ]
  }
}

extension Standings.Row {
  /// The row without its proof: `assessment.json` carries that.
  public func json(in language: Language = .chinese) -> JSONValue {
    func text(_ words: Words) -> JSONValue { .string(words.text(in: language)) }
    return [
      "unit": .string(unit.rawValue), "name": .string(contestant.name.text(in: language)),
      "type": .optional(contestant.type, JSONValue.string),
      "score": .optional(score, JSONValue.decimal),
      "band": .optional(band) { .string($0.id) },
      "rank": .optional(rank) { .integer(Int64($0)) },
      "group_size": .integer(Int64(groupSize)),
      "change": .optional(change, JSONValue.decimal),
      "top_reason": .optional(topReason) { text($0.words) },
      "notes": .array(notes.map(text)),
    ]
  }
}

extension WhatIf {
  public func json(in language: Language = .chinese) -> JSONValue {
    [
      "rows": .array(rows.map { $0.json(in: language) }),
      "notes": .array(notes.map { .string($0.text(in: language)) }),
    ]
  }
}

extension WhatIf.Row {
  fileprivate func json(in language: Language) -> JSONValue {
    [
      "unit": .string(unit.rawValue), "name": .string(name.text(in: language)),
      "type": .optional(type, JSONValue.string), "old": .optional(old, JSONValue.decimal),
      "new": .optional(new, JSONValue.decimal),
      "difference": .optional(difference, JSONValue.decimal),
      "old_band": .optional(oldBand) { .string($0.id) },
      "new_band": .optional(newBand) { .string($0.id) },
      "old_rank": .optional(oldRank) { .integer(Int64($0)) },
      "new_rank": .optional(newRank) { .integer(Int64($0)) },
      "climbed": .optional(climbed) { .integer(Int64($0)) },
    ]
  }
}
