public import Governance

/// One record of the demo street, not yet stored.
///
/// Contract with whoever stores it: within a run the records of each kind are
/// numbered 1, 2, 3 … in the order they come, `id` is that number, and every
/// reference holds such a number. So in empty tables, inserted in order, `id`
/// is the row's final id. A record comes after all records it refers to.
public struct NewRecord: Hashable, Sendable {
  /// The id of the kind, e.g. `dwelling`.
  public let kind: String
  public let id: Int64

  /// Whose record it is; a unit's own record belongs to that unit.
  public let unit: UnitID

  /// By field key; fields without a value are absent.
  public let values: [String: Value]
}
