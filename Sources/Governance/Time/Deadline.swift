/// A last day and how it was counted, kept with whatever it is the deadline of.
///
/// When the calendar changes later, a published deadline stays and a computed
/// one can be told from what it would be now.
public struct Deadline: Hashable, Sendable {
  /// What was counted.
  public enum Unit: String, CaseIterable, Sendable {
    case workdays
    case days
  }

  public let start: Day
  public let count: Int
  public let unit: Unit

  /// Whether the starting day is the first that counts (Civil Code 204) or not (201).
  public let countsFirstDay: Bool
  public let due: Day

  /// The version of the calendar that was used.
  public let calendarVersion: String

  /// Whether a day that mattered is not settled by a notice yet.
  public let isProvisional: Bool

  public init(
    start: Day, count: Int, unit: Unit, countsFirstDay: Bool, due: Day, calendarVersion: String,
    isProvisional: Bool
  ) {
    self.start = start
    self.count = count
    self.unit = unit
    self.countsFirstDay = countsFirstDay
    self.due = due
    self.calendarVersion = calendarVersion
    self.isProvisional = isProvisional
  }

  /// `自2026年4月30日起5个工作日（当日不计入），至2026年5月11日`, and whether it is provisional.
  public var label: Words {
    let chineseUnit = unit == .workdays ? "个工作日" : "日"
    let englishUnit = unit == .workdays ? "working days" : "days"
    let direction = count < 0 ? ("往前", "back from") : ("起", "from")
    let amount = count.magnitude
    let chinese =
      "自\(start.chinese)\(direction.0)\(amount)\(chineseUnit)"
      + "（当日\(countsFirstDay ? "" : "不")计入），至\(due.chinese)"
      + (isProvisional ? "（暂定，放假通知尚未公布）" : "")
    let english =
      "\(amount) \(englishUnit) \(direction.1) \(start.label.english), "
      + "\(countsFirstDay ? "counting" : "not counting") that day: \(due.label.english)"
      + (isProvisional ? " (provisional until the holiday notice is out)" : "")
    return Words(chinese, english)
  }
}
