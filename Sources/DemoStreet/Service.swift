internal import Governance

/// Building groups and heads, representatives, workers, resident units, social organisations (B7–B18, C1, G9).
extension CommunityWriter {
  static let headsElected = date(2025, 4, 10)
  static let councilSeated = date(2025, 4, 25)

  mutating func writeService() {
    writeBuildingGroups()
    writeHeads()
    writeStaff()
    writeRepresentatives()
    writeResidentUnits()
    writeOrganisations()
  }

  private mutating func writeBuildingGroups() {
    for (index, building) in buildings.enumerated() {
      let isLate = index >= facts.buildings - performance.groupsFormedLate
      add(
        "building_group",
        [
          "building": .integer(building),
          "formed": .day(isLate ? date(2026, 5, 6) : date(2025, 3, 26)),
        ])
    }
  }

  /// When and why the head of a building left; the vacancy begins before 30 April.
  func departure(fromBuilding number: Int) -> (day: Day, reason: String)? {
    guard facts.withoutHead.contains(number) else { return nil }
    return facts.number == 2 ? (date(2026, 4, 16), "本人辞任") : (date(2026, 4, 9), "迁出本社区")
  }

  private mutating func writeHeads() {
    for (index, building) in buildings.enumerated() {
      var values = post("head", of: adults[index][0], from: Self.headsElected)
      values["building"] = .integer(building)
      if let departure = departure(fromBuilding: index + 1) {
        values["to"] = .day(departure.day)
        values["ended_because"] = .text(departure.reason)
      }
      add("post", values)
    }
  }

  func post(_ role: String, of resident: Resident, from: Day) -> [String: Value] {
    [
      "role": .text(role), "person": .integer(resident.id), "name": .text(resident.name),
      "from": .day(from),
    ]
  }

  /// The secretary is director as well (J4). One worker moved from one community to another on 1 April.
  private mutating func writeStaff() {
    secretary = Names.person(&random)
    for role in ["secretary", "director"] {
      add("post", post(role, of: secretary, from: date(2025, 3, 1)))
    }
    let moved = date(2026, 4, 1)
    for index in 0..<facts.workers {
      let arrived = facts.number == 6 && index == 0
      let from = arrived ? moved : date(2025, 3, 1)
      let name = arrived ? "桑远帆" : Names.person(&random)
      workers.append(
        Worker(id: add("post", post("worker", of: name, from: from)), from: from, to: nil))
    }
    if facts.number == 5 {
      var values = post("worker", of: "桑远帆", from: date(2025, 3, 1))
      values["to"] = .day(moved)
      values["ended_because"] = .text("调往友好路社区")
      workers.append(Worker(id: add("post", values), from: date(2025, 3, 1), to: moved))
    }
  }

  private func post(_ role: String, of name: String, from: Day) -> [String: Value] {
    ["role": .text(role), "name": .text(name), "from": .day(from)]
  }

  /// Buildings take turns, and nobody is chosen twice.
  private mutating func writeRepresentatives() {
    for index in 0..<facts.representatives {
      let residents = adults[index % buildings.count]
      add(
        "post",
        post(
          "representative", of: residents[1 + index / buildings.count],
          from: date(2025, 4, 18)))
    }
  }

  private mutating func writeResidentUnits() {
    for (sort, count) in facts.units {
      for number in 1...count {
        residentUnits.append(
          add(
            "resident_unit",
            [
              "name": .text(Texts.unitName(sort, number, facts.name)), "sort": .text(sort),
              "phone": .text(Names.phone(&random)),
            ]))
      }
    }
  }

  private mutating func writeOrganisations() {
    for (sort, count) in facts.organisations {
      for number in 0..<count {
        let names = Texts.organisations[sort]!
        organisations.append(
          add(
            "social_organisation",
            [
              "name": .text(facts.name + names[number % names.count]), "sort": .text(sort),
              "recorded": .day(date(2025, 5, 6) + random.below(150)),
            ]))
      }
    }
  }
}
