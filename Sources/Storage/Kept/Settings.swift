public import Governance

/// A definition of a setting that was made by command, not by a file.
public struct SettingDefinition: Hashable, Sendable {
  /// Whose definition it is.
  public enum Target: Hashable, Sendable {
    case street
    case type(String)
    case unit(UnitID)
  }

  public let key: String
  public let target: Target

  /// `default`, `set` or `mandate`.
  public let strength: String

  /// The value as it was spelled; nil takes away what lower ranks would give.
  public let value: String?

  /// In force from this day until before `to`.
  public let from: Day
  public let to: Day?

  /// What it rests on: a decision, a document.
  public let basis: String

  public init(
    key: String, target: Target, strength: String, value: String?, from: Day, to: Day? = nil,
    basis: String
  ) {
    self.key = key
    self.target = target
    self.strength = strength
    self.value = value
    self.from = from
    self.to = to
    self.basis = basis
  }
}

/// A stored definition, and who made it.
public struct StoredSetting: Hashable, Sendable {
  public let id: Int64
  public let definition: SettingDefinition
  public let author: String
  public let at: Instant
}

extension Writer {
  /// Stores a definition; it ends its predecessor of the same key, target and strength.
  ///
  /// A predecessor that began on the same day or later is replaced as a whole: it
  /// ends on the day it began, and stays as history.
  ///
  /// - Parameter before: the value that held until then, for the log; nil for the
  ///   predecessor's.
  @discardableResult
  public func set(_ definition: SettingDefinition, before: String? = nil) throws -> Int64 {
    let target = definition.target.spelling
    let before = try before ?? predecessor(of: definition)
    try connection.execute(
      """
      UPDATE gongyue_settings SET valid_to = max(valid_from, \(definition.from.description))
      WHERE key = \(definition.key) AND target = \(target) AND strength = \(definition.strength)
      AND (valid_to IS NULL OR valid_to > \(definition.from.description))
      """)
    try connection.execute(
      """
      INSERT INTO gongyue_settings
        (key, target, strength, value, valid_from, valid_to, basis, sequence)
      VALUES (\(definition.key), \(target), \(definition.strength), \(definition.value),
        \(definition.from.description), \(definition.to?.description), \(definition.basis),
        \(sequence))
      """)
    let id = connection.lastInsertedID
    var detail = definition.detail
    detail["before"] = before.map { .string($0) }
    record(Change(action: "set", id: id, code: definition.key, detail: detail))
    return id
  }

  /// What the same key, target and strength had on the day before it is replaced.
  private func predecessor(of definition: SettingDefinition) throws -> String? {
    try connection.value(
      """
      SELECT value FROM gongyue_settings
      WHERE key = \(definition.key) AND target = \(definition.target.spelling)
      AND strength = \(definition.strength) AND valid_from <= \(definition.from.description)
      AND (valid_to IS NULL OR valid_to > \(definition.from.description))
      ORDER BY id DESC LIMIT 1
      """)?.text
  }
}

extension Reader {
  /// Every stored definition, also past and replaced ones, in the order they were made.
  public func settings() throws -> [StoredSetting] {
    try connection.rows(
      """
      SELECT s.id, s.key, s.target, s.strength, s.value, s.valid_from, s.valid_to, s.basis,
        a.actor, a.at
      FROM gongyue_settings AS s LEFT JOIN gongyue_audit AS a ON a.sequence = s.sequence
      ORDER BY s.id
      """
    ).map(StoredSetting.init(row:))
  }
}

extension StoredSetting {
  init(row: [Stored]) throws(Problem) {
    guard let id = row[0].integer, let key = row[1].text,
      let target = row[2].text.flatMap(SettingDefinition.Target.init(spelling:)),
      let strength = row[3].text, let from = row[5].text.flatMap({ Day($0) }),
      let basis = row[7].text
    else {
      throw .databaseDamaged(
        at: nil, detail: Words("一条设置读不懂", "a stored setting cannot be read"))
    }
    self.id = id
    definition = SettingDefinition(
      key: key, target: target, strength: strength, value: row[4].text, from: from,
      to: row[6].text.flatMap { Day($0) }, basis: basis)
    // A definition made in this very write has no audit entry yet.
    author = row[8].text ?? ""
    at = Instant(milliseconds: row[9].integer ?? 0)
  }
}

extension SettingDefinition {
  var detail: [String: JSONValue] {
    [
      "target": .string(target.spelling), "strength": .string(strength),
      "value": value.map { .string($0) } ?? .null, "from": .string(from.description),
      "to": to.map { .string($0.description) } ?? .null, "basis": .string(basis),
    ]
  }
}

extension SettingDefinition.Target {
  /// `street`, `type:old_estate`, `unit:sll-02`.
  public var spelling: String {
    switch self {
    case .street: "street"
    case .type(let type): "type:\(type)"
    case .unit(let unit): "unit:\(unit)"
    }
  }

  public init?(spelling: String) {
    if spelling == "street" {
      self = .street
    } else if spelling.hasPrefix("type:") {
      self = .type(String(spelling.dropFirst(5)))
    } else if spelling.hasPrefix("unit:") {
      self = .unit(UnitID(String(spelling.dropFirst(5))))
    } else {
      return nil
    }
  }
}
