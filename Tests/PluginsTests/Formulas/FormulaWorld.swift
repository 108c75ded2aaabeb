import Governance
import Lua

@testable import Plugins

/// A query of these tests: finds the records under a name.
struct FoundRecords: LuaObject {
  static let luaType = "found"
  let name: String
}

/// A host with counts by unit, period and name, and settings from a book.
final class FormulaWorld: FormulaHost {
  /// Unit, then name; the name may carry a month: `red@2026-03`.
  var counts: [UnitID: [String: Int64]] = [:]
  private var entered: FormulaSubject?
  private(set) var entries: [FormulaSubject] = []
  /// Periods whose numbers were wanted without the records behind them.
  private(set) var unproved: Set<Period> = []
  private var isUnproved = false
  /// What every function is taken to have looked at.
  var reads = FormulaReads()
  let book: SettingsBook

  init(_ declarations: [SettingDeclaration] = [], _ definitions: [SettingDefinition] = []) {
    let units = ["sll-01", "sll-02", "sll-03"].map { id in
      SettingUnit(
        UnitID(id), name: Words(id, id), street: "sll", community: UnitID(id),
        types: [Dated(id == "sll-03" ? "commodity" : "old_estate")])
    }
    let types = ["old_estate", "commodity"].map { Choice($0, $0, $0) }
    book = SettingsBook(
      declarations: declarations, definitions: definitions,
      typologies: [
        SettingTypology("community_type", "社区类型", "community type", compulsory: true, types: types)
      ],
      units: [SettingUnit("sll", name: Words("街道", "street"), street: "sll", community: nil)]
        + units)
  }

  func enter(_ subject: FormulaSubject) throws -> LuaValue {
    entered = subject
    entries.append(subject)
    if isUnproved { unproved.insert(subject.period) }
    return [
      "unit": .string(subject.unit.id.rawValue), "name": .string(subject.unit.name.chinese),
      "period": .string(subject.period.description),
      "from": .string(subject.period.first.description),
      "to": .string(subject.period.last.description), "seen": .string(subject.seen.description),
    ]
  }

  func count(_ object: HostObject) throws -> (Int64, Contribution?)? {
    guard let found = object.value as? FoundRecords, let entered else { return nil }
    let known = counts[entered.unit.id] ?? [:]
    let count = known["\(found.name)@\(entered.period)"] ?? known[found.name] ?? 0
    let codes = (0..<min(count, 3)).map { "\(entered.unit.id)-\(found.name)-\($0 + 1)" }
    return (
      count,
      Contribution(
        query: Words(verbatim: found.name), key: found.name, count: count, digest: "d\(count)",
        codes: codes)
    )
  }

  func takeReads() -> FormulaReads { reads }

  func withoutRecords<Value>(_ body: () throws -> Value) rethrows -> Value {
    isUnproved = true
    defer { isUnproved = false }
    return try body()
  }

  func resolve(_ key: String, for unit: UnitID, on day: Day) throws -> Resolution {
    try book.resolve(key, for: unit, on: day)
  }

  static var modules: [HostModule] {
    [
      HostModule(
        "gongyue", Bilingual("公约", "gongyue"),
        functions: FormulaMark.functions + [
          HostFunction(
            "formula", Bilingual("公式", "a formula"),
            Parameter("table", Bilingual("表", "the table"), as: LuaValue.self),
            returns: Bilingual("公式", "the formula")
          ) { $0 },
          HostFunction(
            "records", Bilingual("记录", "records"),
            Parameter("name", Bilingual("名称", "name"), as: String.self),
            returns: Bilingual("查询", "a query")
          ) { FoundRecords(name: $0) },
          HostFunction(
            "tenth", Bilingual("十分之几", "tenths"),
            Parameter("units", Bilingual("几", "how many"), as: Int64.self),
            returns: Bilingual("小数", "a decimal")
          ) { LuaValue.decimal(units: $0, places: 1) },
        ], isGlobal: true)
    ]
  }

  static func interpreter() -> Interpreter {
    Interpreter(
      modules: modules,
      types: [
        FormulaMark.type(in: .chinese), HostType(FoundRecords.luaType, Bilingual("记录", "records")),
      ])
  }

  /// Runs the text of a formula for one unit.
  func run<Result>(
    _ source: String, today: String = "2026-05-12", _ body: (FormulaRun) throws -> Result
  ) throws -> Result {
    let interpreter = Self.interpreter()
    let table = try interpreter.run(source, name: "init.lua")
    let declaration = try FormulaDeclaration(table, at: Place(file: "init.lua", line: 1))
    let run = FormulaRun(declaration, interpreter, host: self, today: Day(today)!)
    return try body(run)
  }

  func assess(
    _ source: String, unit: UnitID = "sll-01", period: String = "2026-04",
    today: String = "2026-05-12"
  ) throws -> Assessment {
    try run(source, today: today) { run in
      try run.assess(FormulaUnit(unit, name: "社区\(unit)"), Period.parse(period))
    }
  }

  /// What is wrong with a table.
  static func problems(_ source: String) throws -> [Problem] {
    let table = try interpreter().run(source, name: "init.lua")
    do {
      _ = try FormulaDeclaration(table, at: Place(file: "init.lua", line: 3))
      return []
    } catch {
      return error.all
    }
  }
}

/// Settings of the assessment, as the shipped plugin declares them.
enum AssessmentSettings {
  static let blocks = [
    "organisation", "deliberation", "closed_loop", "visits", "publicity", "environment",
    "satisfaction",
  ]

  static let declarations = [
    SettingDeclaration(
      "assessment.weights", "考核权重", "weights",
      .map(
        keys: blocks.map { Choice($0, $0, $0) }, of: .decimal(places: 1),
        total: Decimal(100)), definers: [.street, .type]),
    SettingDeclaration(
      "assessment.bands", "等次线", "bands",
      .record(
        [("excellent", "优秀"), ("good", "良好"), ("pass", "合格")].map {
          SettingMember($0.0, $0.1, $0.0, .decimal(places: 2))
        }),
      default: .map(["excellent": .integer(90), "good": .integer(80), "pass": .integer(60)])),
    SettingDeclaration(
      "assessment.curve", "计分线", "curve",
      .record(["full", "zero"].map { SettingMember($0, $0, $0, .decimal(places: 2)) }),
      default: .map(["full": .integer(95), "zero": .integer(60)]),
      definers: [.street, .type, .community]),
    SettingDeclaration(
      "assessment.red", "红牌扣分", "red", .integer, default: .integer(1)),
  ]

  static func weights(_ type: String, _ numbers: [Int64]) -> SettingDefinition {
    let members = zip(blocks, numbers).map { ($0, SettingValue.integer($1)) }
    return SettingDefinition(
      "assessment.weights", .type(type),
      .value(.map(Dictionary(uniqueKeysWithValues: members))),
      place: Place(file: "plugins/types/\(type)/settings.yaml", line: 3))
  }

  static func world() -> FormulaWorld {
    FormulaWorld(
      declarations,
      [
        weights("old_estate", [15, 15, 20, 15, 10, 20, 5]),
        weights("commodity", [12, 22, 23, 10, 13, 10, 10]),
      ])
  }
}
