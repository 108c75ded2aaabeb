public import Governance

/// The kinds a database holds, found by id.
public struct Schema: Sendable {
  public let kinds: [Kind]
  private let byID: [String: Kind]

  /// - Precondition: no two kinds have the same id or collection.
  public init(_ kinds: [Kind] = BuiltInKinds.all) {
    self.kinds = kinds
    byID = Dictionary(uniqueKeysWithValues: kinds.map { ($0.id, $0) })
  }

  /// - Throws: `kind.unknown` with the nearest known one.
  public func kind(_ id: String) throws(Problem) -> Kind {
    guard let kind = byID[id] else {
      throw .unknownKind(id, in: kinds.flatMap { [$0.id, $0.collection, $0.label.chinese] })
    }
    return kind
  }

  /// The table of a kind; nil when there is no such kind.
  func collection(of id: String) -> String? { byID[id]?.collection }
}

extension Kind {
  /// - Throws: `field.unknown` with the nearest known one.
  func known(_ key: String) throws(Problem) -> Field {
    guard let field = anyField(key) else { throw .unknownField(key, of: self) }
    return field
  }
}
