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

/// 分类指导: the five types of community (decisions 17).
public enum CommunityType: String, CaseIterable, Sendable {
  case oldEstate = "old_estate"
  case unitCompound = "unit_compound"
  case commodity
  case villageToCity = "village_to_city"
  case mixedCommercial = "mixed_commercial"

  public var label: Words {
    switch self {
    case .oldEstate: Words("老旧小区", "old estate")
    case .unitCompound: Words("单位院落", "unit compound")
    case .commodity: Words("商品房小区", "commodity housing")
    case .villageToCity: Words("村改居", "village turned city")
    case .mixedCommercial: Words("商住混合", "mixed commercial")
    }
  }
}

/// One way of sorting communities; a community is in at most one type of each at any time.
public struct Typology: Hashable, Sendable {
  public let id: String
  public let label: Words

  /// Whether every community must have a type on every day it exists.
  public let isCompulsory: Bool
  public let types: [Choice]

  public init(_ id: String, label: Words, isCompulsory: Bool, types: [Choice]) {
    self.id = id
    self.label = label
    self.isCompulsory = isCompulsory
    self.types = types
  }

  /// The typology that guidance by type goes by.
  public static let communityType = Typology(
    "community_type", label: Words("社区类型", "type of community"), isCompulsory: true,
    types: CommunityType.allCases.map { Choice($0.rawValue, $0.label.chinese, $0.label.english) })
}
