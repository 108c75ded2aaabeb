public import Governance

/// One thing that a write did, as it goes into the audit log.
public struct Change: Hashable, Sendable {
  /// `create`, `update`, `correct`, `retract`, `insert` for many at once, or a word of the host's.
  public let action: String
  public let kind: String?
  public let id: Int64?
  public let code: String?

  /// What is there now and was there before, by field; or what else is to be remembered.
  public let detail: [String: JSONValue]

  init(
    action: String, kind: String? = nil, id: Int64? = nil, code: String? = nil,
    detail: [String: JSONValue] = [:]
  ) {
    self.action = action
    self.kind = kind
    self.id = id
    self.code = code
    self.detail = detail
  }

  var json: JSONValue {
    var members: [String: JSONValue] = ["action": .string(action)]
    members["kind"] = kind.map { .string($0) }
    members["id"] = id.map { .integer($0) }
    members["code"] = code.map { .string($0) }
    if !detail.isEmpty { members["detail"] = .object(detail) }
    return .object(members)
  }

  /// Nil when it is not what `json` gave.
  init?(json: JSONValue) {
    guard let action = json["action"]?.text else { return nil }
    self.init(
      action: action, kind: json["kind"]?.text, id: json["id"]?.integer,
      code: json["code"]?.text, detail: json["detail"]?.fields ?? [:])
  }

  /// Bookkeeping that goes along with an act and says little by itself.
  public var isIncidental: Bool { action == "keep" || action == "declare" }

  /// The values that a record had `before` or has `after`, or was filed with (`values`).
  public func values(_ name: String, of kind: Kind) -> [String: Value] {
    let stored = detail[name]?.fields ?? [:]
    var values: [String: Value] = [:]
    for field in kind.fields {
      if let json = stored[field.key] { values[field.key] = try? field.value(Stored(json)) }
    }
    return values
  }

  /// Whether it concerns a unit: its record, its setting, or one of many records.
  func concerns(_ unit: UnitID) -> Bool {
    if let own = detail["unit"]?.text { return own == unit.rawValue }
    if let target = detail["target"]?.text { return target == "unit:\(unit)" }
    if let all = detail["units"]?.elements { return all.contains(.string(unit.rawValue)) }
    return code?.hasPrefix("\(unit)-") ?? false
  }

  func concerns(kind: String) -> Bool {
    self.kind == kind || (detail["kind"] ?? .null) == .string(kind)
      || (detail["kinds"]?.elements?.contains(.string(kind)) ?? false)
  }

  /// `create case sll-02-2026-0413`: no value of any field, so it may stay when the payload goes.
  public var summary: String {
    [action, kind, code].compactMap { $0 }.joined(separator: " ")
  }
}

extension Record {
  /// Everything the record holds, for history, digests and snapshots.
  public func json(_ kind: Kind) -> JSONValue {
    var members: [String: JSONValue] = [
      "id": .integer(id), "code": .string(code), "unit": .string(unit.rawValue),
      "version": .integer(Int64(version)), "values": kind.json(values),
    ]
    if !states.isEmpty {
      members["states"] = .object(states.mapValues { .string($0.rawValue) })
    }
    return .object(members)
  }

  init(json: JSONValue, kind: Kind) throws(Problem) {
    guard let id = json["id"]?.integer, let code = json["code"]?.text,
      let unit = json["unit"]?.text, let version = json["version"]?.integer,
      let stored = json["values"]?.fields
    else {
      throw .databaseDamaged(at: nil, detail: Words("历史版本读不懂", "a past version cannot be read"))
    }
    var values: [String: Value] = [:]
    for field in kind.fields {
      values[field.key] = try field.value(Stored(stored[field.key] ?? .null))
    }
    let states = json["states"]?.fields ?? [:]
    self.init(
      kind: kind.id, id: id, code: code, unit: UnitID(unit), version: Int(version), values: values,
      states: states.compactMapValues { $0.text.flatMap(ValueState.init(rawValue:)) })
  }
}

extension Kind {
  /// Values by field, in stored form; fields without a value are left out.
  func json(_ values: [String: Value]) -> JSONValue {
    var members: [String: JSONValue] = [:]
    for field in fields {
      if let value = values[field.key] { members[field.key] = field.stored(value).json }
    }
    return .object(members)
  }
}

extension Stored {
  var json: JSONValue {
    switch self {
    case .null: .null
    case .integer(let number): .integer(number)
    case .text(let text): .string(text)
    case .bytes(let bytes): .string(String(decoding: bytes, as: UTF8.self))
    }
  }

  init(_ json: JSONValue) {
    switch json {
    case .integer(let number): self = .integer(number)
    case .bool(let truth): self = .integer(truth ? 1 : 0)
    case .string(let text): self = .text(text)
    case .null, .number, .array, .object: self = .null
    }
  }
}
