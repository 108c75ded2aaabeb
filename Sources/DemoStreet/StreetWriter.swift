internal import Governance

/// Writes a street's structure: its communities, their types and neighbours, the estates they look after.
struct StreetWriter {
  private let number: Int
  private let street: String
  private let numbering: Numbering
  private static let district: UnitID = "byq"
  private static let since = date(2025, 1, 1)

  init(number: Int, numbering: Numbering) {
    self.number = number
    self.street = Self.id(number)
    self.numbering = numbering
  }

  /// `sll`; further streets are `s002`, `s003` …
  static func id(_ number: Int) -> String {
    number == 1 ? "sll" : "s" + padded(number)
  }

  private static func padded(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: Swift.max(0, 3 - digits.count)) + digits
  }

  func records() -> [NewRecord] {
    units() + types() + adjacencies() + caretakings()
  }

  private func record(_ kind: String, _ unit: UnitID, _ values: [String: Value]) -> NewRecord {
    NewRecord(kind: kind, id: numbering.next(kind), unit: unit, values: values)
  }

  private func units() -> [NewRecord] {
    let first = number == 1
    let prefix = first ? "" : Self.padded(number) + "街道"
    var units: [NewRecord] = []
    if first { units.append(unit(Self.district, "白银区", "Baiyin District", "district", nil, false)) }
    units.append(
      unit(
        UnitID(street), first ? "四龙路街道" : prefix,
        first ? "Silong Road Subdistrict" : "Subdistrict " + Self.padded(number), "street",
        Self.district,
        false))
    for facts in Facts.all {
      units.append(
        unit(
          CommunityWriter.unit(facts.number, of: street), prefix + facts.name, facts.english,
          "community", UnitID(street), true))
    }
    for estate in Facts.estates {
      units.append(
        unit(
          estate.unit(of: street), prefix + estate.name, estate.english, "estate",
          UnitID(street), false))
    }
    return units
  }

  private func unit(
    _ key: UnitID, _ name: String, _ english: String, _ level: String, _ parent: UnitID?,
    _ hasCommittee: Bool
  ) -> NewRecord {
    var values: [String: Value] = [
      "key": .text(key.rawValue), "name": .text(name), "english": .text(english),
      "level": .text(level), "has_committee": .boolean(hasCommittee), "from": .day(Self.since),
    ]
    if let parent { values["parent"] = .text(parent.rawValue) }
    return record("unit", key, values)
  }

  private func types() -> [NewRecord] {
    Facts.all.map { facts in
      record(
        "unit_type", CommunityWriter.unit(facts.number, of: street),
        [
          "typology": .text(Typology.communityType.id), "type": .text(facts.type),
          "from": .day(Self.since),
        ])
    }
  }

  private func adjacencies() -> [NewRecord] {
    let communities = Facts.adjacency.map { left, right in
      adjacency(
        CommunityWriter.unit(left, of: street), CommunityWriter.unit(right, of: street))
    }
    return communities
      + Facts.estates.flatMap { estate in
        estate.neighbours.map {
          adjacency(estate.unit(of: street), CommunityWriter.unit($0, of: street))
        }
      }
  }

  private func adjacency(_ unit: UnitID, _ neighbour: UnitID) -> NewRecord {
    record("adjacency", unit, ["neighbour": .text(neighbour.rawValue), "from": .day(Self.since)])
  }

  private func caretakings() -> [NewRecord] {
    Facts.estates.map { estate in
      record(
        "caretaking", estate.unit(of: street),
        [
          "caretaker": .text(CommunityWriter.unit(estate.caretaker, of: street).rawValue),
          "from": .day(date(2025, 9, 1)),
        ])
    }
  }
}

extension EstateFacts {
  /// `sll-a`.
  func unit(of street: String) -> UnitID {
    UnitID(street + "-" + key)
  }
}
