/// What a person can type where one value is asked for, and the one reader of it.
///
/// Fields of records, settings and the arguments of commands have types of their own; where
/// somebody types, each says which of these it takes:
///
///     ValueType.boolean.read("有")                      // .boolean(true)
///     ValueType.decimal(places: 1).read("1,234.5")      // .decimal(1234.5)
///     ValueType.integer.read("３万")                     // .integer(30000)
///     ValueType.day.read("4月3日", Typing(today: day))   // .day(2026-04-03)
///     ValueType.period.read("2026年第二季度")             // .text("2026-Q2")
///
/// What the program prints of a value, in either language, is read back as that value.
public enum ValueType: Hashable, Sendable {
  case text
  case integer
  /// With at most so many places; nil keeps as many as were typed.
  case decimal(places: Int?)
  case boolean
  case day
  case instant
  /// Read as the text of its one spelling: `2026-Q2`.
  case period
  case choice([Choice])
}

/// What is known where something is typed.
public struct Typing: Hashable, Sendable {
  /// Gives a day or month without a year its year.
  public let today: Day?

  /// What a number counts there; it may be typed behind the number.
  public let measure: Words?

  /// What stands before it: who is asked for 延期次数 may answer `1次`.
  public let label: Words?

  public init(today: Day? = nil, measure: Words? = nil, label: Words? = nil) {
    self.today = today
    self.measure = measure
    self.label = label
  }
}

extension ValueType {
  /// The value that a person typed; nil when it is none, and `expectation` says what would be.
  public func read(_ text: String, _ typing: Typing = Typing()) -> Value? {
    let plain = text.plainSpelling
    switch self {
    case .text: return .text(text)
    case .integer:
      return Decimal(typed: plain, typing).flatMap { $0.withPlaces(0) }.map { .integer($0.units) }
    case .decimal(let places):
      guard let number = Decimal(typed: plain, typing) else { return nil }
      guard let places else { return .decimal(number) }
      return number.withPlaces(places).map { .decimal($0) }
    case .boolean:
      if Self.yes.contains(plain.lowercased()) { return .boolean(true) }
      return Self.no.contains(plain.lowercased()) ? .boolean(false) : nil
    case .day: return (try? Day.parse(plain, today: typing.today)).map { .day($0) }
    case .instant: return (try? Instant.parse(plain, today: typing.today)).map { .instant($0) }
    case .period:
      return (try? Period.parse(plain, today: typing.today)).map { .text($0.description) }
    case .choice(let choices):
      return choices.called(text, by: { ($0.label, [$0.code]) }).map { .text($0.code) }
    }
  }

  private static let yes: Set = ["是", "有", "开", "对", "true", "yes", "y", "on", "1"]
  private static let no: Set = [
    "否", "无", "没有", "关", "不", "不是", "false", "no", "n", "off", "0",
  ]

  /// What a person should have typed.
  public var expectation: Words {
    switch self {
    case .text: Words("文字", "text")
    case .integer: Words("整数", "a whole number")
    case .decimal(let places?):
      Words("数字，小数不超过 \(places) 位", "a number with at most \(places) places")
    case .decimal(nil): Words("数字", "a number")
    case .boolean: Words("“是”或“否”", "yes or no")
    case .day: Words("日期，如 2026-05-12", "a date such as 2026-05-12")
    case .instant: Words("时间，如 2026-05-12 09:30", "a moment such as 2026-05-12 09:30")
    case .period: Words("期间，如 2026-05", "a period such as 2026-05")
    case .choice(let choices):
      Words(
        "下列之一：" + choices.map { "\($0.label.chinese)（\($0.code)）" }.joined(separator: "、"),
        "one of " + choices.map(\.code).joined(separator: ", "))
    }
  }
}

extension FieldType {
  /// What a person types for a field of it; nil where only a record or a unit will do.
  public var typed: ValueType? {
    switch self {
    case .text: .text
    case .integer: .integer
    case .decimal(let places): .decimal(places: places)
    case .boolean: .boolean
    case .day: .day
    case .instant: .instant
    case .period: .period
    case .choice(let choices): .choice(choices)
    case .reference, .unit: nil
    }
  }
}

extension SettingType {
  /// What a person types for a setting of it; nil where it is made of several values.
  var typed: ValueType? {
    switch self {
    case .text: .text
    case .integer: .integer
    case .decimal(let places): .decimal(places: places)
    case .boolean: .boolean
    case .day: .day
    case .choice(let choices): .choice(choices)
    case .list, .map, .record: nil
    }
  }
}
