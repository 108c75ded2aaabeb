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
///
/// Every street has `communityType`; a workspace may declare further ones.
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

extension [Typology] {
  /// Every type of every typology; codes and labels differ among all of them.
  public var types: [Choice] { flatMap(\.types) }

  /// The type with a code or a Chinese label.
  public func type(_ name: String) -> Choice? {
    types.first { $0.code == name || $0.label.chinese == name }
  }

  /// The typology with an id or a Chinese label.
  public func typology(_ name: String) -> Typology? {
    first { $0.id == name || $0.label.chinese == name }
  }
}
