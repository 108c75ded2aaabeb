internal import Governance
internal import Storage

extension UnitTree {
  /// The units as their records say (kinds `unit`, `unit_type`, `adjacency`, `caretaking`).
  ///
  /// - Throws: `input.invalid` for everything that makes them no tree.
  init(reading: Reader, typologies: [Typology]) throws {
    func all(_ kind: String) throws -> [Record] {
      try reading.records(Query(kind: kind), in: .all)
    }
    try self.init(
      units: try all("unit").map(Unit.init(record:)),
      types: try all("unit_type").map(TypeMembership.init(record:)),
      adjacencies: try all("adjacency").map(Adjacency.init(record:)),
      caretakings: try all("caretaking").map(Caretaking.init(record:)), typologies: typologies)
  }

  /// What a change left must still be a tree of units: else nothing could be opened any more.
  ///
  /// - Throws: `input.invalid` for everything that makes it none; the change is then undone.
  func checkStill(_ writer: Writer) throws {
    let structure = Set(BuiltInKinds.structure.map(\.id))
    guard writer.changes.contains(where: { structure.contains($0.kind ?? "") }) else { return }
    _ = try UnitTree(reading: writer, typologies: typologies)
  }

  /// The value that a field of a record keeps: the code of a typology or a type that was
  /// written by its label.
  func coded(_ value: Value, _ field: String, of kind: String) -> Value {
    guard kind == "unit_type", case .text(let name) = value else { return value }
    switch field {
    case "typology": return .text(typologies.typology(name)?.id ?? name)
    case "type": return .text(typologies.type(name)?.code ?? name)
    default: return value
    }
  }
}

extension Record {
  func text(_ field: String) -> String? {
    guard case .text(let text) = values[field] else { return nil }
    return text
  }

  func truth(_ field: String) -> Bool {
    values[field] == .boolean(true)
  }

  var valid: DayInterval {
    func day(_ field: String) -> Day? {
      guard case .day(let day) = values[field] else { return nil }
      return day
    }
    return DayInterval(from: day("from"), to: day("to"))
  }
}

extension Unit {
  fileprivate init(record: Record) {
    let name = record.text("name") ?? ""
    self.init(
      UnitID(record.text("key") ?? record.unit.rawValue),
      name: Words(name, record.text("english") ?? name),
      level: record.text("level").flatMap(UnitLevel.init(rawValue:)) ?? .community,
      parent: record.text("parent").map(UnitID.init(_:)),
      hasCommittee: record.truth("has_committee"), valid: record.valid)
  }
}

extension TypeMembership {
  fileprivate init(record: Record) {
    self.init(
      record.unit, is: record.text("type") ?? "",
      typology: record.text("typology") ?? Typology.communityType.id, valid: record.valid)
  }
}

extension Adjacency {
  fileprivate init(record: Record) {
    self.init(record.unit, UnitID(record.text("neighbour") ?? ""), valid: record.valid)
  }
}

extension Caretaking {
  fileprivate init(record: Record) {
    self.init(record.unit, by: UnitID(record.text("caretaker") ?? ""), valid: record.valid)
  }
}
