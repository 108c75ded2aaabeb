/// Which records, in what order: a value that a script composes and storage compiles.
///
/// A query never says whose records it means: the host adds the scope, and a
/// script cannot remove it.
public struct Query: Hashable, Sendable {
  /// The id of the kind.
  public let kind: String
  public var condition: Condition
  public var order: [Order]
  public var limit: Int?

  public init(
    kind: String, where condition: Condition = .all([]), order: [Order] = [], limit: Int? = nil
  ) {
    self.kind = kind
    self.condition = condition
    self.order = order
    self.limit = limit
  }

  public struct Order: Hashable, Sendable {
    public let field: String
    public let ascending: Bool

    public init(_ field: String, ascending: Bool = true) {
      self.field = field
      self.ascending = ascending
    }
  }

  /// The same with one more condition; chains stay flat however long they are.
  public func filtered(by more: Condition) -> Query {
    var copy = self
    copy.condition = .all(condition.conjuncts + more.conjuncts)
    return copy
  }

  /// How many conditions and orders it is made of, those of matched queries included.
  public var size: Int { condition.size + order.count }
}

/// What must be true of a record.
public indirect enum Condition: Hashable, Sendable {
  case compare(field: String, Comparison, Operand)
  case oneOf(field: String, [Value])
  /// Both ends included; a missing end is open.
  case between(field: String, Value?, Value?)
  /// Days or instants within a range of days, both included; instants at +08:00.
  case during(field: String, ClosedRange<Day>)
  /// From ≤ day < to of the kind's validity; an empty `to` is still running.
  case inForce(on: Day)
  case isMissing(field: String)
  case all([Condition])
  case any([Condition])
  case not(Condition)
  /// There is a record of another query whose fields equal this record's.
  case matched(Query, on: [FieldPair])

  /// True of every record, and of none.
  public static let everything = Condition.all([])
  public static let nothing = Condition.any([])

  /// True where either is.
  public func or(_ other: Condition) -> Condition {
    if self == .everything || other == .everything { return .everything }
    if self == .nothing { return other }
    return other == .nothing ? self : .any([self, other])
  }

  /// True where both are.
  public func and(_ other: Condition) -> Condition {
    if self == .nothing || other == .nothing { return .nothing }
    if self == .everything { return other }
    return other == .everything ? self : .all([self, other])
  }

  /// The parts that must all be true.
  fileprivate var conjuncts: [Condition] {
    if case .all(let parts) = self { return parts }
    return [self]
  }

  fileprivate var size: Int {
    switch self {
    case .all(let parts), .any(let parts): parts.reduce(1) { $0 + $1.size }
    case .not(let condition): 1 + condition.size
    case .matched(let query, let pairs): 1 + pairs.count + query.size
    default: 1
    }
  }

  public struct FieldPair: Hashable, Sendable {
    public let outer: String
    public let inner: String

    public init(outer: String, inner: String) {
      self.outer = outer
      self.inner = inner
    }
  }
}

public enum Comparison: String, CaseIterable, Sendable {
  case equal = "="
  case notEqual = "<>"
  case less = "<"
  case atMost = "<="
  case greater = ">"
  case atLeast = ">="
}

/// The right side of a comparison: a value, or another field of the same record.
public enum Operand: Hashable, Sendable {
  case value(Value)
  case field(String)
}

/// What many records come down to; computed by the database.
public enum Aggregate: Hashable, Sendable {
  case count
  case sum(String)
  case average(String)
  case minimum(String)
  case maximum(String)
}
