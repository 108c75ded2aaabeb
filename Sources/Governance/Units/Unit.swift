/// A district, street, community or estate, as it is during an interval.
///
/// When its name, parent or committee changes, one interval ends and another
/// begins; both are in the tree.
public struct Unit: Hashable, Sendable {
  public let id: UnitID
  public let name: Words
  public let level: UnitLevel
  public let parent: UnitID?
  public let hasCommittee: Bool
  public let valid: DayInterval

  public init(
    _ id: UnitID, name: Words, level: UnitLevel, parent: UnitID? = nil, hasCommittee: Bool = false,
    valid: DayInterval = .always
  ) {
    self.id = id
    self.name = name
    self.level = level
    self.parent = parent
    self.hasCommittee = hasCommittee
    self.valid = valid
  }
}

/// That a community is of a type, during an interval.
public struct TypeMembership: Hashable, Sendable {
  public let unit: UnitID
  public let typology: String
  public let type: String
  public let valid: DayInterval

  public init(
    _ unit: UnitID, is type: String, typology: String = Typology.communityType.id,
    valid: DayInterval = .always
  ) {
    self.unit = unit
    self.typology = typology
    self.type = type
    self.valid = valid
  }
}

/// That two units touch each other, during an interval; either may be named first.
public struct Adjacency: Hashable, Sendable {
  public let unit: UnitID
  public let neighbour: UnitID
  public let valid: DayInterval

  public init(_ unit: UnitID, _ neighbour: UnitID, valid: DayInterval = .always) {
    self.unit = unit
    self.neighbour = neighbour
    self.valid = valid
  }
}

/// 代管: that a community looks after an estate, during an interval (B4).
public struct Caretaking: Hashable, Sendable {
  public let estate: UnitID
  public let caretaker: UnitID
  public let valid: DayInterval

  public init(_ estate: UnitID, by caretaker: UnitID, valid: DayInterval = .always) {
    self.estate = estate
    self.caretaker = caretaker
    self.valid = valid
  }
}
