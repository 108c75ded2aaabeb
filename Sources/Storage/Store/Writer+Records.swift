public import Governance

extension Writer {
  /// Stores a new record and gives it its code.
  ///
  /// A draft whose client id was filed before gives the record that is there.
  /// - Throws: `input.invalid` (all problems at once), `field.unknown`.
  @discardableResult
  public func create(_ draft: Draft) throws -> Record {
    let kind = try schema.kind(draft.kind)
    if let client = draft.client, let id = try filed(client, kind) {
      return try stored(kind, id: id)
    }
    let draft = try draft.accepted(by: kind)
    for field in kind.fields { try checkReference(field, draft.values[field.key], kind) }
    let code = try nextCode(kind, draft)
    let insertion = Insertion(kind)
    try connection.execute(
      insertion.text, insertion.bindings(draft, kind, code: code, sequence: sequence))
    let record = try stored(kind, id: connection.lastInsertedID)
    self.record(
      Change(
        action: "create", kind: kind.id, id: record.id, code: code,
        detail: ["unit": .string(draft.unit.rawValue), "values": kind.json(record.values)]))
    return record
  }

  /// Changes some fields of a record; nil empties a field. The version before stays.
  ///
  /// - Parameters:
  ///   - expecting: the version the change was made from; another one there is refused.
  ///   - states: states of fields without a value; a field not named keeps its state
  ///     unless it gets a value.
  @discardableResult
  public func update(
    _ kind: String, id: Int64, _ values: [String: Value?],
    states: [String: ValueState] = [:], reason: String? = nil, expecting version: Int? = nil
  ) throws -> Record {
    try change("update", kind, id, values, states, reason, version)
  }

  /// Puts right what was recorded wrongly: an update that must say why.
  ///
  /// - Parameter unseen: fields that whoever corrects may not see. Naming one makes a new version
  ///   even where nothing differs: else a guess at its value would be told from a change.
  @discardableResult
  public func correct(
    _ kind: String, id: Int64, _ values: [String: Value?],
    states: [String: ValueState] = [:], reason: String, unseen: Set<String> = [],
    expecting version: Int? = nil
  ) throws -> Record {
    guard !reason.isBlank else { throw Problem.reasonNeeded() }
    return try change(
      "correct", kind, id, values, states, reason, version,
      isBlind: !unseen.isDisjoint(with: values.keys))
  }

  /// Takes a record out of every query; its history stays.
  public func retract(
    _ kind: String, id: Int64, reason: String, expecting version: Int? = nil
  ) throws {
    guard !reason.isBlank else { throw Problem.reasonNeeded() }
    let kind = try schema.kind(kind)
    let old = try current(kind, id: id, expecting: version)
    try keep(old, kind)
    try connection.execute(
      """
      UPDATE \(name: kind.collection)
      SET _retracted = 1, _version = _version + 1, _sequence = \(sequence) WHERE id = \(id)
      """)
    record(
      Change(
        action: "retract", kind: kind.id, id: id, code: old.code,
        detail: ["unit": .string(old.unit.rawValue), "reason": .string(reason)]))
  }

  private func change(
    _ action: String, _ kindID: String, _ id: Int64, _ values: [String: Value?],
    _ states: [String: ValueState], _ reason: String?, _ version: Int?, isBlind: Bool = false
  ) throws -> Record {
    let kind = try schema.kind(kindID)
    let old = try current(kind, id: id, expecting: version)
    var draft = Draft(kind.id, unit: old.unit, old.values, states: old.states)
    for (key, value) in values {
      draft.values[key] = value
      if value != nil { draft.states[key] = nil }
    }
    draft.states.merge(states) { _, new in new }
    let new = try draft.accepted(by: kind)
    for field in kind.fields where new.values[field.key] != old.values[field.key] {
      try checkReference(field, new.values[field.key], kind)
    }
    guard isBlind || new.values != old.values || new.states != old.states else { return old }
    try keep(old, kind)
    try overwrite(new, kind, id)
    record(
      Change(
        action: action, kind: kind.id, id: id, code: old.code,
        detail: difference(old, new, kind, reason)))
    return try stored(kind, id: id)
  }

  private func overwrite(_ new: Draft, _ kind: Kind, _ id: Int64) throws {
    let fields = kind.fields.map { field -> SQL in
      "\(name: field.key) = \(field.stored(new.values[field.key]))"
    }
    try connection.execute(
      """
      UPDATE \(name: kind.collection) SET \(fields.joined(separator: ", ")),
      _states = \(new.states.stored), _version = _version + 1, _sequence = \(sequence)
      WHERE id = \(id)
      """)
  }

  private func difference(
    _ old: Record, _ new: Draft, _ kind: Kind, _ reason: String?
  ) -> [String: JSONValue] {
    var before: [String: Value] = [:]
    var after: [String: Value] = [:]
    for field in kind.fields where old.values[field.key] != new.values[field.key] {
      before[field.key] = old.values[field.key]
      after[field.key] = new.values[field.key]
    }
    var detail = [
      "unit": JSONValue.string(old.unit.rawValue), "before": kind.json(before),
      "after": kind.json(after),
    ]
    if old.states != new.states {
      detail["states"] = .object(new.states.mapValues { .string($0.rawValue) })
    }
    detail["reason"] = reason.map { .string($0) }
    return detail
  }

  /// Puts the version that is there among the past ones.
  private func keep(_ old: Record, _ kind: Kind) throws {
    try connection.execute(
      """
      INSERT INTO gongyue_versions (kind, record, version, sequence, content)
      SELECT \(kind.id), id, _version, _sequence, \(old.json(kind).canonical)
      FROM \(name: kind.collection) WHERE id = \(old.id)
      """)
  }

  private func current(_ kind: Kind, id: Int64, expecting version: Int?) throws -> Record {
    let row = try connection.row(
      "SELECT code, _retracted FROM \(name: kind.collection) WHERE id = \(id)")
    guard let row else { throw Problem.unknownRecord(kind, String(id)) }
    guard row[1].integer == 0 else { throw Problem.recordRetracted(kind, row[0].text ?? "") }
    let record = try stored(kind, id: id)
    if let version, version != record.version {
      throw Problem.recordChanged(kind, record.code, expected: version, found: record.version)
    }
    return record
  }

  private func stored(_ kind: Kind, id: Int64) throws -> Record {
    guard let record = try record(kind.id, id: id, in: .all) else {
      throw Problem.unknownRecord(kind, String(id))
    }
    return record
  }

  private func filed(_ client: String, _ kind: Kind) throws -> Int64? {
    try connection.value("SELECT id FROM \(name: kind.collection) WHERE _client = \(client)")?
      .integer
  }

  private func checkReference(_ field: Field, _ value: Value?, _ kind: Kind) throws {
    guard case .reference(let target) = field.type, case .integer(let id) = value else { return }
    let table = try schema.kind(target).collection
    let found = try connection.value("SELECT 1 FROM \(name: table) WHERE id = \(id)")
    guard found != nil else { throw Problem.danglingReference(field, of: kind, id) }
  }
}

// MARK: - Many at once

extension Writer {
  /// Stores many records of one kind quickly, and gives their ids in the same order.
  ///
  /// One change for all of them goes into the audit log, with a digest over the
  /// records in order. References are checked by the database at once, so what is
  /// referred to comes first. All or nothing within the write.
  public func insert(_ kind: String, _ drafts: some Sequence<Draft>) throws -> [Int64] {
    let kind = try schema.kind(kind)
    let insertion = Insertion(kind)
    var numbers = Numbers(kind: kind)
    var log = BulkLog()
    var ids: [Int64] = []
    var units: Set<UnitID> = []
    for draft in drafts {
      units.insert(draft.unit)
      let draft = try draft.accepted(by: kind)
      let code = try numbers.next(draft.unit, year: year(of: draft, kind), connection)
      let bindings = insertion.bindings(draft, kind, code: code, sequence: sequence)
      try connection.execute(insertion.text, bindings)
      ids.append(connection.lastInsertedID)
      log.add(bindings)
    }
    try numbers.save(connection)
    guard let first = ids.first, let last = ids.last else { return [] }
    record(
      Change(
        action: "insert", kind: kind.id,
        detail: [
          "count": .integer(Int64(ids.count)), "first": .integer(first), "last": .integer(last),
          "digest": .string(log.digest),
          "units": .array(units.sorted().map { .string($0.rawValue) }),
          // What the digest is over: fields come and go.
          "fields": .array(kind.fields.map { .string($0.key) }),
        ]))
    return ids
  }

  func nextCode(_ kind: Kind, _ draft: Draft) throws -> String {
    var numbers = Numbers(kind: kind)
    let code = try numbers.next(draft.unit, year: year(of: draft, kind), connection)
    try numbers.save(connection)
    return code
  }

  /// The year a code belongs to: when it happened, else the year of today.
  private func year(of draft: Draft, _ kind: Kind) -> Int {
    switch kind.happened.flatMap({ draft.values[$0] }) {
    case .day(let day): day.year
    case .instant(let instant): instant.day.year
    default: signature.today.year
    }
  }
}

extension String {
  var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
