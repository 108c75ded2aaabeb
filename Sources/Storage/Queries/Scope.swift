public import Governance

/// Whose records may be seen, and which of their fields.
///
/// The host makes it from the actor's rights, the plugin's manifest and the
/// purpose; a query cannot widen it (law 7).
public struct Scope: Hashable, Sendable {
  public var units: Units
  public var grants: Grants

  public init(units: Units, grants: Grants = .everything) {
    self.units = units
    self.grants = grants
  }

  /// The host's own work: every unit, every field.
  public static let all = Scope(units: .all)

  /// Records of one unit.
  public static func only(_ unit: UnitID, grants: Grants = .everything) -> Scope {
    Scope(units: .only([unit]), grants: grants)
  }

  public enum Units: Hashable, Sendable {
    case all
    case only(Set<UnitID>)
  }

  /// Whether records of a unit may be seen.
  public func holds(_ unit: UnitID) -> Bool {
    switch units {
    case .all: true
    case .only(let allowed): allowed.contains(unit)
    }
  }

  /// - Throws: `denied` when records of the unit may not be seen.
  public func check(_ unit: UnitID) throws(Problem) {
    guard holds(unit) else { throw .unitOutsideScope(unit.rawValue) }
  }
}

/// Which kinds and fields may be read.
///
/// A personal or sensitive field needs a purpose besides (`disclosed`); rows
/// whose choice is sensitive (E3, E5, E8) are left out until the field that
/// holds the choice is disclosed.
public struct Grants: Hashable, Sendable {
  /// By id of the kind; nil: all of them.
  private let kinds: [String: Fields]?

  /// Fields disclosed for a purpose, as `case.kind`; nil: all of them.
  private let disclosed: Set<String>?

  public enum Fields: Hashable, Sendable {
    case all
    case only(Set<String>)
  }

  /// What the host may read for itself, sensitive rows included.
  public static let everything = Grants(kinds: nil, disclosed: nil)

  private init(kinds: [String: Fields]?, disclosed: Set<String>?) {
    self.kinds = kinds
    self.disclosed = disclosed
  }

  /// What a manifest or a role grants.
  ///
  /// - Parameters:
  ///   - kinds: by the id of the kind (`case`); id, code and unit come with it.
  ///   - disclosed: personal and sensitive fields with a purpose, as `case.kind`.
  public init(_ kinds: [String: Fields], disclosed: Set<String> = []) {
    self.init(kinds: kinds, disclosed: disclosed)
  }

  /// All kinds and fields, but of the personal and sensitive ones only these.
  public static func all(disclosing disclosed: Set<String>) -> Grants {
    Grants(kinds: nil, disclosed: disclosed)
  }

  /// Whether a field's values may be used as they are.
  func access(to field: Field, of kind: Kind) -> Access {
    guard let kinds else { return disclosure(of: field, of: kind) }
    switch kinds[kind.id] {
    case nil: return .kindNotGranted
    case .all: return disclosure(of: field, of: kind)
    case .only(let fields):
      guard fields.contains(field.key) || Kind.common.contains(where: { $0.key == field.key })
      else { return .fieldNotGranted }
      return disclosure(of: field, of: kind)
    }
  }

  func grants(_ kind: Kind) -> Bool {
    kinds.map { $0[kind.id] != nil } ?? true
  }

  /// Whether rows with a sensitive choice of this field may be seen.
  func discloses(_ field: Field, of kind: Kind) -> Bool {
    disclosed?.contains("\(kind.id).\(field.key)") ?? true
  }

  private func disclosure(of field: Field, of kind: Kind) -> Access {
    field.sensitivity == .none || discloses(field, of: kind) ? .clear : .undisclosed
  }

  enum Access {
    case clear
    case undisclosed
    case fieldNotGranted
    case kindNotGranted
  }
}
