/// Where a unit stands in the tree.
public enum UnitLevel: String, CaseIterable, Sendable {
  case district
  case street
  case community
  /// An estate without a committee of its own, looked after by an adjacent community (B4).
  case estate

  public var label: Words {
    switch self {
    case .district: Words("区", "district")
    case .street: Words("街道", "street")
    case .community: Words("社区", "community")
    case .estate: Words("代管小区", "caretaker estate")
    }
  }

  /// The level its parent has; nil for the top.
  public var above: UnitLevel? {
    switch self {
    case .district: nil
    case .street: .district
    case .community, .estate: .street
    }
  }
}
