internal import CLuaShim
internal import Governance
internal import Lua
internal import Plugins
internal import Storage

/// Makes the small worlds of plugin tests: real storage in memory, the workspace's own
/// settings and calendar, and the records that the test gives.
final class PluginTestWorlds: PluginTestHost {
  private let packages: [Package]
  private let files: [Catalogue.SettingsFile]
  private let functions: SettingFunctions
  private let calendar: WorkCalendar
  private let today: Day
  private let language: Language
  private let drivers: Drivers

  init(
    packages: [Package], files: [Catalogue.SettingsFile], calendar: WorkCalendar, today: Day,
    language: Language, drivers: Drivers
  ) {
    self.packages = packages
    self.files = files
    functions = SettingFunctions(files, limits: PackageTests.limits, language: language)
    self.calendar = calendar
    self.today = today
    self.language = language
    self.drivers = drivers
  }

  func world(_ contents: TestContents, for run: PackageRun) throws -> any TestWorld {
    let units = try contents.tree
    let settings = WorkspaceSettings(
      packages, files: files.filter { $0.owner.appliesTo(contents.units.map(\.id)) },
      functions: functions, recorded: [], units: units)
    let given = contents.settings.sorted { $0.key < $1.key }.map { key, value in
      Governance.SettingDefinition(
        key, .street(nil), .value(value), strength: settings.book.strength(overTypes: key),
        basis: "test", origin: .database(sequence: 1))
    }
    let book =
      given.isEmpty
      ? settings.book
      : try settings.book.check(given, using: settings.evaluator()).accepted()
    let store = try Store.open(try drivers.inMemory())
    let today = contents.today ?? today
    let signature = Signature(actor: "test", reason: "插件测试", today: today)
    try store.write(signature) { writer in
      for unit in contents.units { _ = try writer.create(unit.draft) }
      for entry in contents.recordsInOrder {
        _ = try writer.create(Draft(entry.kind, unit: entry.unit, entry.values))
      }
    }
    return PluginTestWorld(
      store: store, signature: signature, settings: settings.with(book), units: units,
      calendar: calendar,
      today: today, language: language, run: run)
  }
}

extension SettingsBook {
  /// A test's settings are its street's and stand in place of what the shipped types say;
  /// communities' own rules still follow them.
  fileprivate func strength(overTypes key: String) -> SettingStrength {
    definitions.contains { $0.key == key && $0.layer == .type } ? .mandate : .set
  }
}

extension Owner {
  /// Files of communities that are not in the test say nothing there.
  fileprivate func appliesTo(_ units: [UnitID]) -> Bool {
    if case .community(let unit) = self { return units.contains(unit) }
    return true
  }
}

extension TestContents.Unit {
  /// The unit's own record.
  fileprivate var draft: Draft {
    Draft(
      "unit", unit: id,
      [
        "key": .text(id.rawValue), "name": .text(name), "level": .text(level.rawValue),
        "has_committee": .boolean(level == .community), "from": .day(Day(ordinal: 0)),
      ])
  }
}

extension TestContents {
  /// Records after those of the kinds they refer to; within a kind as they were given.
  fileprivate var recordsInOrder: [Entry] {
    let byKind = Dictionary(grouping: records, by: \.kind)
    var order: [String] = []
    func visit(_ id: String, _ path: Set<String>) {
      guard !order.contains(id), !path.contains(id), let kind = BuiltInKinds.kind(id) else {
        return
      }
      for case .reference(let target) in kind.fields.map(\.type) {
        visit(target, path.union([id]))
      }
      order.append(id)
    }
    for kind in byKind.keys.sorted() { visit(kind, []) }
    return order.flatMap { byKind[$0] ?? [] }
  }

  /// The units of a test under one street.
  fileprivate var tree: UnitTree {
    get throws {
      let street = Governance.Unit("street", name: Words("街道", "street"), level: .street)
      let communities = units.map { unit in
        Governance.Unit(
          unit.id, name: Words(verbatim: unit.name), level: unit.level, parent: street.id,
          hasCommittee: unit.level == .community)
      }
      let types = units.filter { $0.level == .community }.map { unit in
        TypeMembership(unit.id, is: unit.type ?? CommunityType.oldEstate.rawValue)
      }
      return try UnitTree(units: [street] + communities, types: types)
    }
  }
}

/// A world that opens its store for each question, because a test outlives transactions.
final class PluginTestWorld: TestWorld {
  private let store: Store
  private let signature: Signature
  private let settings: WorkspaceSettings
  private let units: UnitTree
  private unowned let run: PackageRun
  private var subject: FormulaSubject?
  private let notes = ReadNotes()
  let calendar: WorkCalendar
  let today: Day
  let language: Language

  init(
    store: Store, signature: Signature, settings: WorkspaceSettings, units: UnitTree,
    calendar: WorkCalendar, today: Day, language: Language, run: PackageRun
  ) {
    self.store = store
    self.signature = signature
    self.settings = settings
    self.units = units
    self.calendar = calendar
    self.today = today
    self.language = language
    self.run = run
  }

  var kinds: [Kind] { BuiltInKinds.all }

  private func reading<Value>(_ body: (World) throws -> Value) throws -> Value {
    try store.read { try body(world($0)) }
  }

  private func writing<Value>(_ body: (World) throws -> Value) throws -> Value {
    try store.write(signature) { try body(world($0)) }
  }

  private func world(_ reader: Reader) throws -> World {
    let world = World(
      reader, settings: settings, units: units, calendar: calendar, today: today,
      language: language, visible: .all, actor: .office, notes: notes)
    world.restrict(to: run.package.manifest)
    if let subject { try world.enter(subject) }
    return world
  }

  func unit(named text: String) throws -> UnitID {
    try reading { try $0.unit(named: text) }
  }

  func admit(_ unit: UnitID) throws {
    try reading { try $0.admit(unit) }
  }

  func aggregate(_ query: Query, _ aggregate: Aggregate) throws -> Aggregated {
    try reading { try $0.aggregate(query, aggregate) }
  }

  func groups(
    _ query: Query, by fields: [String], _ aggregate: Aggregate
  ) throws -> [AggregatedGroup] {
    try reading { try $0.groups(query, by: fields, aggregate) }
  }

  func rows(_ query: Query, fields: [String]) throws -> ScriptRows {
    ScriptRows(
      ArrayRows(try reading { try $0.values(of: fields, query) }).source, hasStates: true)
  }

  func states(_ kind: String, id: Int64) throws -> [String: ValueState] {
    try reading { try $0.states(kind, id: id) }
  }

  func create(_ kind: String, _ values: [String: Value]) throws -> Int64 {
    try writing { try $0.create(kind, values) }
  }

  func update(
    _ kind: String, id: Int64, _ values: [String: Value?], reason: String
  ) throws {
    try writing { try $0.update(kind, id: id, values, reason: reason) }
  }

  func setting(_ key: String, unit: UnitID?, on day: Day?) throws -> SettingValue? {
    try reading { try $0.setting(key, unit: unit, on: day) }
  }

  func why(_ key: String, unit: UnitID?, on day: Day?) throws -> String {
    try reading { try $0.why(key, unit: unit, on: day) }
  }

  func assess(_ formula: String, _ period: Period) throws -> LuaValue {
    let declaration = try run.formulas(formula).version(for: period)
    let communities = units.all(on: period.last).filter { $0.level == .community }.map { unit in
      FormulaUnit(
        unit.id, name: unit.name,
        type: units.communityType(of: unit.id, on: period.last)?.rawValue)
    }
    let standings = try FormulaRun(
      declaration, run.interpreter, host: formulaHost, today: today
    ).standings(communities, period)
    return [standings].lua(in: language)
  }

  func log(_ line: String) {}

  func noteRead(_ query: Query, _ aggregate: Aggregate?) {
    notes.note(kindsOf: query)
    if subject != nil { notes.note(query) }
  }

  func takeReads() throws -> FormulaReads { try reading { try $0.takeReads() } }

  func readsSinceAsked() throws -> FormulaReads { try takeReads() }

  func withoutRecords<Value>(_ body: () throws -> Value) rethrows -> Value {
    try notes.withoutRecords(body)
  }

  var formulaHost: any FormulaHost { PluginTestFormulaHost(world: self) }

  func enter(_ subject: FormulaSubject) {
    self.subject = subject
  }

  func contribution(_ query: Query) throws -> (Int64, Contribution?) {
    let guarded = try run.context.admitted(query, for: .counting)
    return try reading { try $0.contribution(guarded) }
  }

  func resolve(_ key: String, for unit: UnitID, on day: Day) throws -> Resolution {
    try settings.book.resolve(key, for: unit, on: day, using: settings.evaluator())
  }
}

/// A test's world as a formula's run asks it.
private final class PluginTestFormulaHost: FormulaHost {
  private let world: PluginTestWorld

  init(world: PluginTestWorld) {
    self.world = world
  }

  func enter(_ subject: FormulaSubject) throws -> LuaValue {
    world.enter(subject)
    return .object(HostObject(ScriptSubject(subject)))
  }

  func count(_ object: HostObject) throws -> (Int64, Contribution?)? {
    guard let query = object.value as? ScriptQuery else { return nil }
    return try world.contribution(query.query)
  }

  func resolve(_ key: String, for unit: UnitID, on day: Day) throws -> Resolution {
    try world.resolve(key, for: unit, on: day)
  }

  func takeReads() throws -> FormulaReads { try world.takeReads() }

  func withoutRecords<Value>(_ body: () throws -> Value) rethrows -> Value {
    try world.withoutRecords(body)
  }

  func failure(_ error: LuaError, while doing: Words) -> any Error {
    Problem.script(error).while(doing)
  }
}
