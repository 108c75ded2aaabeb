/// How an actor sees a field.
public enum Reading: Hashable, Sendable {
  /// As it is.
  case clear
  /// As it is, and the reading is written to the audit log.
  case logged
  /// 张*.
  case masked
  /// As it is in these records; hidden or masked in all others.
  case partly(Condition)
  /// Not the value, only how many; less than `smallest` as "few".
  case countsOnly
  case never

  /// Counts of sensitive records below this are not told apart.
  public static let smallest = 5
}

extension Actor {
  /// How this actor sees fields of a sensitivity in the records of a kind that may be read.
  ///
  /// A purpose, where one is asked for, is a sentence that will be logged.
  public func reading(_ sensitivity: Sensitivity, of kind: Kind, purpose: String?) -> Reading {
    guard seesPartOfUnit, sensitivity != .none else {
      return reading(sensitivity, purpose: purpose)
    }
    let clear = sensitivity == .personal ? own(kind) : confided(kind)
    if clear == .nothing { return reading(sensitivity, purpose: purpose) }
    return clear == readable(kind) ? .clear : .partly(clear)
  }

  /// The same where nothing is the actor's own but for the role.
  public func reading(_ sensitivity: Sensitivity, purpose: String?) -> Reading {
    switch sensitivity {
    case .none: .clear
    case .personal: readingPersonal
    case .sensitive: readingSensitive(purpose: purpose)
    }
  }

  private var readingPersonal: Reading {
    switch role {
    case .streetLeader, .office, .supervision, .head, .resident: .masked
    case .secretary, .worker, .council, .receptionist: .clear
    }
  }

  private func readingSensitive(purpose: String?) -> Reading {
    switch role {
    case .streetLeader, .office, .supervision: .countsOnly
    case .secretary, .worker, .receptionist: purpose == nil ? .never : .logged
    case .head, .council, .resident: .never
    }
  }

  /// What an actor wants to do beyond reading.
  public enum Action: Hashable, Sendable {
    case write(Kind)
    case setSetting(Layer)
    case managePlugins
    case closePeriod
    case restore
    case readAudit

    /// Whose setting is to be changed.
    public enum Layer: Hashable, Sendable {
      case street, type
      case community(UnitID)
    }
  }

  /// Whether the role allows it at all; the scope is checked apart.
  public func may(_ action: Action) -> Bool {
    guard action.roles.contains(role) else { return false }
    // A secretary answers for the own community alone.
    guard case .setSetting(.community(let target)) = action else { return true }
    return role.isStreetWide || unit == target
  }
}

extension Actor.Action {
  /// Who may: a role that is not named may not.
  public var roles: Set<Role> {
    switch self {
    case .write(let kind): kind.writers
    case .setSetting(.community): Role.ofStreet.union([.secretary])
    case .setSetting(.street), .setSetting(.type), .managePlugins, .closePeriod, .restore:
      Role.ofStreet
    case .readAudit: Role.ofStreet.union([.supervision, .secretary])
    }
  }
}

extension Words {
  /// What stands for a count that may not be told exactly.
  public static let few = Words(
    "少于 \(Reading.smallest) 条", "fewer than \(Reading.smallest)")
}
