internal import Governance

/// Residents, party members and their branches (B12–B15, F18a).
extension CommunityWriter {
  static let partyFormed = date(2025, 3, 12)

  mutating func writePeople() {
    // More than fifty members make a general branch; exactly fifty do not (B12, B13).
    let isGeneral = facts.partyMembers > 50
    add(
      "party_organisation",
      ["form": .text(isGeneral ? "general_branch" : "branch"), "formed": .day(Self.partyFormed)])
    let branches = facts.branches.indices.map { index in
      let name = "第\(index + 1)" + (isGeneral ? "楼宇党支部" : "党小组")
      return add(
        "party_branch",
        [
          "name": .text(facts.name + name), "form": .text(isGeneral ? "branch" : "group"),
          "formed": .day(Self.partyFormed),
        ])
    }
    let homes = homesOfResidents()
    let traits = Traits(facts, homes, &random)
    writePersons(
      homes, traits,
      branchOfMember: zip(branches, facts.branches).flatMap {
        Array(repeating: $0, count: $1)
      })
  }

  /// Where one person lives, and which one of the household it is.
  struct Home {
    let dwelling: Int
    let place: Int
    let isRented: Bool
  }

  /// Everybody's home: one person in each lived-in dwelling, the others spread by chance, five at most.
  private mutating func homesOfResidents() -> [Home] {
    let lived = dwellings.indices.filter { dwellings[$0].isOccupied }
    var sizes = Array(repeating: 1, count: lived.count)
    var left = facts.residents - lived.count
    while left > 0 {
      let index = random.below(lived.count)
      if sizes[index] < 5 {
        sizes[index] += 1
        left -= 1
      }
    }
    return zip(lived, sizes).flatMap { dwelling, size in
      (0..<size).map {
        Home(dwelling: dwelling, place: $0, isRented: dwellings[dwelling].isRented)
      }
    }
  }

  /// Who is old, floating, or on the party's roll: exact numbers, spread by chance.
  private struct Traits {
    var aged: [Bool]
    var floating: [Bool]
    var party: [Bool]

    init(_ facts: Facts, _ homes: [Home], _ random: inout SplitMix) {
      aged = Array(repeating: false, count: homes.count)
      floating = aged
      party = aged
      let tenants = homes.indices.filter { homes[$0].isRented }
      let owners = homes.indices.filter { !homes[$0].isRented }
      for index in random.sample(Swift.min(facts.floating, tenants.count), of: tenants) {
        floating[index] = true
      }
      let rest = facts.floating - Swift.min(facts.floating, tenants.count)
      for index in random.sample(rest, of: owners) { floating[index] = true }
      let grown = homes.indices.filter { homes[$0].place <= 1 }
      for index in random.sample(facts.aged, of: grown) { aged[index] = true }
      let eligible = grown.filter { !floating[$0] }
      for index in random.sample(facts.partyMembers, of: eligible) { party[index] = true }
    }
  }

  private mutating func writePersons(
    _ homes: [Home], _ traits: Traits, branchOfMember: [Int64]
  ) {
    adults = Array(repeating: [], count: facts.buildings)
    var member = 0
    for (index, home) in homes.enumerated() {
      let dwelling = dwellings[home.dwelling]
      let name = Names.person(&random)
      let isGrown = home.place <= 1 || random.chance(300)
      let year = birthYear(isGrown: isGrown, isAged: traits.aged[index])
      var values: [String: Value] = [
        "name": .text(name), "birth_year": .integer(year), "dwelling": .integer(dwelling.id),
        "residence": .text(traits.floating[index] ? "floating" : "registered"),
        "aged": .boolean(traits.aged[index]), "party": .text("none"),
      ]
      if traits.party[index] {
        values["party"] = .text(random.chance(40) ? "probationary" : "full")
        values["branch"] = .integer(branchOfMember[member])
        member += 1
      }
      if isGrown, random.chance(60) { values["phone"] = .text(Names.phone(&random)) }
      if index == homes.count - 1 { listTwice(&values) }
      let id = add("person", values)
      if home.place == 0, !traits.floating[index] {
        adults[dwelling.building].append(Resident(id: id, name: name))
      }
    }
  }

  /// One person with two records, in two communities: moved, and struck off nowhere.
  private func listTwice(_ values: inout [String: Value]) {
    guard facts.number == 5 || facts.number == 8 else { return }
    let other = Self.unit(13 - facts.number, of: street)
    values["name"] = .text("蔺若川")
    values["birth_year"] = .integer(1991)
    values["also_listed"] = .text("同一人在\(other)另有登记")
  }

  /// Sixty or older on 30 April 2026 exactly when `isAged`; nobody is born in the year between.
  private mutating func birthYear(isGrown: Bool, isAged: Bool) -> Int {
    if isAged { return random.within(1932...1965) }
    return isGrown ? random.within(1967...2003) : random.within(2008...2025)
  }
}
