/// What a field of a record holds.
public enum Value: Hashable, Sendable {
  case boolean(Bool)
  case integer(Int64)
  case decimal(Decimal)
  case text(String)
  case day(Day)
  case instant(Instant)
}

/// Why there is a value, or why there is none; law 8 of the architecture.
public enum ValueState: String, CaseIterable, Sendable {
  case present
  /// 零报告: looked, and there was nothing.
  case zeroReport = "zero_report"
  /// 缺报: should have been reported and was not.
  case missing
  /// 不适用: the question does not arise.
  case notApplicable = "not_applicable"
  /// 待补: promised for later.
  case pending
}

/// One stored thing: the values of its kind's fields, and the states of those without one.
public struct Record: Hashable, Sendable {
  public let kind: String
  public let id: Int64
  public let code: String
  public let unit: UnitID
  public let version: Int
  public let values: [String: Value]

  /// States of fields that are not plainly present or missing.
  public let states: [String: ValueState]

  public init(
    kind: String, id: Int64, code: String, unit: UnitID, version: Int,
    values: [String: Value], states: [String: ValueState] = [:]
  ) {
    self.kind = kind
    self.id = id
    self.code = code
    self.unit = unit
    self.version = version
    self.values = values
    self.states = states
  }

  public func state(of field: String) -> ValueState {
    if let state = states[field] { return state }
    return values[field] == nil ? .missing : .present
  }
}
