/// The whole tree as JSON and back: numbers exact as text, members in a fixed order.
extension Explanation {
  public func json(in language: Language = .chinese) -> JSONValue {
    func text(_ words: Words) -> JSONValue { .string(words.text(in: language)) }
    return .object([
      .init("id", .string(id)), .init("role", .string(role.rawValue)),
      .init("label", text(label)),
      .init("value", .optional(value.number) { .string($0.exactText) }),
      .init("state", .string(value.state.rawValue)),
      .init("reason", .optional(value.reason, text)),
      .init("measure", .optional(measure, text)),
      .init("period", .optional(period) { .string($0.description) }),
      .init("operation", operation.json),
      .init("settings", .array(settings.map { $0.json(in: language) })),
      .init("records", .array(records.map { $0.json(in: language) })),
      .init("notes", .array(notes.map(text))),
      .init("children", .array(children.map { $0.json(in: language) })),
    ])
  }

  /// Reads a tree that `json(in:)` wrote; labels are then in that one language.
  ///
  /// - Throws: `input.invalid` naming what is not as it was written.
  public init(_ json: JSONValue) throws(Problem) {
    guard let id = json["id"]?.text, let role = json["role"]?.text.flatMap(Role.init(rawValue:)),
      let label = json["label"]?.words, let value = Figure(json)
    else { throw .notAnExplanation("id, role, label, value") }
    var children: [Explanation] = []
    for child in json["children"]?.elements ?? [] { children.append(try Explanation(child)) }
    let operation = try Operation(json["operation"] ?? .null)
    guard operation.accepts(children.count) else { throw .notAnExplanation("children") }
    var period: Period?
    if let text = json["period"]?.text { period = try Period.parse(text) }
    self.init(
      stored: value, operation, id: id, role: role, label: label,
      measure: json["measure"]?.words, period: period,
      settings: (json["settings"]?.elements ?? []).compactMap(SettingUse.init),
      records: (json["records"]?.elements ?? []).compactMap(Contribution.init),
      notes: (json["notes"]?.elements ?? []).compactMap(\.words), children: children)
  }
}

extension JSONValue {
  fileprivate var words: Words? { text.map(Words.init(verbatim:)) }

  func rational(_ name: String) -> Rational? {
    self[name]?.text.flatMap { Rational($0) }
  }

  static func rational(_ number: Rational) -> JSONValue {
    .string(number.exactText)
  }
}

extension Figure {
  fileprivate init?(_ json: JSONValue) {
    let reason = json["reason"]?.words ?? .noValue
    switch json["state"]?.text.flatMap(ValueState.init(rawValue:)) {
    case .present:
      guard let number = json.rational("value") else { return nil }
      self = .present(number)
    case .zeroReport: self = .zeroReport
    case .missing: self = .missing(reason)
    case .notApplicable: self = .notApplicable(reason)
    case .pending: self = .pending(reason)
    case nil: return nil
    }
  }
}

extension SettingUse {
  func json(in language: Language) -> JSONValue {
    [
      "key": .string(key), "label": .string(label.text(in: language)), "value": .string(value),
      "layer": .string(layer.text(in: language)), "source": .optional(source, JSONValue.string),
    ]
  }

  init?(_ json: JSONValue) {
    guard let key = json["key"]?.text, let label = json["label"]?.words,
      let value = json["value"]?.text, let layer = json["layer"]?.words
    else { return nil }
    self.init(key: key, label: label, value: value, layer: layer, source: json["source"]?.text)
  }
}

extension Contribution {
  func json(in language: Language) -> JSONValue {
    [
      "query": .string(query.text(in: language)), "count": .integer(count),
      "digest": .string(digest),
      "codes": .array(codes.map(JSONValue.string)),
    ]
  }

  init?(_ json: JSONValue) {
    guard let query = json["query"]?.words, let count = json["count"]?.integer,
      let digest = json["digest"]?.text
    else { return nil }
    let codes = (json["codes"]?.elements ?? []).compactMap(\.text)
    self.init(query: query, count: count, digest: digest, codes: codes)
  }
}

extension Problem {
  static func notAnExplanation(_ what: String) -> Problem {
    Problem(
      .inputInvalid,
      Words("这不是完整的计分说明（\(what)）", "this is not a whole explanation (\(what))"))
  }
}
