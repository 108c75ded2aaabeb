import DemoStreet
import Governance
import Testing

@testable import StreetEvaluator

/// Every column of the table in `domain.md` §9, counted over rows as of 30 April 2026.
struct TotalsTests {
  static let date = Day("2026-04-30")!

  /// Courtyards, buildings, stairwells, households, occupied, residents, 60+, floating, rented,
  /// low-income, party members, branches, heads, vacancies, representatives, workers, units,
  /// social organisations: as the document prints them.
  static let table: [[Int]] = [
    [9, 41, 148, 2438, 2361, 6102, 2075, 366, 189, 44, 146, 7, 41, 0, 82, 11, 31, 12],
    [8, 34, 121, 1986, 1872, 5214, 1616, 469, 225, 44, 118, 6, 33, 1, 67, 10, 23, 9],
    [6, 22, 63, 1724, 1640, 4390, 966, 702, 312, 24, 87, 4, 22, 0, 58, 8, 64, 8],
    [4, 27, 58, 2860, 2574, 7436, 1041, 1338, 541, 17, 96, 5, 27, 0, 96, 14, 28, 11],
    [5, 19, 61, 1158, 1101, 3287, 625, 789, 286, 32, 51, 3, 19, 0, 39, 6, 17, 6],
    [7, 30, 109, 1812, 1704, 4705, 1459, 423, 204, 40, 72, 4, 30, 0, 61, 9, 21, 9],
    [8, 36, 127, 2105, 1958, 5398, 1835, 324, 157, 38, 133, 7, 35, 1, 71, 10, 26, 10],
    [3, 8, 34, 1006, 952, 2713, 515, 651, 248, 28, 50, 2, 8, 0, 34, 5, 14, 5],
  ]

  /// The line Σ; branches (two of 红卫村's being groups) are not summed there.
  static let sums = [
    50, 217, 721, 15_089, 14_162, 39_245, 10_132, 5_062, 2_162, 267, 753, 38, 215, 2, 508, 73, 224,
    70,
  ]

  static func counts(_ table: StreetRecords, _ unit: UnitID) -> [Int] {
    let dwellings = table("dwelling", unit)
    let persons = table("person", unit)
    let posts = table.inForce("post", unit, on: date)
    func number(_ role: String) -> Int { posts.count { $0.text("role") == role } }
    let led = Set(posts.filter { $0.text("role") == "head" }.map { $0.number("building")! })
    let buildings = table("building", unit).count
    return [
      table("courtyard", unit).count, buildings, table("stairwell", unit).count,
      dwellings.count, dwellings.count { $0.isTrue("occupied") }, persons.count,
      persons.count { $0.isTrue("aged") }, persons.count { $0.text("residence") == "floating" },
      dwellings.count { $0.isTrue("rented") }, dwellings.count { $0.isTrue("low_income") },
      persons.count { $0.text("party") != "none" }, table("party_branch", unit).count,
      led.count, buildings - led.count, number("representative"), number("worker"),
      table("resident_unit", unit).count, table("social_organisation", unit).count,
    ]
  }

  @Test(arguments: 0..<8)
  func `a community has what its row of the table says`(number: Int) {
    #expect(Self.counts(.shipped, StreetRecords.communities[number]) == Self.table[number])
  }

  @Test func `the eight rows add up to the line of sums`() {
    let rows = StreetRecords.communities.map { Self.counts(.shipped, $0) }
    #expect(Self.sums.indices.map { column in rows.reduce(0) { $0 + $1[column] } } == Self.sums)
  }

  /// §3.1: 146 = 6×21+1×20, 118 = 4×20+2×19 …; exactly 50 stays a branch with two groups of 25.
  @Test func `party branches have the sizes of the table`() {
    let expected = [
      [21, 21, 21, 21, 21, 21, 20], [20, 20, 20, 20, 19, 19], [22, 22, 22, 21],
      [20, 19, 19, 19, 19], [17, 17, 17], [18, 18, 18, 18], [19, 19, 19, 19, 19, 19, 19], [25, 25],
    ]
    for (unit, sizes) in zip(StreetRecords.communities, expected) {
      let members = StreetRecords.shipped("person", unit).compactMap { $0.number("branch") }
      let branches = StreetRecords.shipped("party_branch", unit)
      #expect(branches.map { branch in members.count { $0 == branch.id } } == sizes)
      let form = StreetRecords.shipped("party_organisation", unit)[0].text("form")
      #expect(form == (unit == "sll-08" ? "branch" : "general_branch"))
      #expect(branches.allSatisfy { $0.text("form") == (unit == "sll-08" ? "group" : "branch") })
    }
  }

  @Test func `social organisations are of the five sorts of the table`() {
    let sorts = Dictionary(grouping: StreetRecords.shipped("social_organisation")) {
      $0.text("sort")!
    }
    #expect(
      sorts.mapValues(\.count) == [
        "culture_sport": 27, "service": 19, "safety_mediation": 12, "consultation": 8, "hub": 4,
      ])
  }

  /// §9: 四龙路 mostly shops, 矿山路 one mine enterprise, 向阳村 one co-operative.
  @Test func `resident units are of the kinds that fit their community`() {
    func units(_ unit: UnitID, _ sort: String) -> Int {
      StreetRecords.shipped("resident_unit", unit).count { $0.text("sort") == sort }
    }
    #expect(2 * units("sll-03", "shop") > 64)
    #expect(units("sll-07", "mine") == 1)
    #expect(units("sll-05", "cooperative") == 1)
    for unit in StreetRecords.communities {
      let names = StreetRecords.shipped("resident_unit", unit).map { $0.text("name")! }
      #expect(Set(names).count == names.count)
      let organisations = StreetRecords.shipped("social_organisation", unit).map {
        $0.text("name")!
      }
      #expect(Set(organisations).count == organisations.count)
    }
  }

  /// Estate A at exactly 50 %, estate B at 49.8 %, apart from the totals (`decisions.md` 20).
  @Test(
    arguments: [("sll-a", "sll-04", 612, 306), ("sll-b", "sll-06", 488, 243)]
      as [(UnitID, String, Int, Int)])
  func `an estate has its own dwellings and a caretaker next door`(
    unit: UnitID, caretaker: String, total: Int, occupied: Int
  ) {
    let dwellings = StreetRecords.shipped("dwelling", unit)
    #expect(dwellings.count == total)
    #expect(dwellings.count { $0.isTrue("occupied") } == occupied)
    #expect(StreetRecords.shipped("caretaking", unit).map { $0.text("caretaker") } == [caretaker])
    #expect(StreetRecords.shipped("adjacency", unit).contains { $0.text("neighbour") == caretaker })
    #expect(StreetRecords.shipped("person", unit).isEmpty)
    let own = StreetRecords.shipped("unit", unit)[0]
    #expect(own.text("level") == "estate" && own.text("parent") == "sll")
  }

  @Test func `communities lie in a ring with one chord`() {
    let pairs = StreetRecords.shipped("adjacency").filter {
      StreetRecords.communities.contains($0.unit)
    }.map {
      "\($0.unit.rawValue.suffix(2))-\($0.text("neighbour")!.suffix(2))"
    }
    #expect(
      Set(pairs) == [
        "01-02", "02-03", "03-04", "04-06", "05-06", "05-08", "07-08", "01-07", "02-06",
      ])
  }

  /// The product's own tree checks levels, types, adjacency and caretaking (B4).
  @Test func `the units make a tree without problems`() throws {
    let table = StreetRecords.shipped
    let units = table("unit").map { record in
      Unit(
        record.unit, name: Words(record.text("name")!, record.text("english")!),
        level: UnitLevel(rawValue: record.text("level")!)!,
        parent: record.text("parent").map { UnitID($0) },
        hasCommittee: record.isTrue("has_committee"), valid: record.valid)
    }
    let types = table("unit_type").map {
      TypeMembership($0.unit, is: $0.text("type")!, typology: $0.text("typology")!, valid: $0.valid)
    }
    let adjacencies = table("adjacency").map {
      Adjacency($0.unit, UnitID($0.text("neighbour")!), valid: $0.valid)
    }
    let caretakings = table("caretaking").map {
      Caretaking($0.unit, by: UnitID($0.text("caretaker")!), valid: $0.valid)
    }
    let tree = try UnitTree(
      units: units, types: types, adjacencies: adjacencies, caretakings: caretakings)
    #expect(tree.communities(of: "sll", on: Self.date).map(\.id) == StreetRecords.communities)
    #expect(try tree.find("四龙路", on: Self.date).id == "sll-03")
  }

  @Test func `types are those of the table`() {
    #expect(
      StreetRecords.communities.map { StreetRecords.shipped("unit_type", $0)[0].text("type")! } == [
        "unit_compound", "old_estate", "mixed_commercial", "commodity", "village_to_city",
        "old_estate", "unit_compound", "village_to_city",
      ])
  }

  /// One representative for 20 to 50 households (law art. 13), nobody chosen twice.
  @Test func `representatives are different residents in lawful number`() {
    for unit in StreetRecords.communities {
      let posts = StreetRecords.shipped("post", unit).filter { $0.text("role") == "representative" }
      #expect(Set(posts.map { $0.number("person")! }).count == posts.count)
      let households = StreetRecords.shipped("dwelling", unit).count
      #expect((20...50).contains(households / posts.count))
    }
  }
}
