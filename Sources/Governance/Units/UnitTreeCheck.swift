/// Everything that must hold of a tree of units, whatever the day.
///
/// Intervals are not empty and, for one unit, one typology or one estate, do
/// not overlap; parents exist and stand a level higher; names are unique under
/// a parent; communities have a type of every compulsory typology; a caretaker
/// is an adjacent community with a committee for as long as it takes care (B4).
struct UnitTreeCheck {
  let tree: UnitTree
  private(set) var problems: [Problem] = []

  init(tree: UnitTree) {
    self.tree = tree
  }

  mutating func run(
    _ units: [Unit], _ types: [TypeMembership], _ adjacencies: [Adjacency],
    _ caretakings: [Caretaking]
  ) {
    for unit in units { check(unit) }
    checkOverlaps(units, same: { $0.id == $1.id }, \.valid) { one, _ in
      .unitTwice(one.id, one.valid)
    }
    checkOverlaps(
      units,
      same: { $0.id != $1.id && $0.parent == $1.parent && $0.name.chinese == $1.name.chinese },
      \.valid
    ) { .nameTwice($0.name.chinese, $0.id, $1.id) }
    for type in types { check(type) }
    checkOverlaps(types, same: { $0.unit == $1.unit && $0.typology == $1.typology }, \.valid) {
      .twoTypes($0, $1)
    }
    for typology in tree.typologies where typology.isCompulsory {
      for unit in units where unit.level == .community { checkHasType(unit, typology) }
    }
    for adjacency in adjacencies { check(adjacency) }
    for caretaking in caretakings { check(caretaking) }
    checkOverlaps(caretakings, same: { $0.estate == $1.estate }, \.valid) {
      .twoCaretakers($0, $1)
    }
  }

  private mutating func check(_ unit: Unit) {
    if unit.valid.isEmpty { problems.append(.emptyInterval(unit.id, unit.valid)) }
    guard let parent = unit.parent else {
      if unit.level == .community || unit.level == .estate {
        problems.append(.noParent(unit.id, unit.level))
      }
      return
    }
    for day in days(of: unit.valid, units: [parent]) {
      guard let above = tree.unit(parent, on: day) else {
        return problems.append(.missing(parent, of: unit.id, on: day))
      }
      guard above.level == unit.level.above else {
        return problems.append(.wrongLevel(unit, above))
      }
    }
  }

  private mutating func check(_ membership: TypeMembership) {
    let id = membership.unit
    if membership.valid.isEmpty { problems.append(.emptyInterval(id, membership.valid)) }
    if tree.units[id] == nil { return problems.append(.unknown(id, tree)) }
    guard let typology = tree.typologies.first(where: { $0.id == membership.typology }) else {
      return problems.append(.unknownTypology(membership, tree.typologies))
    }
    if !typology.types.contains(where: { $0.code == membership.type }) {
      problems.append(.unknownType(membership, typology))
    }
  }

  private mutating func checkHasType(_ unit: Unit, _ typology: Typology) {
    let gap = days(of: unit.valid, units: [unit.id]).first {
      tree.type(of: unit.id, on: $0, typology: typology.id) == nil
    }
    if let gap { problems.append(.noType(unit.id, typology, on: gap)) }
  }

  private mutating func check(_ adjacency: Adjacency) {
    if adjacency.valid.isEmpty { problems.append(.emptyInterval(adjacency.unit, adjacency.valid)) }
    for id in [adjacency.unit, adjacency.neighbour] where tree.units[id] == nil {
      problems.append(.unknown(id, tree))
    }
    if adjacency.unit == adjacency.neighbour { problems.append(.besideItself(adjacency.unit)) }
  }

  private mutating func check(_ care: Caretaking) {
    if care.valid.isEmpty { problems.append(.emptyInterval(care.estate, care.valid)) }
    let strangers = [care.estate, care.caretaker].filter { tree.units[$0] == nil }
    guard strangers.isEmpty else {
      return problems.append(contentsOf: strangers.map { .unknown($0, tree) })
    }
    for day in days(of: care.valid, units: [care.estate, care.caretaker]) {
      if let problem = fault(of: care, on: day) { return problems.append(problem) }
    }
  }

  private func fault(of care: Caretaking, on day: Day) -> Problem? {
    guard let estate = tree.unit(care.estate, on: day) else {
      return .missing(care.estate, of: care.caretaker, on: day)
    }
    guard let caretaker = tree.unit(care.caretaker, on: day) else {
      return .missing(care.caretaker, of: care.estate, on: day)
    }
    if estate.level != .estate { return .notAnEstate(estate) }
    if caretaker.level != .community || !caretaker.hasCommittee {
      return .noCommittee(care, on: day)
    }
    guard tree.areAdjacent(care.estate, care.caretaker, on: day) else {
      return .notAdjacent(care, on: day)
    }
    return nil
  }

  /// The days of an interval on which something about the units may be new: enough to look at.
  private func days(of interval: DayInterval, units ids: [UnitID]) -> [Day] {
    guard !interval.isEmpty else { return [] }
    var edges: [Day] = []
    for id in ids {
      var intervals = (tree.units[id] ?? []).map(\.valid)
      intervals += (tree.memberships[id] ?? []).map(\.valid)
      intervals += (tree.adjacencies[id] ?? []).map(\.valid)
      intervals += (tree.caretakings[id] ?? []).map(\.valid)
      edges += intervals.compactMap(\.from) + intervals.compactMap(\.to)
    }
    return ([interval.from ?? .earliest] + edges.filter(interval.contains)).sorted()
  }

  private mutating func checkOverlaps<Fact>(
    _ facts: [Fact], same: (Fact, Fact) -> Bool, _ valid: (Fact) -> DayInterval,
    _ problem: (Fact, Fact) -> Problem
  ) {
    for (index, first) in facts.enumerated() {
      for second in facts[(index + 1)...]
      where same(first, second) && valid(first).overlaps(valid(second)) {
        problems.append(problem(first, second))
      }
    }
  }
}
