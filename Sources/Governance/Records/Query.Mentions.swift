extension Query {
  /// A field that a query asks about.
  public struct Mention: Hashable, Sendable {
    /// How it asks.
    public enum Use: Hashable, Sendable {
      /// Only whether there is a value.
      case presence
      /// That it equals one value or another record's, and nothing around it turns that round.
      case equality
      /// By any other comparison or order.
      case comparison
    }

    /// The id of the kind whose field it is.
    public let kind: String
    public let field: String
    public let use: Use

    public init(_ kind: String, _ field: String, _ use: Use = .comparison) {
      self.kind = kind
      self.field = field
      self.use = use
    }
  }

  /// The queries in its conditions, however deep, itself first.
  public var withInner: [Query] { [self] + condition.inner }

  /// Every field whose values decide what is found and in what order, those of the queries in it
  /// included.
  ///
  /// To find is to learn: rights are asked for each of these and nowhere else. The switch has no
  /// default, so that a condition of a new form must say here what it looks at.
  public func mentions(kinds: [Kind]) -> [Mention] {
    mentions(kinds, isPlain: true)
  }

  fileprivate func mentions(_ kinds: [Kind], isPlain: Bool) -> [Mention] {
    order.map { Mention(kind, $0.field) } + condition.mentions(of: kind, kinds, isPlain)
  }

  /// A field by which the query, or a grouping of its records, tells single records apart: by
  /// any but their sort, unit and time, other than by one value at a time.
  ///
  /// Differences of two such counts would tell of one record.
  public func distinguishing(groupedBy fields: [String], kinds: [Kind]) -> Field? {
    let asked = mentions(kinds: kinds) + fields.map { Mention(kind, $0) }
    return asked.lazy.filter { $0.use == .comparison }.compactMap { mention in
      kinds.first { $0.id == mention.kind }?.anyField(mention.field)
    }.first { $0.type.tellsApart }
  }
}

extension Condition {
  /// - Parameter isPlain: whether the condition itself must hold, not its contrary or another.
  fileprivate func mentions(of kind: String, _ kinds: [Kind], _ isPlain: Bool) -> [Query.Mention] {
    func named(_ fields: String?..., use: Query.Mention.Use = .comparison) -> [Query.Mention] {
      fields.compactMap(\.self).map { Query.Mention(kind, $0, use) }
    }
    let equality: Query.Mention.Use = isPlain ? .equality : .comparison
    switch self {
    case .compare(let field, .equal, .value): return named(field, use: equality)
    case .compare(let field, _, .value), .oneOf(let field, _), .between(let field, _, _),
      .during(let field, _):
      return named(field)
    case .compare(let field, _, .field(let other)): return named(field, other)
    case .inForce:
      let validity = kinds.first { $0.id == kind }?.validity
      return named(validity?.from, validity?.to)
    case .isMissing(let field): return named(field, use: .presence)
    case .all(let parts): return parts.flatMap { $0.mentions(of: kind, kinds, isPlain) }
    case .any(let parts): return parts.flatMap { $0.mentions(of: kind, kinds, false) }
    case .not(let part): return part.mentions(of: kind, kinds, false)
    case .matched(let query, let pairs):
      return pairs.flatMap { pair in
        named(pair.outer, use: equality) + [.init(query.kind, pair.inner, equality)]
      } + query.mentions(kinds, isPlain: isPlain)
    }
  }

  fileprivate var inner: [Query] {
    switch self {
    case .compare, .oneOf, .between, .during, .inForce, .isMissing: []
    case .all(let parts), .any(let parts): parts.flatMap(\.inner)
    case .not(let part): part.inner
    case .matched(let query, _): query.withInner
    }
  }
}

extension FieldType {
  /// Whether its values tell records apart, rather than sort them or date them.
  fileprivate var tellsApart: Bool {
    switch self {
    case .text, .integer, .decimal, .reference: true
    case .boolean, .choice, .unit, .day, .instant, .period: false
    }
  }
}
