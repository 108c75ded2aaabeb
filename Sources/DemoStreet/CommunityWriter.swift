internal import Governance

/// Numbers the records of each kind from 1 through a whole run.
final class Numbering {
  private var last: [String: Int64] = [:]

  func next(_ kind: String) -> Int64 {
    last[kind, default: 0] += 1
    return last[kind]!
  }
}

/// Writes the records of one community, chapter by chapter; each chapter builds on the ones before.
struct CommunityWriter {
  let facts: Facts
  let performance: Performance

  /// The id of the street, which the ids of its communities begin with.
  let street: String
  let unit: UnitID
  let work: Workdays
  let numbering: Numbering
  var random: SplitMix

  /// What the chapter being written has so far.
  var records: [NewRecord] = []

  // What later chapters refer to.
  var courtyards: [Int64] = []
  var buildings: [Int64] = []
  var dwellings: [Dwelling] = []

  /// By building: registered adults who live there, one of a household.
  var adults: [[Resident]] = []
  var workers: [Worker] = []
  var residentUnits: [Int64] = []
  var organisations: [Int64] = []
  var seats: [Seat] = []
  var secretary = ""

  struct Dwelling {
    let id: Int64
    let building: Int
    let isOccupied: Bool
    let isRented: Bool
  }

  struct Resident {
    let id: Int64
    let name: String
  }

  struct Worker {
    let id: Int64
    let from: Day
    let to: Day?
  }

  /// A council seat and until when its member holds it.
  struct Seat {
    let id: Int64
    var until: Day?

    func isFilled(on day: Day) -> Bool {
      until.map { day < $0 } ?? true
    }
  }

  init(
    facts: Facts, street: String, work: Workdays, numbering: Numbering, random: SplitMix
  ) {
    self.facts = facts
    self.performance = Performance.all[facts.number - 1]
    self.street = street
    self.unit = Self.unit(facts.number, of: street)
    self.work = work
    self.numbering = numbering
    self.random = random
  }

  /// `sll-02`.
  static func unit(_ number: Int, of street: String) -> UnitID {
    UnitID(street + "-0" + String(number))
  }

  /// Adds a record and says its number.
  @discardableResult
  mutating func add(
    _ kind: String, in other: UnitID? = nil, _ values: [String: Value]
  ) -> Int64 {
    let id = numbering.next(kind)
    records.append(NewRecord(kind: kind, id: id, unit: other ?? unit, values: values))
    return id
  }

  /// Hands over the records of a chapter.
  mutating func write(_ chapter: Chapter) -> [NewRecord] {
    records = []
    switch chapter {
    case .places: writePlaces()
    case .people: writePeople()
    case .service: writeService()
    case .council: writeCouncil()
    case .casework: writeCasework()
    case .duties: writeDuties()
    case .publicity: writePublicity()
    }
    defer { records = [] }
    return records
  }

  enum Chapter: CaseIterable {
    case places, people, service, council, casework, duties, publicity
  }
}

extension Value {
  static func integer(_ number: Int) -> Value { .integer(Int64(number)) }
}

/// A total in `count` whole parts that differ by at most one, the larger first.
func parts(of total: Int, _ count: Int) -> [Int] {
  (0..<count).map { total / count + ($0 < total % count ? 1 : 0) }
}

/// How many of `count` a rate in thousandths leaves out, to the nearest whole.
func shortfall(of count: Int, at permille: Int) -> Int {
  (count * (1000 - permille) + 500) / 1000
}
