internal import Governance
internal import Storage

extension UnitTree {
  /// The units as their records say (kinds `unit`, `unit_type`, `adjacency`, `caretaking`).
  init(reading: Reader) throws {
    func all(_ kind: String) throws -> [Record] {
      try reading.records(Query(kind: kind), in: .all)
    }
    try self.init(
      units: try all("unit").map(Unit.init(record:)),
      types: try all("unit_type").map(TypeMembership.init(record:)),
      adjacencies: try all("adjacency").map(Adjacency.init(record:)),
      caretakings: try all("caretaking").map(Caretaking.init(record:)))
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
