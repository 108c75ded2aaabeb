/// Who is acting: a role, and the unit it is held in.
///
/// Written `office`, `worker@sll-02`, `head@sll-02/B07`, `resident@sll-02`,
/// `resident@sll-02/sll-02-P-2026-0001`. The command line's default actor is the
/// workspace's owner, the street office.
public struct Actor: Hashable, Sendable {
  public let role: Role

  /// The community the role belongs to; nil for roles of the whole street.
  public let unit: UnitID?

  /// What narrows the role within the community, as typed: a head's building (`B07`),
  /// a resident's record of person; a resident without one sees what is public.
  public let part: String?

  /// The id of that building or person; nil until the workspace found it. Nothing is the
  /// own of a head or resident without it.
  public let place: Int64?

  public init(_ role: Role, of unit: UnitID? = nil, part: String? = nil, place: Int64? = nil) {
    self.role = role
    self.unit = unit
    self.part = part
    self.place = place
  }

  /// The same, with the building or person found.
  public func placed(_ place: Int64) -> Actor {
    Actor(role, of: unit, part: part, place: place)
  }

  /// The street office, which owns the workspace.
  public static let office = Actor(.office)

  /// Reads `role@unit/part`; the label of a role is accepted too.
  public init(parsing text: String) throws(Problem) {
    let parts = text.plainSpelling.split(
      separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    guard let role = Role.allCases.called(name, by: { ($0.label, [$0.rawValue]) })
    else { throw .unknownRole(name) }
    guard parts.count == 2 else {
      guard role.isStreetWide else { throw .roleNeedsUnit(role) }
      self.init(role)
      return
    }
    let place = parts[1].split(separator: "/", maxSplits: 1)
    guard let unit = place.first, !role.isStreetWide else { throw .roleTakesNoUnit(role, text) }
    if role == .head, place.count < 2 { throw .headNeedsBuilding(text) }
    if place.count == 2, role != .head, role != .resident { throw .roleTakesNoPart(role, text) }
    self.init(role, of: UnitID(String(unit)), part: place.count == 2 ? String(place[1]) : nil)
  }

  /// The units whose records this actor may see; nil means the whole street.
  public var ownUnit: UnitID? { role.isStreetWide ? nil : unit }
}

extension Actor: CustomStringConvertible {
  /// As it is written: `head@sll-02/B07`.
  public var description: String {
    guard let unit else { return role.rawValue }
    return "\(role.rawValue)@\(unit)" + (part.map { "/\($0)" } ?? "")
  }
}

/// The roles that may use a workspace; `decisions.md`, "Roles and sensitivity".
public enum Role: String, CaseIterable, Sendable {
  case streetLeader = "street_leader"
  case office
  case supervision
  case secretary
  case worker
  case head
  case council
  case receptionist
  case resident

  public var label: Words {
    switch self {
    case .streetLeader: Words("街道领导", "street leader")
    case .office: Words("街道办", "street office")
    case .supervision: Words("督查组", "supervision group")
    case .secretary: Words("书记", "secretary")
    case .worker: Words("社区工作者", "community worker")
    case .head: Words("楼栋长", "building head")
    case .council: Words("议事会成员", "council member")
    case .receptionist: Words("接待员", "receptionist")
    case .resident: Words("居民", "resident")
    }
  }

  /// Those who answer for the street's records and rules.
  public static let ofStreet: Set<Role> = [.streetLeader, .office]

  /// Those who keep a community's records.
  public static let ofCommunity: Set<Role> = ofStreet.union([.secretary, .worker, .receptionist])

  /// The same with the heads, each for the own building.
  public static let ofCommunityAndHeads: Set<Role> = ofCommunity.union([.head])

  /// Whether the role belongs to the street rather than to one community.
  public var isStreetWide: Bool {
    switch self {
    case .streetLeader, .office, .supervision: true
    case .secretary, .worker, .head, .council, .receptionist, .resident: false
    }
  }
}
