internal import Governance
internal import Storage

/// How records are filed and put right, whoever asks: by hand, from a script or a plugin.
///
/// What may be written is judged in the transaction that writes, and on the version that the
/// change was made from.
struct Filing {
  let writer: Writer
  let actor: Actor
  let units: UnitTree
  let today: Day

  /// What sensitive fields are read for, where it was said.
  var purpose: String?

  /// Which records may be filed and changed.
  let own: Scope

  /// Whether there is, was or will be a unit.
  let exists: (UnitID) throws -> Bool

  func create(_ kind: Kind, _ values: [String: Value]) throws -> Int64 {
    guard case .text(let unit)? = values["unit"] else { throw Problem.noUnitNamed }
    try checkUnits(values, of: kind)
    try kind.checkUnitID(values)
    try kind.checkTimes(values, by: today)
    var fields = values
    fields["unit"] = nil
    let draft = Draft(kind.id, unit: UnitID(unit), coded(fields, kind).compactMapValues(\.self))
    let id = try writer.create(draft).id
    try requireOwn(kind, id: id)
    return id
  }

  /// - Parameter old: the record that the change was made from; another version there is
  ///   refused.
  func correct(
    _ old: Record, of kind: Kind, _ values: [String: Value?], reason: String
  ) throws -> Record {
    try requireOwn(kind, id: old.id)
    try checkUnits(values.compactMapValues(\.self), of: kind)
    try kind.checkUnitID(values)
    try kind.checkTimes(values, of: old.values, by: today)
    return try writer.correct(
      kind.id, id: old.id, coded(values, kind), reason: reason,
      unseen: actor.unseen(in: kind, purpose: purpose), expecting: old.version)
  }

  func retract(_ old: Record, of kind: Kind, reason: String) throws {
    try requireOwn(kind, id: old.id)
    try writer.retract(kind.id, id: old.id, reason: reason, expecting: old.version)
  }

  private func requireOwn(_ kind: Kind, id: Int64) throws {
    guard try writer.record(kind.id, id: id, in: own) != nil else { throw Problem.notOwn(actor) }
  }

  private func coded(_ values: [String: Value?], _ kind: Kind) -> [String: Value?] {
    var coded = values
    for case (let key, let value?) in values { coded[key] = units.coded(value, key, of: kind.id) }
    return coded
  }

  /// A record of a unit that does not exist would be in no total and no list.
  private func checkUnits(_ values: [String: Value], of kind: Kind) throws {
    for (key, value) in values.sorted(by: { $0.key < $1.key }) {
      guard case .unit = kind.anyField(key)?.type, case .text(let unit) = value else { continue }
      let isNew = kind.id == "unit" && values["key"] == value
      guard try isNew || exists(UnitID(unit)) else {
        throw Problem.unknownUnit(
          unit, nearest: nearest(to: unit, in: units.all(on: today).map(\.id.rawValue)))
      }
    }
  }
}
