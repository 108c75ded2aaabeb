internal import Governance
internal import Plugins
internal import Storage

/// Which records an actor may read and change, beside the units; `decisions.md`, "Roles and
/// sensitivity". Roles of a whole community or street see all records of it.
extension Scope {
  /// For scripts, whose capabilities decide about fields; only what differs from record to
  /// record is left to the database.
  static func readable(by actor: Actor) -> Scope {
    var partly: [String: Condition] = [:]
    for (kind, field) in BuiltInKinds.fields {
      if case .partly(let records) = actor.reading(field.handling, of: kind, purpose: nil) {
        partly["\(kind.id).\(field.key)"] = records
      }
    }
    return Scope(
      units: .all, grants: .everything(partly: partly),
      records: actor.records { actor.readable($0) })
  }

  static func own(of actor: Actor) -> Scope {
    Scope(units: .all, records: actor.records { actor.own($0) })
  }
}

extension Grants {
  /// What the actor sees of the fields: personal and sensitive ones only where the
  /// role and the purpose disclose them, personal texts masked otherwise.
  init(of actor: Actor, purpose: String?) {
    var disclosed: Set<String> = []
    var partly: [String: Condition] = [:]
    for (kind, field) in BuiltInKinds.fields {
      let name = "\(kind.id).\(field.key)"
      switch actor.reading(field.handling, of: kind, purpose: purpose) {
      case .clear, .logged: disclosed.insert(name)
      case .partly(let records): partly[name] = records
      case .masked, .countsOnly, .never: break
      }
    }
    self = .all(disclosing: disclosed, partly: partly)
  }
}

extension Manifest {
  /// What the query compiler lets its queries name.
  ///
  /// A field by which sensitive rows are hidden comes with its kind: the host itself asks for it.
  var granted: [String: Grants.Fields] {
    Dictionary(
      reads.map { grant in
        guard let fields = grant.fields else { return (grant.kind, Grants.Fields.all) }
        let hiding = BuiltInKinds.kind(grant.kind)?.fields.filter { !$0.sensitiveChoices.isEmpty }
        return (grant.kind, .only(fields.union((hiding ?? []).map(\.key))))
      }
    ) { first, _ in first }
  }
}

extension BuiltInKinds {
  fileprivate static var fields: [(Kind, Field)] {
    all.flatMap { kind in kind.fields.map { (kind, $0) } }
  }
}

extension Actor {
  fileprivate func records(_ condition: (Kind) -> Condition) -> [String: Condition]? {
    guard seesPartOfUnit else { return nil }
    return Dictionary(uniqueKeysWithValues: BuiltInKinds.all.map { ($0.id, condition($0)) })
  }

  /// The fields of a kind that the actor sees masked, in part or not at all.
  func unseen(in kind: Kind, purpose: String?) -> Set<String> {
    let hidden = kind.fields.filter { field in
      switch reading(field.sensitivity, of: kind, purpose: purpose) {
      case .clear, .logged: false
      case .masked, .partly, .countsOnly, .never: true
      }
    }
    return Set(hidden.map(\.key))
  }

  /// The actor with the building or person that was typed, found among the records.
  func placed(by reader: Reader, in units: Scope.Units) throws -> Actor {
    guard let part, seesPartOfUnit else { return self }
    let kind = role == .head ? "building" : "person"
    let scope = Scope(units: units)
    for unit in ["", (unit?.rawValue ?? "") + "-"] {
      if let record = try reader.record(kind, code: unit + part, in: scope) {
        return placed(record.id)
      }
    }
    guard role == .head, let unit, let number = Self.number(of: part) else {
      throw Problem.noSuchPlace(self)
    }
    let found = try reader.records(
      Query(kind: kind, where: .compare(field: "number", .equal, .value(.integer(number)))),
      in: .only(unit))
    guard found.count == 1 else { throw Problem.noSuchPlace(self) }
    return placed(found[0].id)
  }

  /// 7 of `B07`.
  private static func number(of part: String) -> Int64? {
    guard part.first == "B" || part.first == "b" else { return nil }
    return Int64(part.dropFirst())
  }
}

extension Field {
  /// How carefully it is to be handled, its choices included.
  var handling: Sensitivity { sensitiveChoices.isEmpty ? sensitivity : .sensitive }
}
