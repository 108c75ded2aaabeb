internal import CLuaShim
internal import Digests
internal import Governance
internal import Lua
internal import Plugins
internal import Storage

/// A workspace as one run of scripts sees it: the records of one transaction, the
/// scope of its actor, the settings and the calendar.
///
/// Lives inside a read or write closure and on its thread.
final class World: ScriptWorld {
  let reader: Reader
  let settings: WorkspaceSettings
  private let evaluate: SettingEvaluator
  let units: UnitTree
  let calendar: WorkCalendar
  let today: Day
  let language: Language

  /// All that the actor may see.
  let visible: Scope.Units

  /// What queries see now: the subject of a formula, else all that is visible.
  private(set) var seen: Scope.Units

  /// Which records of that the actor may read, and which may be changed.
  private var readable: Scope
  private let own: Scope
  private let actor: Actor

  /// The unit a formula is asked about.
  private(set) var subject: FormulaSubject?

  private let notes: ReadNotes

  /// Kinds that queries named; closing keeps their records.
  var kindsRead: Set<String> { notes.kinds }

  /// The days no notice has settled that answers of the calendar rested on.
  private(set) var provisionalDays: Set<Day> = []

  /// Units that this run filed, beyond the tree it began with.
  private var filed: Set<UnitID> = []

  /// Computes another formula, for commands.
  var assessing: ((String, Period) throws -> LuaValue)?
  var logging: (String) throws -> Void = { _ in }

  init(
    _ reader: Reader, settings: WorkspaceSettings, units: UnitTree, calendar: WorkCalendar,
    today: Day,
    language: Language, visible: Scope.Units, actor: Actor, notes: ReadNotes = ReadNotes()
  ) {
    self.reader = reader
    self.notes = notes
    self.settings = settings
    evaluate = settings.evaluator()
    self.units = units
    self.calendar = calendar
    self.today = today
    self.language = language
    self.visible = visible
    self.actor = actor
    seen = visible
    readable = .readable(by: actor)
    own = .own(of: actor)
  }

  var kinds: [Kind] { BuiltInKinds.all }

  /// From now on queries name only what a package's manifest grants. Capabilities were checked
  /// before, with better words; this holds where they have a hole.
  func restrict(to manifest: Manifest) {
    readable.grants = Scope.readable(by: actor).grants.only(manifest.granted)
  }

  /// Capabilities were checked and sensitive rows taken out before a query comes here.
  private var scope: Scope {
    var scope = readable
    scope.units = seen
    return scope
  }

  /// The same records, whole: what the host itself must know of them.
  private var wholeScope: Scope {
    var scope = scope
    scope.grants = .everything
    return scope
  }

  /// Records that may be filed and changed.
  private var ownScope: Scope {
    var scope = own
    scope.units = seen
    return scope
  }

  func admit(_ unit: UnitID) throws {
    try scope.check(unit)
  }

  func unit(named text: String) throws -> UnitID {
    let id = UnitID(text)
    if try exists(id) { return id }
    return try units.find(text, on: subject?.period.last ?? today).id
  }

  /// Whether there is, was or will be such a unit; one filed in this very run counts.
  private func exists(_ unit: UnitID) throws -> Bool {
    if units.knows(unit) || filed.contains(unit) { return true }
    let found = try reader.exists(
      Query(
        kind: "unit", where: .compare(field: "key", .equal, .value(.text(unit.rawValue)))),
      in: .all)
    if found { filed.insert(unit) }
    return found
  }

  func aggregate(_ query: Query, _ aggregate: Aggregate) throws -> Aggregated {
    if case .count = aggregate {
      return Aggregated(.integer(Int64(try reader.count(query, in: scope))))
    }
    return Aggregated(try reader.total(aggregate, of: query, in: scope))
  }

  func groups(
    _ query: Query, by fields: [String], _ aggregate: Aggregate
  ) throws -> [AggregatedGroup] {
    try reader.groups(query, by: fields, aggregate, in: scope).map { group in
      guard case .count = aggregate else {
        return AggregatedGroup(group.keys, Aggregated(group.total))
      }
      return AggregatedGroup(group.keys, Aggregated(.integer(Int64(group.total.records))))
    }
  }

  func rows(_ query: Query, fields: [String]) throws -> ScriptRows {
    let cursor = try reader.cursor(query, fields, in: scope)
    return ScriptRows(cursor.source, hasStates: cursor.columns.contains { $0.state != nil })
  }

  /// The same as values, then states, for worlds whose transactions are short.
  func values(of fields: [String], _ query: Query) throws -> [[Value?]] {
    let values = try reader.columns(query, fields, in: scope)
    let records = try reader.records(query, in: scope)
    return zip(values, records).map { row, record in
      row
        + zip(row, fields).map { value, field in
          .text((record.states[field] ?? (value == nil ? .missing : .present)).rawValue)
        }
    }
  }

  func states(_ kind: String, id: Int64) throws -> [String: ValueState] {
    try reader.record(kind, id: id, in: scope)?.states ?? [:]
  }

  func create(_ kind: String, _ values: [String: Value]) throws -> Int64 {
    guard case .text(let unit)? = values["unit"] else { throw Problem.noUnitNamed }
    try scope.check(UnitID(unit))
    return try filing.create(reader.schema.kind(kind), values)
  }

  func update(
    _ kind: String, id: Int64, _ values: [String: Value?], reason: String
  ) throws {
    guard let old = try reader.record(kind, id: id, in: wholeScope) else {
      throw Problem.noRecord(kind, id)
    }
    _ = try filing.correct(old, of: reader.schema.kind(kind), values, reason: reason)
  }

  private var filing: Filing {
    get throws {
      Filing(
        writer: try writer, actor: actor, units: units, today: today, own: ownScope,
        exists: exists)
    }
  }

  private var writer: Writer {
    get throws {
      guard let writer = reader as? Writer else { throw Problem.readsOnly }
      return writer
    }
  }

  func setting(_ key: String, unit: UnitID?, on day: Day?) throws -> SettingValue? {
    let resolution = try resolution(key, unit: unit, on: day)
    if subject != nil { notes.note(resolution) }
    return resolution.value
  }

  func why(_ key: String, unit: UnitID?, on day: Day?) throws -> String {
    try resolution(key, unit: unit, on: day).why.report.text(in: language, width: 160)
  }

  /// Settings of a formula are those of its period's last day.
  private func resolution(_ key: String, unit: UnitID?, on day: Day?) throws -> Resolution {
    let unit = try unit ?? subject?.unit.id ?? street
    return try resolve(key, for: unit, on: day ?? subject?.period.last ?? today)
  }

  func resolve(_ key: String, for unit: UnitID, on day: Day) throws -> Resolution {
    try settings.book.resolve(key, for: unit, on: day, using: evaluate)
  }

  private var street: UnitID {
    get throws {
      if let street = units.all(on: today).first(where: { $0.level == .street }) {
        return street.id
      }
      throw Problem.noUnitNamed
    }
  }

  func assess(_ formula: String, _ period: Period) throws -> LuaValue {
    guard let assessing else { throw Problem.readsOnly }
    return try assessing(formula, period)
  }

  func log(_ line: String) throws {
    try logging(line)
  }

  func noteProvisional(_ day: Day) { provisionalDays.insert(day) }

  func noteRead(_ query: Query, _ aggregate: Aggregate?) {
    notes.note(kindsOf: query)
    if subject != nil { notes.note(query) }
  }
}

/// Formulas.
extension World {
  /// From now on queries see the subject's unit only.
  func enter(_ subject: FormulaSubject) throws {
    guard case .only(let own) = visible, !own.contains(subject.unit.id) else {
      self.subject = subject
      seen = .only([subject.unit.id])
      return
    }
    throw Problem.outsideScope(.office, unit: subject.unit.id)
  }

  func leaveSubject() {
    subject = nil
    seen = visible
  }

  /// What a function looked at while it ran; asking forgets it.
  func takeReads() throws -> FormulaReads {
    try notes.take(evidence)
  }

  func readsSinceAsked() throws -> FormulaReads { try takeReads() }

  /// How many codes of records an explanation lists.
  private static let listed = 8

  /// Runs `body` without noting which records its numbers came from.
  func withoutRecords<Value>(_ body: () throws -> Value) rethrows -> Value {
    try notes.withoutRecords(body)
  }

  /// How many records a query has, and for an explanation which.
  func contribution(_ query: Query) throws -> (Int64, Contribution?) {
    notes.note(kindsOf: query)
    guard notes.wantsRecords else { return (Int64(try reader.count(query, in: scope)), nil) }
    let contribution = try evidence(query)
    return (contribution.count, contribution)
  }

  private func evidence(_ query: Query) throws -> Contribution {
    let evidence = try reader.evidence(query, in: scope, listing: Self.listed)
    return Contribution(
      query: query.words(kinds: kinds), key: Digest(of: query.canonical).short,
      count: Int64(evidence.count), digest: evidence.digest.description, codes: evidence.codes)
  }
}

extension Aggregated {
  fileprivate init(_ total: Total) {
    self.init(total.value, missing: total.missing)
  }
}

extension Query {
  /// The kinds it reads, those of matched queries included.
  var kinds: Set<String> { condition.kinds.union([kind]) }
}

extension Condition {
  fileprivate var kinds: Set<String> {
    switch self {
    case .matched(let query, _): query.kinds
    case .all(let parts), .any(let parts):
      parts.reduce(into: []) { $0.formUnion($1.kinds) }
    case .not(let condition): condition.kinds
    default: []
    }
  }
}

extension Problem {
  static let readsOnly = Problem(
    .denied, Words("这次运行只能读，不能写", "this run reads and cannot write"),
    hint: Words("在命令或脚本里写，不在公式里写", "write in commands and scripts, not in formulas"))

  static let noUnitNamed = Problem(
    .inputInvalid, Words("要写明属于哪个单位（unit）", "say which unit it belongs to (unit)"))

  static func noRecord(_ kind: String, _ id: Int64) -> Problem {
    Problem(
      .recordUnknown, Words("没有这条记录（\(kind) \(id)）", "there is no such record (\(kind) \(id))"))
  }
}
