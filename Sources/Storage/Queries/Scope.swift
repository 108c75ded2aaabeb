public import Governance

/// Whose records may be seen, and which of their fields.
///
/// The host makes it from the actor's rights, the plugin's manifest and the
/// purpose; a query cannot widen it (law 7).
public struct Scope: Hashable, Sendable {
  public var units: Units
  public var grants: Grants

  /// Which records of each kind, within the units; a kind that is not named has none.
  /// Nil: all of them.
  public var records: [String: Condition]?

  public init(units: Units, grants: Grants = .everything, records: [String: Condition]? = nil) {
    self.units = units
    self.grants = grants
    self.records = records
  }

  /// Which records of a kind may be seen.
  func condition(on kind: Kind) -> Condition {
    records.map { $0[kind.id] ?? .nothing } ?? .everything
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

    public func intersection(_ other: Units) -> Units {
      switch (self, other) {
      case (.all, let only), (let only, .all): only
      case (.only(let one), .only(let two)): .only(one.intersection(two))
      }
    }
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

  /// Fields disclosed in these records and no others, as `case.consent`.
  private let partly: [String: Condition]

  public enum Fields: Hashable, Sendable {
    case all
    case only(Set<String>)

    func intersection(_ other: Fields) -> Fields {
      switch (self, other) {
      case (.all, let only), (let only, .all): only
      case (.only(let one), .only(let two)): .only(one.intersection(two))
      }
    }
  }

  /// What the host may read for itself, sensitive rows included.
  public static let everything = Grants(kinds: nil, disclosed: nil)

  private init(
    kinds: [String: Fields]?, disclosed: Set<String>?, partly: [String: Condition] = [:]
  ) {
    self.kinds = kinds
    self.disclosed = disclosed
    self.partly = partly
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
  ///
  /// - Parameter partly: fields disclosed in some records only.
  public static func all(
    disclosing disclosed: Set<String>, partly: [String: Condition] = [:]
  ) -> Grants {
    Grants(kinds: nil, disclosed: disclosed, partly: partly)
  }

  /// Everything, but these fields in some records only.
  public static func everything(partly: [String: Condition]) -> Grants {
    Grants(kinds: nil, disclosed: nil, partly: partly)
  }

  /// The same, of these kinds and fields alone: those of a manifest, whoever runs its package.
  public func only(_ kinds: [String: Fields]) -> Grants {
    guard let own = self.kinds else {
      return Grants(kinds: kinds, disclosed: disclosed, partly: partly)
    }
    let both = kinds.compactMap { kind, fields in own[kind].map { (kind, $0.intersection(fields)) }
    }
    return Grants(
      kinds: Dictionary(uniqueKeysWithValues: both), disclosed: disclosed, partly: partly)
  }

  /// Whether a field's values may be used as they are.
  func access(to field: Field, of kind: Kind) -> Access {
    guard let kinds else { return access(byDisclosureOf: field, of: kind) }
    switch kinds[kind.id] {
    case nil: return .kindNotGranted
    case .all: return access(byDisclosureOf: field, of: kind)
    case .only(let fields):
      guard fields.contains(field.key) || Kind.common.contains(where: { $0.key == field.key })
      else { return .fieldNotGranted }
      return access(byDisclosureOf: field, of: kind)
    }
  }

  func grants(_ kind: Kind) -> Bool {
    kinds.map { $0[kind.id] != nil } ?? true
  }

  /// In which records a field is disclosed; where it is not, those with a sensitive choice
  /// of it are hidden.
  func disclosure(of field: Field, of kind: Kind) -> Condition {
    let name = "\(kind.id).\(field.key)"
    if let records = partly[name] { return records }
    return disclosed?.contains(name) ?? true ? .everything : .nothing
  }

  private func access(byDisclosureOf field: Field, of kind: Kind) -> Access {
    guard field.sensitivity != .none else { return .clear }
    return switch disclosure(of: field, of: kind) {
    case .everything: .clear
    case .nothing: .undisclosed
    case let records: .partly(records)
    }
  }

  enum Access: Equatable {
    case clear
    /// In these records.
    case partly(Condition)
    case undisclosed
    case fieldNotGranted
    case kindNotGranted
  }
}
