public import Governance

extension Value {
  /// As a message shows it.
  var spelling: String {
    switch self {
    case .boolean(let truth): truth ? "true" : "false"
    case .integer(let number): String(number)
    case .decimal(let decimal): decimal.description
    case .text(let text): "\"\(text)\""
    case .day(let day): day.description
    case .instant(let instant): instant.description
    }
  }
}

extension Field {
  /// The value as this field stores it.
  ///
  /// Texts are understood where a person or a script writes them: dates, moments,
  /// decimals, and choices by code or Chinese label. A whole number becomes a
  /// decimal or a moment (UTC milliseconds) where the field holds one.
  /// - Throws: `Problem` `input.invalid` naming what the field takes.
  public func accepting(_ value: Value) throws(Problem) -> Value {
    switch (type, value) {
    case (.text, .text), (.period, .text), (.unit, .text), (.integer, .integer),
      (.reference, .integer), (.boolean, .boolean), (.day, .day), (.instant, .instant):
      return value
    case (.integer, .decimal(let decimal)), (.reference, .decimal(let decimal)):
      guard let whole = decimal.units(at: 0) else { break }
      return .integer(whole)
    case (.decimal(let places), .decimal(let decimal)):
      guard let units = decimal.units(at: places) else { break }
      return .decimal(Decimal(units: units, places: places))
    case (.decimal(let places), .integer(let number)):
      guard let units = Decimal(units: number, places: 0).units(at: places) else { break }
      return .decimal(Decimal(units: units, places: places))
    case (.decimal, .text(let text)):
      guard let decimal = Decimal(text) else { break }
      return try accepting(.decimal(decimal))
    case (.day, .text(let text)):
      guard let day = Day(text) else { break }
      return .day(day)
    case (.instant, .text(let text)):
      guard let instant = Instant(text) else { break }
      return .instant(instant)
    case (.instant, .integer(let milliseconds)):
      return .instant(Instant(milliseconds: milliseconds))
    case (.choice(let choices), .text(let text)):
      let found = choices.first { $0.code == text || $0.label.chinese == text }
      guard let found else { throw .unknownChoice(text, self, choices) }
      return .text(found.code)
    default: break
    }
    throw .wrongValue(self, type.expectation, got: value)
  }

  /// The stored form of a value that the field accepted.
  func stored(_ value: Value?) -> Stored {
    switch value {
    case nil: .null
    case .boolean(let truth): .integer(truth ? 1 : 0)
    case .integer(let number): .integer(number)
    case .decimal(let decimal): .integer(decimal.units)
    case .text(let text): .text(text)
    case .day(let day): .text(day.description)
    case .instant(let instant): .integer(instant.milliseconds)
    }
  }

  /// The value of a stored form; nil when there is none.
  ///
  /// - Throws: `storage.damaged` when the column holds what the field cannot.
  func value(_ stored: Stored) throws(Problem) -> Value? {
    switch (type, stored) {
    case (_, .null): return nil
    case (.text, .text(let text)), (.period, .text(let text)), (.unit, .text(let text)),
      (.choice, .text(let text)):
      return .text(text)
    case (.integer, .integer(let number)), (.reference, .integer(let number)):
      return .integer(number)
    case (.decimal(let places), .integer(let units)):
      return .decimal(Decimal(units: units, places: places))
    case (.boolean, .integer(let truth)): return .boolean(truth != 0)
    case (.instant, .integer(let milliseconds)):
      return .instant(Instant(milliseconds: milliseconds))
    case (.day, .text(let text)):
      if let day = Day(text) { return .day(day) }
    default: break
    }
    throw .databaseDamaged(
      at: nil,
      detail: Words("字段 \(key) 里的内容不对", "field \(key) holds what it cannot hold"))
  }

  /// Whether its values have an order worth asking for.
  var isOrdered: Bool {
    switch type {
    case .text, .integer, .decimal, .day, .instant, .period: true
    case .boolean, .choice, .reference, .unit: false
    }
  }
}

extension FieldType {
  /// What a person should have given.
  var expectation: Words {
    switch self {
    case .reference: Words("另一条记录的编号", "the code of another record")
    case .unit: Words("单位代码，如 sll-02", "the id of a unit such as sll-02")
    case .choice: Words("一个选项", "one of its choices")
    default: typed?.expectation ?? Words("文字", "text")
    }
  }
}

extension Decimal {
  /// The scaled number at other places; nil when digits would be lost or it is too large.
  func units(at wanted: Int) -> Int64? {
    var units = units
    for _ in 0..<max(0, wanted - places) {
      let (product, overflow) = units.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      units = product
    }
    for _ in 0..<max(0, places - wanted) {
      guard units % 10 == 0 else { return nil }
      units /= 10
    }
    return units
  }
}
