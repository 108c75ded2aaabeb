/// The units of a workspace through time: who belongs to whom, of what type, beside whom, in whose care.
public struct UnitTree: Sendable {
  public let typologies: [Typology]

  /// The intervals of each unit, in order of time.
  let units: [UnitID: [Unit]]
  let memberships: [UnitID: [TypeMembership]]
  let adjacencies: [UnitID: [Adjacency]]
  let caretakings: [UnitID: [Caretaking]]

  /// - Throws: `input.invalid` for everything wrong at once; see `UnitTreeCheck`.
  public init(
    units: [Unit], types: [TypeMembership] = [], adjacencies: [Adjacency] = [],
    caretakings: [Caretaking] = [], typologies: [Typology] = [.communityType]
  ) throws(Problems) {
    self.typologies = typologies
    self.units = Dictionary(grouping: units, by: \.id)
      .mapValues { $0.sorted { ($0.valid.from ?? .earliest) < ($1.valid.from ?? .earliest) } }
    self.memberships = Dictionary(grouping: types, by: \.unit)
    let mirrored = adjacencies.map { Adjacency($0.neighbour, $0.unit, valid: $0.valid) }
    self.adjacencies = Dictionary(grouping: adjacencies + mirrored, by: \.unit)
    self.caretakings = Dictionary(grouping: caretakings, by: \.estate)
    var check = UnitTreeCheck(tree: self)
    check.run(units, types, adjacencies, caretakings)
    guard check.problems.isEmpty else { throw Problems(check.problems) }
  }

  /// The unit as it is on a day; nil when there is none then.
  public func unit(_ id: UnitID, on day: Day) -> Unit? {
    units[id]?.first { $0.valid.contains(day) }
  }

  /// Whether there is such a unit on any day.
  public func knows(_ id: UnitID) -> Bool { units[id] != nil }

  /// All units of a day, in order of id.
  public func all(on day: Day) -> [Unit] {
    units.values.compactMap { $0.first { $0.valid.contains(day) } }.sorted { $0.id < $1.id }
  }

  /// The communities of a street on a day, in order of id.
  public func communities(of street: UnitID, on day: Day) -> [Unit] {
    children(of: street, on: day).filter { $0.level == .community }
  }

  /// The units whose parent it is on a day, in order of id.
  public func children(of id: UnitID, on day: Day) -> [Unit] {
    all(on: day).filter { $0.parent == id }
  }

  /// Itself and everything below it on a day, in order of id.
  public func subtree(of id: UnitID, on day: Day) -> [Unit] {
    all(on: day).filter { unit in ancestors(of: unit, on: day).contains { $0.id == id } }
  }

  /// Itself, its parent, and so on to the top.
  public func ancestors(of unit: Unit, on day: Day) -> [Unit] {
    var path = [unit]
    while let parent = path[path.count - 1].parent, let next = self.unit(parent, on: day),
      !path.contains(next)
    {
      path.append(next)
    }
    return path
  }

  public func neighbours(of id: UnitID, on day: Day) -> [Unit] {
    let ids = (adjacencies[id] ?? []).filter { $0.valid.contains(day) }.map(\.neighbour)
    return Set(ids).compactMap { unit($0, on: day) }.sorted { $0.id < $1.id }
  }

  public func areAdjacent(_ one: UnitID, _ other: UnitID, on day: Day) -> Bool {
    (adjacencies[one] ?? []).contains { $0.neighbour == other && $0.valid.contains(day) }
  }

  /// The community that looks after an estate on a day.
  public func caretaker(of estate: UnitID, on day: Day) -> Unit? {
    caretakings[estate]?.first { $0.valid.contains(day) }.flatMap { unit($0.caretaker, on: day) }
  }

  /// The estates that a community looks after on a day, in order of id.
  public func estates(caredForBy community: UnitID, on day: Day) -> [Unit] {
    caretakings.values.joined()
      .filter { $0.caretaker == community && $0.valid.contains(day) }
      .compactMap { unit($0.estate, on: day) }
      .sorted { $0.id < $1.id }
  }

  /// The code of a community's type on a day.
  public func type(
    of id: UnitID, on day: Day, typology: String = Typology.communityType.id
  ) -> String? {
    memberships[id]?.first { $0.typology == typology && $0.valid.contains(day) }?.type
  }

  /// The type that guidance goes by on a day.
  public func communityType(of id: UnitID, on day: Day) -> CommunityType? {
    type(of: id, on: day).flatMap(CommunityType.init(rawValue:))
  }
}

/// The layers that contain a unit on a day, from the widest in: street, types, community.
public struct UnitChain: Hashable, Sendable {
  public let unit: Unit
  public let street: Unit?

  /// By the order of the typologies.
  public let types: [TypeMembership]

  /// Itself, or for an estate the community that looks after it.
  public let community: Unit?

  /// Who looks after it, when someone does.
  public let caretaker: Unit?
}

extension UnitTree {
  /// The layers that contain a unit on a day.
  ///
  /// An estate in care follows its caretaker: that community, and its types
  /// where the estate has none of its own. Nil when there is no such unit then.
  public func chain(of id: UnitID, on day: Day) -> UnitChain? {
    guard let unit = unit(id, on: day) else { return nil }
    let caretaker = caretaker(of: id, on: day)
    let own = types(of: id, on: day)
    let inherited = caretaker.map { types(of: $0.id, on: day) } ?? []
    return UnitChain(
      unit: unit,
      street: ancestors(of: unit, on: day).first { $0.level == .street },
      types: own.isEmpty ? inherited : own,
      community: unit.level == .community ? unit : caretaker,
      caretaker: caretaker)
  }

  /// The first days, within a period, on which a unit's name, parent, committee, types or
  /// caretaker differ from the day before.
  public func changes(of id: UnitID, in period: Period) -> [Day] {
    var intervals = (units[id] ?? []).map(\.valid)
    intervals += (memberships[id] ?? []).map(\.valid)
    intervals += (caretakings[id] ?? []).map(\.valid)
    let days = intervals.compactMap(\.from) + intervals.compactMap(\.to)
    return Set(days).filter { $0 > period.first && period.contains($0) }.sorted()
  }

  /// By the order of the typologies.
  public func types(of id: UnitID, on day: Day) -> [TypeMembership] {
    typologies.compactMap { typology in
      memberships[id]?.first { $0.typology == typology.id && $0.valid.contains(day) }
    }
  }
}
