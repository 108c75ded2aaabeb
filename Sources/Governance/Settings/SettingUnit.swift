/// One way of sorting units into types; a unit is in at most one type of each.
public struct SettingTypology: Hashable, Sendable {
  public let id: String
  public let label: Words

  /// Whether every community must have a type.
  public let isCompulsory: Bool
  public let types: [Choice]

  public init(
    _ id: String, _ chinese: String, _ english: String, compulsory: Bool = false, types: [Choice]
  ) {
    self.id = id
    self.label = Words(chinese, english)
    self.isCompulsory = compulsory
    self.types = types
  }
}

/// A fact about a unit with the days on which it holds: from ≤ day < to.
public struct Dated<Fact: Hashable & Sendable>: Hashable, Sendable {
  public let fact: Fact
  public let from: Day?
  public let to: Day?

  public init(_ fact: Fact, from: Day? = nil, to: Day? = nil) {
    self.fact = fact
    self.from = from
    self.to = to
  }

  func holds(on day: Day) -> Bool {
    if let from, day < from { return false }
    if let to, day >= to { return false }
    return true
  }
}

/// What settings need to know of a unit: its street, types and caretakers through time.
public struct SettingUnit: Hashable, Sendable {
  public let id: UnitID
  public let name: Words
  public let street: UnitID?

  /// The community whose rules are its own: itself for a community, the community
  /// around it for a building, none for the street.
  public let community: UnitID?

  /// Codes of types.
  public let types: [Dated<String>]

  /// Who looks after it (代管); while someone does, it follows that community's rules.
  public let caretakers: [Dated<UnitID>]

  /// The days on which the unit exists.
  public let from: Day?
  public let to: Day?

  public init(
    _ id: UnitID, name: Words, street: UnitID?, community: UnitID?,
    types: [Dated<String>] = [], caretakers: [Dated<UnitID>] = [], from: Day? = nil,
    to: Day? = nil
  ) {
    self.id = id
    self.name = name
    self.street = street
    self.community = community
    self.types = types
    self.caretakers = caretakers
    self.from = from
    self.to = to
  }

  func exists(on day: Day) -> Bool { Dated(id, from: from, to: to).holds(on: day) }

  /// The days on which something about it changes.
  var changes: [Day] {
    types.flatMap { [$0.from, $0.to] }.compactMap(\.self)
      + caretakers.flatMap { [$0.from, $0.to] }.compactMap(\.self)
  }
}

/// The layers that contain a unit on one day.
public struct UnitLayers: Hashable, Sendable {
  public let unit: UnitID
  public let name: Words
  public let street: UnitID?
  public let types: [TypeMembership]
  public let community: UnitID?

  /// Whose rules it follows because it is looked after.
  public let caretaker: UnitID?

  public struct TypeMembership: Hashable, Sendable {
    public let typology: String
    public let code: String
    public let label: Words

    public init(typology: String, code: String, label: Words) {
      self.typology = typology
      self.code = code
      self.label = label
    }
  }

  public init(
    unit: UnitID, name: Words, street: UnitID?, types: [TypeMembership], community: UnitID?,
    caretaker: UnitID? = nil
  ) {
    self.unit = unit
    self.name = name
    self.street = street
    self.types = types
    self.community = community
    self.caretaker = caretaker
  }

  /// Whose rule it is, in words: a type by its label, everything else as it is named.
  func words(of scope: SettingScope) -> Words {
    types.first { scope == .type($0.code) }?.label ?? Words(verbatim: scope.name)
  }

  func isWithin(_ scope: SettingScope) -> Bool {
    switch scope {
    case .law, .street(nil), .trial(nil): true
    case .street(let id?): street == id
    case .type(let code): types.contains { $0.code == code }
    case .community(let id): community == id
    case .trial(let id?): unit == id || community == id
    }
  }
}
