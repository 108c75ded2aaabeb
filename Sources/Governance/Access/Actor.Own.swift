/// Which records are an actor's own, and which others may be read; `decisions.md`,
/// "Roles and sensitivity".
///
/// The scope by units comes on top: of a whole community everything is the own of
/// those who work for it.
extension Actor {
  /// Records of a kind that the actor may read.
  public func readable(_ kind: Kind) -> Condition {
    own(kind).or(kind.published)
  }

  /// Records of a kind that are the actor's own: of the building, of the person.
  public func own(_ kind: Kind) -> Condition {
    switch role {
    case .head: place.map { Self.within($0, kind) } ?? .nothing
    case .resident: place.map { Self.belonging(to: $0, kind) } ?? .nothing
    case .streetLeader, .office, .supervision, .secretary, .worker, .council, .receptionist:
      .everything
    }
  }

  /// Records whose sensitive fields are the actor's own business without a purpose:
  /// of a head what the head reported, of a resident the own.
  func confided(_ kind: Kind) -> Condition {
    switch role {
    case .head: own(kind).and(kind.reportedByHead)
    case .resident: own(kind)
    default: .nothing
    }
  }

  /// Whether the actor's rights differ from record to record within a community.
  public var seesPartOfUnit: Bool { role == .head || role == .resident }

  private static func within(_ building: Int64, _ kind: Kind) -> Condition {
    guard let key = kind.within else { return .nothing }
    return chain(kind, key, to: building) { within(building, $0) }
  }

  private static func belonging(to person: Int64, _ kind: Kind) -> Condition {
    if kind.id == "dwelling" { return lived(in: person) }
    guard let key = kind.belongsTo else { return .nothing }
    return chain(kind, key, to: person) { belonging(to: person, $0) }
  }

  /// The dwelling that the person is registered in.
  private static func lived(in person: Int64) -> Condition {
    let own = Query(kind: "person", where: .compare(field: "id", .equal, .value(.integer(person))))
    return .matched(own, on: [.init(outer: "id", inner: "dwelling")])
  }

  /// A field that names the record itself, or one of another kind that leads there.
  private static func chain(
    _ kind: Kind, _ key: String, to id: Int64, _ next: (Kind) -> Condition
  ) -> Condition {
    let itself = Condition.compare(field: key, .equal, .value(.integer(id)))
    guard case .reference(let target)? = kind.field(key)?.type,
      let further = BuiltInKinds.kind(target)
    else { return itself }
    // One step away the reference itself is the answer.
    if further.within == "id" || further.id == "person" { return itself }
    return .matched(
      Query(kind: target, where: next(further)), on: [.init(outer: key, inner: "id")])
  }
}
