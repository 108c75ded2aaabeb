internal import Governance
internal import Storage

/// A recorded rule that speaks of what is not there any more: it rests until that comes back.
///
/// A stored rule is never a reason to stop: whoever made it can withdraw it, and everything else
/// goes on without it.
struct RestingSetting: Hashable {
  let record: RecordedSetting
  let why: Words

  /// The numbers of all records that rest.
  static func all(
    in recorded: [RecordedSetting], declared: Set<String>, units: UnitTree
  ) -> [Int64] {
    recorded.filter { reason($0, declared: declared, units: units) != nil }.map(\.sequence)
  }

  /// Those that somebody should know of: the newest for each key and target, unless it is a
  /// withdrawal.
  static func among(
    _ recorded: [RecordedSetting], declared: Set<String>, units: UnitTree
  ) -> [RestingSetting] {
    let newest = Dictionary(grouping: recorded) { Subject($0.stored) }
      .compactMapValues { $0.max { $0.sequence < $1.sequence } }.values
    return newest.sorted { $0.sequence < $1.sequence }.compactMap { record in
      guard record.stored.value != nil,
        let why = reason(record, declared: declared, units: units)
      else { return nil }
      return RestingSetting(record: record, why: why)
    }
  }

  private struct Subject: Hashable {
    let key: String
    let target: Storage.SettingDefinition.Target

    init(_ stored: Storage.SettingDefinition) {
      key = stored.key
      target = stored.target
    }
  }

  private static func reason(
    _ record: RecordedSetting, declared: Set<String>, units: UnitTree
  ) -> Words? {
    guard declared.contains(record.stored.key) else {
      return Words("没有启用的插件声明这项设置", "no enabled package declares the setting")
    }
    switch record.stored.target {
    case .street: return nil
    case .type(let type):
      guard units.typologies.type(type) == nil else { return nil }
      return Words("类型“\(type)”已经没有了", "there is no type '\(type)' any more")
    case .unit(let unit):
      guard !units.settingUnits.contains(where: { $0.id == unit }) else { return nil }
      return Words("单位“\(unit)”已经没有了", "there is no unit '\(unit)' any more")
    }
  }

  /// `设置“a.days”的规定 4（数据库 第 3 号）暂不起作用：…；撤销：gongyue set …`.
  var words: Words {
    let (key, value) = (record.stored.key, record.stored.value ?? "")
    let withdrawal = "gongyue set \(key) --unset \(target) --basis "
    return Words(
      "“\(key)”的规定 \(value)（数据库 第 \(record.sequence) 号）暂不起作用：\(why.chinese)；"
        + "撤销它：\(withdrawal)依据",
      "the rule \(key) = \(value) (database no. \(record.sequence)) rests: \(why.english); "
        + "to withdraw it: \(withdrawal)TEXT")
  }

  /// How the command line names whose rule it is.
  private var target: String {
    switch record.stored.target {
    case .street: "--street"
    case .type(let type): "--type \(type)"
    case .unit(let unit): "--unit \(unit)"
    }
  }

  /// Whether a change speaks of it: by key, and by whose it is.
  ///
  /// - Parameter units: those that exist, by name; what is gone goes by its code only.
  func isMeant(by change: SettingChange, among units: UnitTree, on day: Day) -> Bool {
    guard change.key == record.stored.key else { return false }
    switch (change.target, record.stored.target) {
    case (.street, .street): return true
    case (.type(let name), .type(let type)):
      return name == type || units.typologies.type(name)?.code == type
    case (.unit(let name), .unit(let unit)):
      return name == unit.rawValue || (try? units.find(name, on: day))?.id == unit
    default: return false
    }
  }
}
