/// What values a setting may take.
public indirect enum SettingType: Hashable, Sendable {
  case boolean
  case integer
  /// A decimal with at most so many places.
  case decimal(places: Int)
  case text
  case day
  /// One of a list of codes; a person may write the label.
  case choice([Choice])
  case list(of: SettingType)
  /// Values by key. `keys` empty means any key; `total` is what the values must add up to.
  case map(keys: [Choice], of: SettingType, total: Decimal? = nil)
  /// A fixed set of named members, all of them needed: `{full, zero}`.
  case record([SettingMember], rules: [SettingRule] = [])
}

/// One named part of a record-like setting.
public struct SettingMember: Hashable, Sendable {
  public let code: String
  public let label: Words
  public let type: SettingType
  public let isRequired: Bool

  public init(
    _ code: String, _ chinese: String, _ english: String, _ type: SettingType, required: Bool = true
  ) {
    self.code = code
    self.label = Words(chinese, english)
    self.type = type
    self.isRequired = required
  }
}

/// What must hold between two members of a record: `full > zero`.
public struct SettingRule: Hashable, Sendable {
  public let left: String
  public let comparison: Comparison
  public let right: String

  public init(_ left: String, _ comparison: Comparison, _ right: String) {
    self.left = left
    self.comparison = comparison
    self.right = right
  }
}

/// Why a value is not of its type: where inside it, what was expected, what was there.
struct SettingMismatch: Error {
  var path: [Words] = []
  let expected: Words
  let found: Words
  let hint: Words?

  init(_ expected: Words, found: Words, hint: Words? = nil) {
    self.expected = expected
    self.found = found
    self.hint = hint
  }

  init(_ expected: Words, found value: SettingValue, hint: Words? = nil) {
    let text = if case .text(let text) = value { text } else { value.canonical }
    self.init(expected, found: Words("“\(text)”", "'\(text)'"), hint: hint)
  }

  func inside(_ label: Words) -> SettingMismatch {
    var copy = self
    copy.path.insert(label, at: 0)
    return copy
  }

  /// A clause that goes after the setting's name.
  var words: Words {
    let chinese = path.map { "“\($0.chinese)”" }.joined(separator: "的")
    let english = path.map { "'\($0.english)'" }.joined(separator: " of ")
    return Words(
      (path.isEmpty ? "" : "的\(chinese)") + expected.chinese + "，现在是" + found.chinese,
      (path.isEmpty ? "" : ", \(english)") + " " + expected.english + ", but is " + found.english)
  }
}

extension SettingType {
  /// What to write, for messages and help: `整数`, `下列之一：居民会议（assembly）`.
  public var expectation: Words {
    if let expected = typed?.expectation {
      return Words("应为\(expected.chinese)", "must be \(expected.english)")
    }
    switch self {
    case .list: return Words("应为清单，各项以逗号隔开", "must be a list, separated by commas")
    default:
      return Words("应为“名称=值”的清单，以逗号隔开", "must be name=value pairs, separated by commas")
    }
  }

  /// What somebody who wrote such a value may have meant.
  private func hint(for value: SettingValue) -> Words? {
    switch (self, value) {
    case (.text, .list), (.text, .map): return nil
    case (.text, _):
      return Words("请加引号：\"\(value.canonical)\"", "quote it: \"\(value.canonical)\"")
    case (_, .map(let members)):
      guard let wrong = members.keys.sorted().first,
        let right = nearest(to: wrong, in: SettingDefinition.writtenKeys)
      else { return nil }
      return Words(
        "没有“\(wrong)”，是不是想写“\(right)”？", "there is no '\(wrong)'; did you mean '\(right)'?")
    default: return nil
    }
  }

  /// The value in its one form (decimals with the declared places, codes instead of labels).
  ///
  /// Text is accepted for every type, as on the command line.
  func accept(
    _ raw: SettingValue, _ typing: Typing = Typing()
  ) throws(SettingMismatch) -> SettingValue {
    switch (self, raw) {
    case (.text, .text): return raw
    case (_, .text(let text)): return try read(text, typing)
    case (.boolean, .boolean), (.integer, .integer), (.day, .day): return raw
    case (.integer, .decimal(let value)):
      guard let whole = value.withPlaces(0) else { break }
      return .integer(whole.units)
    case (.decimal(let places), .integer(let value)):
      guard let exact = Decimal(units: value, places: 0).withPlaces(places) else { break }
      return .decimal(exact)
    case (.decimal(let places), .decimal(let value)):
      guard let exact = value.withPlaces(places) else { break }
      return .decimal(exact)
    case (.list(let element), .list(let items)): return try accept(items, of: element, typing)
    case (.map(let keys, let element, let total), .map(let members)):
      return try accept(members, keys: keys, of: element, total: total, typing)
    case (.record(let parts, let rules), .map(let members)):
      return try accept(members, parts: parts, rules: rules, typing)
    default: break
    }
    throw SettingMismatch(expectation, found: raw, hint: hint(for: raw))
  }

  private func accept(
    _ items: [SettingValue], of element: SettingType, _ typing: Typing
  ) throws(SettingMismatch) -> SettingValue {
    var accepted: [SettingValue] = []
    for (index, item) in items.enumerated() {
      do {
        accepted.append(try element.accept(item, typing))
      } catch {
        throw error.inside(Words("第 \(index + 1) 项", "item \(index + 1)"))
      }
    }
    return .list(accepted)
  }

  private func accept(
    _ members: [String: SettingValue], keys: [Choice], of element: SettingType, total: Decimal?,
    _ typing: Typing
  ) throws(SettingMismatch) -> SettingValue {
    var accepted: [String: SettingValue] = [:]
    for (name, value) in members.sorted(by: { $0.key < $1.key }) {
      let code = try Self.code(for: name, among: keys.map { ($0.code, $0.label) })
      guard accepted[code] == nil else { throw Self.twice(name) }
      do {
        accepted[code] = try element.accept(value, typing)
      } catch {
        throw error.inside(keys.first { $0.code == code }?.label ?? Words(verbatim: name))
      }
    }
    if let total { try Self.require(total: total, of: accepted) }
    return .map(accepted)
  }

  private func accept(
    _ members: [String: SettingValue], parts: [SettingMember], rules: [SettingRule],
    _ typing: Typing
  ) throws(SettingMismatch) -> SettingValue {
    var accepted: [String: SettingValue] = [:]
    for (name, value) in members.sorted(by: { $0.key < $1.key }) {
      let code = try Self.code(for: name, among: parts.map { ($0.code, $0.label) })
      guard accepted[code] == nil else { throw Self.twice(name) }
      guard let part = parts.first(where: { $0.code == code }) else { continue }
      do {
        accepted[code] = try part.type.accept(value, typing)
      } catch { throw error.inside(part.label) }
    }
    for part in parts where part.isRequired && accepted[part.code] == nil {
      throw SettingMismatch(part.type.expectation, found: Words("空缺", "missing")).inside(part.label)
    }
    for rule in rules { try require(rule, of: accepted, parts) }
    return .map(accepted)
  }

  /// The code for a code or a label; any name when nothing is listed.
  private static func code(
    for name: String, among known: [(String, Words)]
  ) throws(SettingMismatch) -> String {
    if known.isEmpty || known.contains(where: { $0.0 == name }) { return name }
    if let match = known.called(name, by: { ($0.1, [$0.0]) }) { return match.0 }
    let list = known.map { "\($0.1.chinese)（\($0.0)）" }.joined(separator: "、")
    throw SettingMismatch(
      Words("只能有这些名称：\(list)", "may only have " + known.map(\.0).joined(separator: ", ")),
      found: .text(name))
  }

  private static func twice(_ name: String) -> SettingMismatch {
    SettingMismatch(
      Words("每个名称只能出现一次", "must name each member once"), found: .text(name))
  }

  /// Weights total 100, and the message says what they total now.
  private static func require(
    total: Decimal, of members: [String: SettingValue]
  ) throws(SettingMismatch) {
    var sum: Int128 = 0
    for value in members.values { sum += value.position ?? 0 }
    guard sum != total.billionths else { return }
    let found = Decimal.plainText(billionths: sum)
    throw SettingMismatch(
      Words("合计应为 \(total.plainText)", "must total \(total.plainText)"),
      found: Words(" \(found)", found), hint: balance(of: sum - total.billionths))
  }

  private static func balance(of excess: Int128) -> Words {
    let text = Decimal.plainText(billionths: excess < 0 ? -excess : excess)
    return excess > 0
      ? Words("多了 \(text)，请从某几项里减去", "\(text) too much: take it from some of them")
      : Words("还差 \(text)，请加到某几项上", "\(text) short: add it to some of them")
  }

  private func require(
    _ rule: SettingRule, of members: [String: SettingValue], _ parts: [SettingMember]
  ) throws(SettingMismatch) {
    guard let left = members[rule.left]?.position, let right = members[rule.right]?.position,
      !rule.comparison.holds(left, right)
    else { return }
    func label(_ code: String) -> Words {
      parts.first { $0.code == code }?.label ?? Words(verbatim: code)
    }
    let (first, second) = (label(rule.left), label(rule.right))
    throw SettingMismatch(
      Words(
        "应满足 \(first.chinese) \(rule.comparison.rawValue) \(second.chinese)",
        "must keep \(first.english) \(rule.comparison.rawValue) \(second.english)"),
      found: Words(
        " \(Decimal.plainText(billionths: left)) 与 \(Decimal.plainText(billionths: right))",
        "\(Decimal.plainText(billionths: left)) and \(Decimal.plainText(billionths: right))"))
  }

  /// A map's members in the order the type names them, each with its label and type.
  func ordered(
    _ members: [String: SettingValue]
  ) -> [(code: String, label: Words, value: SettingValue, type: SettingType)] {
    let known: [(code: String, label: Words, type: SettingType)]
    var other = SettingType.text
    switch self {
    case .map(let keys, let element, _):
      known = keys.map { ($0.code, $0.label, element) }
      other = element
    case .record(let parts, _): known = parts.map { ($0.code, $0.label, $0.type) }
    default: known = []
    }
    let named = known.compactMap { part in
      members[part.code].map { (part.code, part.label, $0, part.type) }
    }
    let codes = Set(known.map(\.code))
    let rest = members.filter { !codes.contains($0.key) }.sorted { $0.key < $1.key }
    return named + rest.map { ($0.key, Words(verbatim: $0.key), $0.value, other) }
  }

  var isOrdered: Bool {
    switch self {
    case .integer, .decimal, .day: true
    default: false
    }
  }

  var isList: Bool { if case .list = self { true } else { false } }
  var isMap: Bool { if case .map = self { true } else { false } }
}

extension Comparison {
  func holds(_ left: Int128, _ right: Int128) -> Bool {
    switch self {
    case .equal: left == right
    case .notEqual: left != right
    case .less: left < right
    case .atMost: left <= right
    case .greater: left > right
    case .atLeast: left >= right
    }
  }
}
