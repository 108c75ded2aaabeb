public import Governance
internal import Lua

/// The small world of one test: its units, settings and records, and nothing else.
public struct TestContents: Hashable, Sendable {
  public struct Unit: Hashable, Sendable {
    public let id: UnitID
    public let name: String

    /// A community, or an estate that one takes care of.
    public let level: UnitLevel

    /// A type of community; nil for estates.
    public let type: String?

    public init(id: UnitID, name: String, level: UnitLevel = .community, type: String?) {
      self.id = id
      self.name = name
      self.level = level
      self.type = type
    }
  }

  /// One record; ids are 1, 2, … in the order given, for each kind.
  public struct Entry: Hashable, Sendable {
    public let kind: String
    public let unit: UnitID
    public let values: [String: Value]
  }

  public let today: Day?
  public let units: [Unit]

  /// Definitions of the street.
  public let settings: [String: SettingValue]
  public let records: [Entry]

  /// One community of old estates, empty.
  public static let empty = TestContents(
    today: nil, units: [Unit(id: "sll-01", name: "sll-01", type: "old_estate")], settings: [:],
    records: [])
}

/// What runs plugin tests: it makes worlds as real as a workspace's, in memory.
public protocol PluginTestHost: AnyObject {
  /// A world that holds the contents and nothing else.
  func world(_ contents: TestContents, for run: PackageRun) throws -> any TestWorld
}

/// A world that can also be asked by formulas.
public protocol TestWorld: ScriptWorld {
  var formulaHost: any FormulaHost { get }
}

extension TestContents {
  private static let keys = ["today", "units", "settings"]

  /// Reads the table of `t.world { … }`; collections are the kinds' plural names.
  init(_ table: LuaValue, kinds: [Kind]) throws(Problem) {
    guard let fields = table.onlyFields else {
      throw Problem(
        .inputInvalid,
        Words(
          "t.world 要一个写明名称的表，这里是 \(table.spelled)",
          "t.world takes a table with names, found \(table.spelled)"),
        hint: Words("如 t.world { cases = { … } }", "such as t.world { cases = { … } }"))
    }
    let units = try Self.units(table["units"])
    var records: [Entry] = []
    for (name, value) in fields.sorted(by: { $0.key < $1.key }) where !Self.keys.contains(name) {
      guard let kind = kinds.first(where: { $0.collection == name }) else {
        let near = nearest(to: name, in: kinds.map(\.collection) + Self.keys)
        throw Problem(
          .inputInvalid, Words("没有“\(name)”这类记录", "there is no kind of record '\(name)'"),
          hint: near.map { Words("是不是想写“\($0)”？", "did you mean '\($0)'?") })
      }
      for item in try Self.list(value, name) { records.append(try Self.entry(item, kind, units)) }
    }
    let today = fields["today"].flatMap { $0.isNil ? nil : $0.text ?? $0.spelled }
    self.init(
      today: try today.map { text throws(Problem) in try Day.parse(text) },
      units: units, settings: try Self.settings(table["settings"]), records: records)
  }

  private static func units(_ value: LuaValue) throws(Problem) -> [Unit] {
    let items = try value.isNil ? [] : list(value, "units")
    guard !items.isEmpty else { return empty.units }
    var units: [Unit] = []
    for (index, item) in items.enumerated() {
      let unit = try OptionTable(item, unitOptions, number: index + 1)
      let id = unit["id"].text ?? ""
      let level = UnitLevel(rawValue: unit["level"].text ?? "community") ?? .community
      let type = unit["type"].text ?? (level == .community ? "old_estate" : nil)
      units.append(Unit(id: UnitID(id), name: unit["name"].text ?? id, level: level, type: type))
    }
    return units
  }

  private static let unitOptions = [
    Option("id", .text, "代码", "its id", isNeeded: true),
    Option("name", .text, "名称", "its name"),
    Option("level", .choice([UnitLevel.community, .estate].map(\.rawValue)), "层级", "its level"),
    Option("type", .choice(CommunityType.allCases.map(\.rawValue)), "社区类型", "its type"),
  ]

  /// - Throws: `input.invalid` for what is no list: one record, or a table with names, would
  ///   otherwise be passed over.
  private static func list(_ value: LuaValue, _ name: String) throws(Problem) -> [LuaValue] {
    if let items = value.onlyItems { return items }
    throw Problem(
      .inputInvalid,
      Words("\(name) 要一个列表，这里是 \(value.spelled)", "\(name) is a list, found \(value.spelled)"),
      hint: Words("写成 \(name) = { { … }, { … } }", "write \(name) = { { … }, { … } }"))
  }

  private static func entry(
    _ item: LuaValue, _ kind: Kind, _ units: [Unit]
  ) throws(Problem) -> Entry {
    var values: [String: Value] = [:]
    var unit = units.count == 1 ? units[0].id : nil
    guard let fields = item.onlyFields else {
      throw Problem(
        .inputInvalid,
        Words(
          "\(kind.collection) 的每条记录要一个“字段 = 值”的表，这里是 \(item.spelled)",
          "each record of \(kind.collection) is a table of field = value, found \(item.spelled)"))
    }
    for (name, raw) in fields.sorted(by: { $0.key < $1.key }) {
      if name == "unit", let text = raw.text {
        unit = UnitID(text)
        continue
      }
      guard let field = kind.field(name) else { throw .noSuchField(name, kind) }
      values[name] = try field.value(raw)
    }
    guard let unit else {
      throw Problem(
        .inputInvalid,
        Words("\(kind.collection) 的记录没有写明 unit", "a record of \(kind.collection) names no unit"))
    }
    return Entry(kind: kind.id, unit: unit, values: values)
  }

  private static func settings(_ table: LuaValue) throws(Problem) -> [String: SettingValue] {
    var settings: [String: SettingValue] = [:]
    guard let fields = table.isNil ? [:] : table.onlyFields else {
      throw Problem(
        .inputInvalid,
        Words("settings 要一个表，这里是 \(table.spelled)", "settings is a table, found \(table.spelled)"),
        hint: Words(
          "写成 settings = { [\"notice.workdays\"] = 7 }",
          "write settings = { [\"notice.workdays\"] = 7 }"))
    }
    for (key, value) in fields { settings[key] = try SettingValue(script: value) }
    return settings
  }
}
