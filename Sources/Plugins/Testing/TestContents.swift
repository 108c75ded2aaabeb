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
    let fields = table.fields ?? [:]
    let units = try Self.units(table["units"])
    var records: [Entry] = []
    for (name, value) in fields.sorted(by: { $0.key < $1.key }) where !Self.keys.contains(name) {
      guard let kind = kinds.first(where: { $0.collection == name }) else {
        let near = nearest(to: name, in: kinds.map(\.collection) + Self.keys)
        throw Problem(
          .inputInvalid, Words("没有“\(name)”这类记录", "there is no kind of record '\(name)'"),
          hint: near.map { Words("是不是想写“\($0)”？", "did you mean '\($0)'?") })
      }
      for item in value.items ?? [] { records.append(try Self.entry(item, kind, units)) }
    }
    self.init(
      today: try table["today"].text.map { text throws(Problem) in try Day.parse(text) },
      units: units, settings: try Self.settings(table["settings"]), records: records)
  }

  private static func units(_ value: LuaValue) throws(Problem) -> [Unit] {
    guard let items = value.items, !items.isEmpty else { return empty.units }
    var units: [Unit] = []
    for item in items {
      guard let id = item["id"].text else {
        throw Problem(.inputInvalid, Words("单位要有代码 id", "a unit needs an id"))
      }
      let level = UnitLevel(rawValue: item["level"].text ?? "community") ?? .community
      let type = item["type"].text ?? (level == .community ? "old_estate" : nil)
      units.append(
        Unit(id: UnitID(id), name: item["name"].text ?? id, level: level, type: type))
    }
    return units
  }

  private static func entry(
    _ item: LuaValue, _ kind: Kind, _ units: [Unit]
  ) throws(Problem) -> Entry {
    var values: [String: Value] = [:]
    var unit = units.count == 1 ? units[0].id : nil
    for (name, raw) in (item.fields ?? [:]).sorted(by: { $0.key < $1.key }) {
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
    for (key, value) in table.fields ?? [:] { settings[key] = try SettingValue(script: value) }
    return settings
  }
}
