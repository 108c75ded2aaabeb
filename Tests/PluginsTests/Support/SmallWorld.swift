import CLuaShim
import Governance
import Lua

@testable import Plugins

/// A world of a few records in arrays, evaluated the plainest way there is.
final class SmallWorld: ScriptWorld {
  var kinds = BuiltInKinds.all
  var today = Day("2026-05-12")!
  var calendar = SmallWorld.everyWeekday
  var language = Language.chinese
  var records: [String: [Record]] = [:]
  var settings: [String: SettingValue] = [:]
  var scope: Set<UnitID> = ["sll-01", "sll-02", "sll-03"]
  var lines: [String] = []
  var reads: [Query] = []
  var openRows = 0

  static let everyWeekday = try! WorkCalendar(notices: [], version: "test")

  func add(_ kind: String, _ values: [String: Value]) {
    add(kind, "sll-01", values)
  }

  func add(
    _ kind: String, _ unit: UnitID, _ values: [String: Value], states: [String: ValueState] = [:]
  ) {
    let id = Int64((records[kind]?.count ?? 0) + 1)
    records[kind, default: []].append(
      Record(
        kind: kind, id: id, code: "\(unit)-\(id)", unit: unit, version: 1, values: values,
        states: states))
  }

  func value(_ record: Record, _ field: String) -> Value? {
    switch field {
    case "id": .integer(record.id)
    case "code": .text(record.code)
    case "unit": .text(record.unit.rawValue)
    default: record.values[field]
    }
  }

  func find(_ query: Query) -> [Record] {
    var found = (records[query.kind] ?? []).filter {
      scope.contains($0.unit) && holds(query.condition, $0)
    }
    for order in query.order.reversed() {
      found.sort { left, right in
        let (one, other) = (key(value(left, order.field)), key(value(right, order.field)))
        return order.ascending ? one < other : other < one
      }
    }
    return query.limit.map { Array(found.prefix($0)) } ?? found
  }

  private func key(_ value: Value?) -> String {
    switch value {
    case nil: "~"
    case .integer(let number): String(1_000_000_000_000_000 + number)
    case .decimal(let decimal): String(1_000_000_000_000_000 + decimal.units)
    case .text(let text): text
    case .day(let day): day.description
    case .instant(let instant): String(1_000_000_000_000_000 + instant.milliseconds)
    case .boolean(let truth): truth ? "1" : "0"
    }
  }

  private func holds(_ condition: Condition, _ record: Record) -> Bool {
    switch condition {
    case .compare(let field, let sign, let operand):
      guard let left = value(record, field) else { return false }
      let right: Value?
      switch operand {
      case .value(let other): right = other
      case .field(let name): right = value(record, name)
      }
      guard let right else { return false }
      switch sign {
      case .equal: return left == right
      case .notEqual: return left != right
      case .less: return key(left) < key(right)
      case .atMost: return key(left) <= key(right)
      case .greater: return key(left) > key(right)
      case .atLeast: return key(left) >= key(right)
      }
    case .oneOf(let field, let values): return value(record, field).map(values.contains) ?? false
    case .between: return false
    case .during(let field, let days):
      switch value(record, field) {
      case .day(let day): return days.contains(day)
      case .instant(let instant): return days.contains(instant.day)
      default: return false
      }
    case .inForce(let day):
      let validity = kinds.first { $0.id == record.kind }!.validity!
      guard case .day(let from)? = value(record, validity.from), from <= day else { return false }
      guard case .day(let to)? = value(record, validity.to) else { return true }
      return day < to
    case .isMissing(let field): return value(record, field) == nil
    case .all(let parts): return parts.allSatisfy { holds($0, record) }
    case .any(let parts): return parts.contains { holds($0, record) }
    case .not(let part): return !holds(part, record)
    case .matched(let inner, let pairs):
      return find(inner).contains { other in
        pairs.allSatisfy { pair in
          value(record, pair.outer) != nil && value(record, pair.outer) == value(other, pair.inner)
        }
      }
    }
  }

  func unit(named text: String) throws -> UnitID { UnitID(text) }

  func admit(_ unit: UnitID) throws {
    guard scope.contains(unit) else { throw Problem.outsideScope(.office, unit: unit) }
  }

  func aggregate(_ query: Query, _ aggregate: Aggregate) throws -> Aggregated {
    total(find(query), aggregate)
  }

  private func total(_ found: [Record], _ aggregate: Aggregate) -> Aggregated {
    func values(_ field: String) -> [Value] { found.compactMap { value($0, field) } }
    switch aggregate {
    case .count: return Aggregated(.integer(Int64(found.count)))
    case .sum(let field), .average(let field):
      let present = values(field)
      guard !present.isEmpty else { return Aggregated(nil, missing: found.count) }
      var sum: Value = .integer(0)
      for value in present {
        switch (sum, value) {
        case (.integer(let one), .integer(let other)): sum = .integer(one + other)
        case (.integer(0), .decimal): sum = value
        case (.decimal(let one), .decimal(let other)): sum = .decimal(try! one + other)
        default: break
        }
      }
      return Aggregated(sum, missing: found.count - present.count)
    case .minimum(let field):
      return Aggregated(
        values(field).min { key($0) < key($1) }, missing: found.count - values(field).count)
    case .maximum(let field):
      return Aggregated(
        values(field).max { key($0) < key($1) }, missing: found.count - values(field).count)
    }
  }

  func groups(_ query: Query, by fields: [String], _ aggregate: Aggregate) throws
    -> [AggregatedGroup]
  {
    let grouped = Dictionary(grouping: find(query)) { record in fields.map { value(record, $0) } }
    return grouped.sorted { $0.key.map(key).joined() < $1.key.map(key).joined() }
      .map { AggregatedGroup($0.key, total($0.value, aggregate)) }
  }

  func rows(_ query: Query, fields: [String]) throws -> ScriptRows {
    openRows += 1
    let cells = find(query).map { record in
      fields.map { value(record, $0) }
        + fields.map { field -> Value? in
          let isThere = value(record, field) != nil
          return .text((record.states[field] ?? (isThere ? .present : .missing)).rawValue)
        }
    }
    let source = ArrayRows.source(cells) { [weak self] in self?.openRows -= 1 }
    return ScriptRows(source, hasStates: true)
  }

  func states(_ kind: String, id: Int64) throws -> [String: ValueState] {
    records[kind]?.first { $0.id == id }?.states ?? [:]
  }

  func create(_ kind: String, _ values: [String: Value]) throws -> Int64 {
    guard case .text(let unit)? = values["unit"] else { return 0 }
    add(kind, UnitID(unit), values)
    return Int64(records[kind]!.count)
  }

  func update(_ kind: String, id: Int64, _ values: [String: Value?], reason: String) throws {
    let index = records[kind]!.firstIndex { $0.id == id }!
    let old = records[kind]![index]
    var merged = old.values
    for (key, value) in values { merged[key] = value }
    records[kind]![index] = Record(
      kind: kind, id: id, code: old.code, unit: old.unit, version: old.version + 1, values: merged)
    lines.append("update \(kind) \(id): \(reason)")
  }

  func setting(_ key: String, unit: UnitID?, on day: Day?) throws -> SettingValue? { settings[key] }

  func why(_ key: String, unit: UnitID?, on day: Day?) throws -> String { "why \(key)" }

  func assess(_ formula: String, _ period: Period) throws -> LuaValue {
    ["period": .string(period.description), "units": []]
  }

  func log(_ line: String) { lines.append(line) }

  func noteRead(_ query: Query, _ aggregate: Aggregate?) { reads.append(query) }
}

/// Rows from an array behind the C table of functions.
final class ArrayRows {
  let cells: [[Value?]]
  let closed: () -> Void
  var row = -1
  var buffer: [CChar] = []

  init(_ cells: [[Value?]], _ closed: @escaping () -> Void) {
    self.cells = cells
    self.closed = closed
  }

  static func source(_ cells: [[Value?]], closed: @escaping () -> Void) -> RowSource {
    var source = RowSource()
    source.context = Unmanaged.passRetained(ArrayRows(cells, closed)).toOpaque()
    source.step = { context in
      let rows = ArrayRows.at(context)
      rows.row += 1
      return rows.row < rows.cells.count ? 1 : 0
    }
    source.type = { context, column in
      let rows = ArrayRows.at(context)
      switch rows.cells[rows.row][Int(column)] {
      case nil: return 5
      case .text, .day: return 3
      default: return 1
      }
    }
    source.integer = { context, column in
      let rows = ArrayRows.at(context)
      switch rows.cells[rows.row][Int(column)] {
      case .integer(let number): return number
      case .boolean(let truth): return truth ? 1 : 0
      case .decimal(let decimal): return decimal.units
      case .instant(let instant): return instant.milliseconds
      default: return 0
      }
    }
    source.real = { _, _ in 0 }
    source.text = { context, column, length in
      let rows = ArrayRows.at(context)
      var text = ""
      switch rows.cells[rows.row][Int(column)] {
      case .text(let value): text = value
      case .day(let day): text = day.description
      default: break
      }
      rows.buffer = text.utf8CString.map(\.self)
      length?.pointee = rows.buffer.count - 1
      return rows.buffer.withUnsafeBufferPointer(\.baseAddress)
    }
    source.finalize = { context in
      let rows = Unmanaged<ArrayRows>.fromOpaque(context!).takeRetainedValue()
      rows.closed()
    }
    return source
  }

  private static func at(_ context: UnsafeMutableRawPointer?) -> ArrayRows {
    Unmanaged<ArrayRows>.fromOpaque(context!).takeUnretainedValue()
  }
}

/// One script in one world, as `gongyue run FILE` would run it.
struct Running {
  let world: SmallWorld
  let interpreter: Interpreter
  let context: ScriptContext
  private let printed: Printed

  final class Printed { var lines: [String] = [] }

  init(
    _ world: SmallWorld = SmallWorld(), as actor: Actor = .office, _ purpose: RunPurpose = .file,
    stating: String? = nil, manifest: Manifest? = nil, limits: Limits = .none
  ) {
    self.world = world
    context = ScriptContext(
      world: world,
      capabilities: Capabilities(
        actor: actor, purpose: purpose, statedPurpose: stating, manifest: manifest))
    let printed = Printed()
    let api = ScriptAPI(context)
    interpreter = Interpreter(
      limits: limits, modules: [api.module(isGlobal: true)], types: api.types,
      output: { printed.lines.append($0) }, describe: Problem.describer(.chinese))
    self.printed = printed
  }

  /// The lines that the script prints.
  func prints(_ source: String) throws -> [String] {
    printed.lines = []
    do {
      _ = try interpreter.run(source, name: "test.lua")
    } catch {
      throw Problem.script(error)
    }
    return printed.lines
  }

  /// The one problem that stops the script.
  func refusal(_ source: String) -> Problem? {
    do {
      _ = try prints(source)
      return nil
    } catch {
      return error as? Problem
    }
  }
}
