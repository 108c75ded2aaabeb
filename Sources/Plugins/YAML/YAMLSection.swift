internal import Governance

/// A YAML map whose keys are known: reading one key gives its value or adds a problem.
struct YAMLSection {
  let line: Int
  let findings: Findings
  private let entries: [String: YAMLValue.Entry]

  /// Adds a problem for each key that is not in `known`, with the nearest known one.
  ///
  /// Nil, with a problem, when the value is not a map.
  init?(_ value: YAMLValue, of what: Words, known: [String], _ findings: Findings) {
    guard case .map(let entries) = value.content else {
      findings.add(
        .expectedMap(what, value), line: value.line, hint: value.fullWidthColonHint)
      return nil
    }
    self.line = value.line
    self.findings = findings
    self.entries = Dictionary(entries.map { ($0.key, $0) }) { first, _ in first }
    for entry in entries where !known.contains(entry.key) {
      findings.add(unknownKey: entry.key, of: what, known: known, line: entry.line)
    }
  }

  /// The value of a key, unless it is absent or empty.
  subscript(_ key: String) -> YAMLValue? {
    entries[key].flatMap { $0.value.isNull ? nil : $0.value }
  }

  /// Whether the key was written at all, be it empty.
  func has(_ key: String) -> Bool { entries[key] != nil }

  func line(of key: String) -> Int { entries[key]?.line ?? line }

  /// The value of a key that must be there.
  func required(_ key: String) -> YAMLValue? {
    if let value = self[key] { return value }
    findings.add(
      Words("缺少“\(key)”", "'\(key)' is missing"), line: has(key) ? line(of: key) : line,
      hint: Words("补上一行：\(key): …", "add a line: \(key): …"))
    return nil
  }

  func text(_ key: String) -> String? {
    self[key].flatMap { findings.text($0, of: key) }
  }

  func requiredText(_ key: String) -> String? {
    required(key).flatMap { findings.text($0, of: key) }
  }

  func integer(_ key: String) -> Int? {
    self[key].flatMap { findings.integer($0, of: key) }
  }

  func boolean(_ key: String) -> Bool? {
    self[key].flatMap { findings.boolean($0, of: key) }
  }

  func day(_ key: String) -> Day? {
    self[key].flatMap { findings.day($0, of: key) }
  }

  /// A list of texts; one text alone counts as a list of one.
  func texts(_ key: String) -> [String] {
    guard let value = self[key] else { return [] }
    return findings.items(value).compactMap { findings.text($0, of: key) }
  }

  /// Text in both languages: one text for both, or `{ zh: …, en: … }`.
  func words(_ key: String) -> Words? {
    self[key].flatMap { findings.words($0, of: key) }
  }
}

extension Findings {
  /// The items of a list, or the value alone.
  func items(_ value: YAMLValue) -> [YAMLValue] {
    if case .list(let items) = value.content { return items }
    return [value]
  }

  func text(_ value: YAMLValue, of key: String) -> String? {
    if case .scalar(let text, _) = value.content { return text }
    add(.expected(key, Words("一段文字", "a text"), value), line: value.line)
    return nil
  }

  func integer(_ value: YAMLValue, of key: String) -> Int? {
    if case .scalar(let text, isPlain: true) = value.content, let number = Int(text) {
      return number
    }
    add(.expected(key, Words("一个整数", "a whole number"), value), line: value.line)
    return nil
  }

  func boolean(_ value: YAMLValue, of key: String) -> Bool? {
    if case .scalar(let text, isPlain: true) = value.content, let truth = Bool(text) {
      return truth
    }
    add(.expected(key, Words("true 或 false", "true or false"), value), line: value.line)
    return nil
  }

  func day(_ value: YAMLValue, of key: String) -> Day? {
    if case .scalar(let text, _) = value.content, let day = Day(text) { return day }
    add(
      .expected(key, Words("一个日期，如 2026-05-12", "a date such as 2026-05-12"), value),
      line: value.line)
    return nil
  }

  func words(_ value: YAMLValue, of key: String) -> Words? {
    if case .scalar(let text, _) = value.content { return Words(verbatim: text) }
    guard
      let section = YAMLSection(value, of: Words(verbatim: key), known: ["zh", "en"], self),
      let chinese = section.requiredText("zh")
    else { return nil }
    return Words(chinese, section.text("en") ?? chinese)
  }

  func add(unknownKey key: String, of what: Words, known: [String], line: Int) {
    let near = nearest(to: key, in: known)
    let all = known.joined(separator: "、")
    add(
      Words("\(what.chinese)里没有“\(key)”这个键", "\(what.english) has no key '\(key)'"), line: line,
      hint: near.map { Words("是不是想写“\($0)”？", "did you mean '\($0)'?") }
        ?? Words("可用的键：\(all)", "known keys: \(known.joined(separator: ", "))"))
  }
}

extension Words {
  static func expected(_ key: String, _ what: Words, _ found: YAMLValue) -> Words {
    Words(
      "“\(key)”应为\(what.chinese)，这里是\(found.name)",
      "'\(key)' should be \(what.english), found \(found.englishName)")
  }

  static func expectedMap(_ what: Words, _ found: YAMLValue) -> Words {
    Words(
      "\(what.chinese)应写成“键: 值”的形式，这里是\(found.name)",
      "\(what.english) should be a map of keys and values, found \(found.englishName)")
  }
}
