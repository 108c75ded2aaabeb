internal import Governance

/// Courtyards, buildings, stairwells and dwellings (B16, C5, F18a), also of the estates looked after.
extension CommunityWriter {
  private static let courtyardNames = ["东院", "西院", "南院", "北院", "中院", "前院", "后院", "新院", "老院"]

  mutating func writePlaces() {
    courtyards = (0..<facts.courtyards).map {
      add("courtyard", ["name": .text(facts.name + Self.courtyardNames[$0])])
    }
    let perCourtyard = parts(of: facts.buildings, facts.courtyards)
    let owners = perCourtyard.enumerated().flatMap { index, count in
      Array(repeating: courtyards[index], count: count)
    }
    for (index, courtyard) in owners.enumerated() {
      // The last buildings of a former village are lanes of bungalows.
      let isLane = facts.type == "village_to_city" && index >= facts.buildings - 2
      let name = String(index + 1) + (isLane ? "号巷" : "号楼")
      buildings.append(
        add(
          "building",
          [
            "name": .text(name), "number": .integer(index + 1),
            "form": .text(isLane ? "lane" : "block"), "courtyard": .integer(courtyard),
          ]))
    }
    let states = DwellingStates(facts, &random)
    dwellings.reserveCapacity(facts.households)
    writeDwellings(
      in: unit, buildings: buildings, stairwells: facts.stairwells, total: facts.households
    ) { states[$0] }
    for estate in Facts.estates where estate.caretaker == facts.number { write(estate) }
  }

  /// Which dwellings are lived in, let, or home to a household on minimum allowance.
  private struct DwellingStates {
    private var occupied: [Bool]
    private var rented: [Bool]
    private var lowIncome: [Bool]

    init(_ facts: Facts, _ random: inout SplitMix) {
      let all = Array(0..<facts.households)
      occupied = Array(repeating: false, count: all.count)
      rented = occupied
      lowIncome = occupied
      let lived = random.sample(facts.occupied, of: all)
      for index in lived { occupied[index] = true }
      for index in random.sample(facts.rented, of: lived) { rented[index] = true }
      for index in random.sample(facts.lowIncome, of: lived.filter { !rented[$0] }) {
        lowIncome[index] = true
      }
    }

    subscript(index: Int) -> (occupied: Bool, rented: Bool, lowIncome: Bool) {
      (occupied[index], rented[index], lowIncome[index])
    }
  }

  /// Stairwells over the buildings, dwellings over the stairwells, as evenly as it goes.
  private mutating func writeDwellings(
    in owner: UnitID, buildings: [Int64], stairwells: Int, total: Int,
    state: (Int) -> (occupied: Bool, rented: Bool, lowIncome: Bool)
  ) {
    let perBuilding = parts(of: stairwells, buildings.count)
    let perStairwell = parts(of: total, stairwells)
    var stairwell = 0
    var index = 0
    for (building, id) in buildings.enumerated() {
      for number in 1...perBuilding[building] {
        let place = add(
          "stairwell", in: owner, ["building": .integer(id), "number": .integer(number)])
        for position in 0..<perStairwell[stairwell] {
          let (occupied, rented, lowIncome) = state(index)
          let door = String(position / 4 + 1) + "0" + String(position % 4 + 1)
          let dwelling = add(
            "dwelling", in: owner,
            [
              "building": .integer(id), "stairwell": .integer(place),
              "door": .text("\(building + 1)-\(number)-\(door)"), "occupied": .boolean(occupied),
              "rented": .boolean(rented), "low_income": .boolean(lowIncome),
            ])
          if owner == unit {
            dwellings.append(
              Dwelling(id: dwelling, building: building, isOccupied: occupied, isRented: rented))
          }
          index += 1
        }
        stairwell += 1
      }
    }
  }

  /// An estate's dwellings are its own: they are not in its caretaker's totals (`decisions.md` 20).
  private mutating func write(_ estate: EstateFacts) {
    let owner = estate.unit(of: street)
    var ids: [Int64] = []
    for number in 1...estate.buildings {
      ids.append(
        add(
          "building", in: owner,
          [
            "name": .text(String(number) + "号楼"), "number": .integer(number),
            "form": .text("block"),
          ]))
    }
    var occupied = Array(repeating: false, count: estate.dwellings)
    for index in random.sample(estate.occupied, of: Array(0..<estate.dwellings)) {
      occupied[index] = true
    }
    writeDwellings(
      in: owner, buildings: ids, stairwells: estate.buildings * 3, total: estate.dwellings
    ) { (occupied[$0], false, false) }
  }
}
