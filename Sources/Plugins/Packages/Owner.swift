public import Governance

/// Who a folder below `plugins/` belongs to; the path says so, never a manifest.
public enum Owner: Hashable, Sendable {
  /// `plugins/law/…`, shipped inside the product.
  case law
  /// `plugins/street/…`.
  case street
  /// `plugins/types/<type>/…`.
  case type(String)
  /// `plugins/communities/<unit>/…`.
  case community(UnitID)

  /// The layer as a manifest spells it: `law`, `street`, `type`, `community`.
  public var layer: String {
    switch self {
    case .law: "law"
    case .street: "street"
    case .type: "type"
    case .community: "community"
    }
  }

  /// The first part of a package's full name: `street`, `old_estate`, `sll-02`.
  public var name: String {
    switch self {
    case .law: "law"
    case .street: "street"
    case .type(let type): type
    case .community(let unit): unit.rawValue
    }
  }

  /// The folder below `plugins/`.
  public var folder: String {
    switch self {
    case .law: "law"
    case .street: "street"
    case .type(let type): "types/\(type)"
    case .community(let unit): "communities/\(unit)"
    }
  }

  public var label: Words {
    switch self {
    case .law: Words("法规", "law")
    case .street: Words("街道", "street")
    case .type(let type):
      CommunityType(rawValue: type)?.label ?? Words(verbatim: type)
    case .community(let unit): Words(verbatim: unit.rawValue)
    }
  }
}

extension Owner {
  /// Why a package of this owner may not file or change records of a kind, whoever runs it; nil
  /// where it may.
  ///
  /// A community's package has at most the rights of the community's own people, and cannot take
  /// down what others think of the community's work: nothing by which it betters its own standing.
  func reason(againstWriting kind: Kind) -> Words? {
    guard case .community = self else { return nil }
    if kind.isKeptByStreet {
      return Words("这由街道办登记", "the street office keeps them")
    }
    guard kind.isVerdict else { return nil }
    return Words("这是居民对社区的评价，由人登记", "they are what residents say of it, and people take them down")
  }
}

/// The full name of a package: its owner and its id, `street.community-assessment`.
public struct PackageName: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let description: String

  public init(_ owner: Owner, _ id: String) {
    description = owner.name + "." + id
  }

  /// A name as a person wrote it.
  public init(_ text: String) {
    description = text
  }

  /// The part before the id: `street`, a type's code, a community's id.
  public var owner: String {
    description.split(separator: ".", maxSplits: 1).first.map(String.init) ?? description
  }

  /// The part after the owner.
  public var id: String {
    description.split(separator: ".", maxSplits: 1).last.map(String.init) ?? description
  }

  /// Whether it is an owner's name, a dot and an id: what is written so fits one line.
  var isWellFormed: Bool {
    let parts = description.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 2 && UnitID(String(parts[0])).isWellFormed
      && ManifestReader.isName(String(parts[1]))
  }

  public static func < (left: PackageName, right: PackageName) -> Bool {
    left.description < right.description
  }
}
