public import Governance
internal import Storage

extension Host {
  /// The tree of units, or the part below one.
  public func units(under name: String?) throws -> Answer {
    let root = try name.map { try unit($0).id }
    let shown = root.map { units.subtree(of: $0, on: today) } ?? units.all(on: today)
    let visible = shown.filter { unit in
      guard case .only(let own) = visibleUnits else { return true }
      return own.contains(unit.id)
    }
    return Answer("units", unitReport(visible), data: .array(visible.map(unitData)))
  }

  private func unitReport(_ shown: [Unit]) -> Report {
    let depths = Dictionary(
      uniqueKeysWithValues: shown.map { ($0.id, units.ancestors(of: $0, on: today).count) })
    let top = depths.values.min() ?? 0
    let lines = shown.map { unit in
      Report.TreeLine(
        depths[unit.id, default: 0] - top, unit.name, .verbatim(unit.id.rawValue),
        note: note(on: unit))
    }
    return Report(Words("单位", "Units"), [.tree(lines)])
  }

  private func note(on unit: Unit) -> Words {
    if let caretaker = units.caretaker(of: unit.id, on: today) {
      return Words("由\(caretaker.name.chinese)代管", "in the care of \(caretaker.name.english)")
    }
    let types = types(of: unit)
    guard !types.isEmpty else { return unit.level.label }
    return Words(
      types.map(\.type.label.chinese).joined(separator: "、"),
      types.map(\.type.label.english).joined(separator: ", "))
  }

  /// The types of a unit now, by the order of the typologies.
  private func types(of unit: Unit) -> [(typology: String, type: Choice)] {
    units.types(of: unit.id, on: today).compactMap { membership in
      units.typologies.type(membership.type).map { (membership.typology, $0) }
    }
  }

  private func unitData(_ unit: Unit) -> JSONValue {
    [
      "id": .string(unit.id.rawValue), "name": .string(unit.name.chinese),
      "level": .string(unit.level.rawValue),
      "parent": .optional(unit.parent) { .string($0.rawValue) },
      "type": .optional(units.communityType(of: unit.id, on: today)) { .string($0.rawValue) },
      "types": .object(types(of: unit).map { .init($0.typology, .string($0.type.code)) }),
      "caretaker": .optional(units.caretaker(of: unit.id, on: today)) {
        .string($0.id.rawValue)
      },
    ]
  }
}

extension Host {
  /// Records of a kind, masked as the actor may see them; or one, or its history.
  public func records(
    _ name: String, code: String?, unit: String?, where conditions: [Filter], history: Bool,
    limit: Int?, shape: RecordShape
  ) throws -> Answer {
    let kind = try self.kind(name)
    if let code {
      return history
        ? try self.history(of: kind, code: code) : try self.record(of: kind, code: code)
    }
    let query = try query(for: kind, where: conditions, unit: unit, limit: limit, shape)
    let chosen = try shape.fields.map { try kind.requiredField($0) }
    let scope = try scope(of: unit)
    if try conditions.contains(where: { try isRough($0, on: kind) }) {
      return try roughCount(query, of: kind, in: scope)
    }
    var counted = query
    counted.limit = nil
    let found = try store.read { try $0.records(query, in: scope) }
    try noteReading(of: kind, count: found.count)
    let (total, view) = try store.read { reading in
      // Counted only where some were left out.
      let total = limit == nil ? found.count : try reading.count(counted, in: scope)
      return (total, try RecordView(kind: kind, showing: found, reading))
    }
    let fields = shown(chosen, of: kind, isWhole: shape.isWhole)
    return Answer(
      "records", view.report(found, of: total, showing: fields),
      data: .array(found.map { view.data($0, of: chosen.isEmpty ? kind.fields : chosen) }))
  }

  /// The fields asked for, or all that may be read; nil where there is no room for so many.
  private func shown(_ chosen: [Field], of kind: Kind, isWhole: Bool) -> [Field]? {
    if !chosen.isEmpty { return chosen.filter { kind.field($0.key) != nil } }
    guard isWhole else { return nil }
    return kind.fields.filter { field in
      switch actor.reading(field.sensitivity, of: kind, purpose: opening.purpose) {
      case .clear, .logged, .masked, .partly: true
      case .countsOnly, .never: false
      }
    }
  }

  /// Whoever may not read a field learns nothing from an order by it either.
  private func order(of kind: Kind, _ shape: RecordShape) throws -> [Query.Order] {
    guard let sort = shape.sort else { return [] }
    let field = try kind.requiredField(sort)
    if field.sensitivity != .none {
      switch reading(field, of: kind) {
      case .clear, .logged: break
      default: throw Problem.mayNotSearch(by: field, of: kind, actor)
      }
    }
    return [Query.Order(field.key, ascending: !shape.isDescending)]
  }

  /// The same one after another with every field that may be read, for files; nil where no
  /// more may be told than how many there are.
  public func listing(
    of name: String, unit: String?, where conditions: [Filter], limit: Int?, shape: RecordShape
  ) throws -> Listing? {
    let kind = try self.kind(name)
    let query = try query(for: kind, where: conditions, unit: unit, limit: limit, shape)
    let chosen = try shape.fields.map { try kind.requiredField($0) }
    let scope = try scope(of: unit)
    guard try !conditions.contains(where: { try isRough($0, on: kind) }) else { return nil }
    let (readable, count) = try store.read { reading in
      (try reading.fields(of: kind.id, in: scope), try reading.count(query, in: scope))
    }
    let fields = chosen.isEmpty ? readable : chosen.filter(readable.contains)
    try noteReading(of: kind, count: count)
    let columns = RecordView(kind: kind).columns(fields)
    return Listing("records", columns) { take in
      try store.read { reading in
        try reading.forEachBatch(of: query, in: scope) { batch in
          let view = try RecordView(kind: kind, showing: batch, reading)
          for record in batch {
            try take(
              Listing.Row(
                cells: { view.cells(record, fields) }, data: { view.data(record, of: fields) }))
          }
        }
      }
    }
  }

  private func query(
    for kind: Kind, where conditions: [Filter], unit: String?, limit: Int?, _ shape: RecordShape
  ) throws -> Query {
    var query = Query(kind: kind.id, limit: limit)
    query.order = try order(of: kind, shape)
    let near = try unit.map { try self.unit($0).id }
    query.condition = .all(try conditions.map { try condition($0, on: kind, near: near) })
    return query
  }

  /// Puts a record right; the old version stays.
  public func correct(
    _ name: String, code: String, with changes: [Assignment], reason: String
  ) throws -> Answer {
    let kind = try self.kind(name)
    guard actor.may(.write(kind)) else { throw Problem.mayNotWrite(kind, actor) }
    let record = try store.read { try require(kind, code: code, in: $0) }
    var values: [String: Value?] = [:]
    for change in changes {
      let field = try kind.requiredField(change.name)
      guard kind.field(field.key) != nil else { throw Problem.notCorrectable(field) }
      values[field.key] =
        change.value.isEmpty
        ? .some(nil) : try typed(change.value, field, of: kind, near: record.unit)
    }
    let unseen = actor.unseen(in: kind, purpose: opening.purpose).intersection(values.keys)
    let changed = try store.write(signature(reason)) { writing -> [Field] in
      let old = try writing.record(kind.id, id: record.id, in: .all)
      let new = try filing(writing).correct(record, of: kind, values, reason: reason)
      try units.checkStill(writing)
      let differing = old.map { kind.changed(from: $0, to: new) } ?? []
      return kind.fields.filter { differing.contains($0) || unseen.contains($0.key) }
    }
    // Read again: what a role may not see is masked here as well, though it changed.
    return try store.read { reading in
      let corrected = try require(kind, code: code, in: reading)
      let view = try RecordView(kind: kind, showing: [record, corrected], reading)
      return Answer(
        "records", view.correction(of: changed, from: record, to: corrected),
        data: .array([view.data(corrected)]))
    }
  }

  /// Takes a record back; it stays in the history.
  public func retract(_ name: String, code: String, reason: String) throws -> Answer {
    let kind = try self.kind(name)
    guard actor.may(.write(kind)) else { throw Problem.mayNotWrite(kind, actor) }
    let record = try store.read { try require(kind, code: code, in: $0) }
    try store.write(signature(reason)) { writing in
      try filing(writing).retract(record, of: kind, reason: reason)
      try units.checkStill(writing)
    }
    return Answer(
      "records",
      Report(
        nil,
        [.paragraph(Words("已撤销 \(code)；历史仍可查看。", "retracted \(code); its history remains."))]),
      data: ["retracted": .string(code)])
  }

  private func record(of kind: Kind, code: String) throws -> Answer {
    let (record, view) = try store.read { reading in
      let record = try require(kind, code: code, in: reading)
      return (record, try RecordView(kind: kind, showing: [record], reading))
    }
    try noteReading(of: kind, count: 1)
    return Answer("records", view.page(record), data: .array([view.data(record)]))
  }

  private func history(of kind: Kind, code: String) throws -> Answer {
    let (versions, view) = try store.read { reading in
      // A record that was taken back still has its history.
      guard let id = try reading.id(kind.id, code: code, in: scope) else {
        throw missing(code, of: kind, try reading.identity(kind.id, code: code))
      }
      let versions = try reading.history(kind.id, id: id, in: scope)
      return (versions, try RecordView(kind: kind, showing: versions.map(\.record), reading))
    }
    try noteReading(of: kind, count: 1)
    return Answer("records", view.history(versions), data: .array(versions.map(view.data)))
  }
}

extension Host {
  /// A kind by its collection, id or label, or what the label is usually called: `住房`.
  func kind(_ name: String) throws -> Kind {
    let found = BuiltInKinds.all.called(name) { ($0.label, [$0.collection, $0.id]) }
    if let found { return found }
    let known = BuiltInKinds.all.flatMap { [$0.collection, $0.id, $0.label.chinese] }
    let near = nearest(to: name, in: known)
    let (chinese, english) = (
      BuiltInKinds.all.map { "\($0.label.chinese)（\($0.collection)）" },
      BuiltInKinds.all.map(\.collection)
    )
    throw Problem(
      .kindUnknown, Words("没有“\(name)”这种记录", "there is no kind of record '\(name)'"),
      hint: near.map { Words("是不是 \($0)？", "did you mean \($0)?") }
        ?? Words(
          "可用的种类：\(chinese.joined(separator: "、"))",
          "kinds: \(english.joined(separator: ", "))"))
  }

  /// What the actor may see: own units, records and fields by role and purpose.
  var scope: Scope {
    var scope = Scope.readable(by: actor)
    scope.units = visibleUnits
    scope.grants = Grants(of: actor, purpose: opening.purpose)
    return scope
  }

  func scope(of unit: String?) throws -> Scope {
    guard let unit else { return scope }
    var narrowed = scope
    narrowed.units = .only([try self.unit(unit).id])
    return narrowed
  }

  /// How the actor writes.
  func filing(_ writer: Writer) -> Filing {
    var own = Scope.own(of: actor)
    own.units = visibleUnits
    return Filing(
      writer: writer, actor: actor, units: units, today: today, purpose: opening.purpose, own: own,
      exists: units.knows)
  }

  /// How many there are; a small number is not told.
  private func roughCount(_ query: Query, of kind: Kind, in scope: Scope) throws -> Answer {
    if let field = query.distinguishing(groupedBy: [], kinds: BuiltInKinds.all) {
      throw Problem.mayNotTellApart(by: field, actor)
    }
    var counting = scope
    counting.grants = .everything
    var counted = query
    counted.limit = nil
    let count = try store.read { try $0.count(counted, in: counting) }
    try noteReading(of: kind, count: count)
    let isFew = count < Reading.smallest
    let words = isFew ? Words.few : Words("\(count) 条", "\(count)")
    return Answer(
      "records",
      Report(
        kind.label,
        [
          .paragraph(Words("共 \(words.chinese)", "\(words.english) in all")),
          .footnote(Words("敏感记录，街道只能看条数", "sensitive: the street sees only how many")),
        ]),
      data: ["count": isFew ? nil : .integer(Int64(count)), "few": .bool(isFew)])
  }
}
