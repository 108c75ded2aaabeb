/// One node of the proof of a score: what it is, what it is worth, and from what.
///
/// The value is calculated from the children by the operation when the node is
/// made; `recomputed()` does it again from the leaves and must agree.
public struct Explanation: Hashable, Sendable {
  /// What a node is in its formula; steps are only arithmetic between two others.
  public enum Role: String, CaseIterable, Sendable {
    case total
    case block
    case indicator
    case deduction
    case bonus
    case input
    case step
  }

  /// Unique among its siblings, stable over periods: `response`.
  public let id: String
  public let role: Role
  public let label: Words

  /// The unit of measure: 分, %, 件.
  public let measure: Words?
  public let period: Period?
  public let operation: Operation
  public let value: Figure
  public let settings: [SettingUse]

  /// The records behind a leaf, one entry for each query that was read.
  public let records: [Contribution]
  public let notes: [Words]
  public let children: [Explanation]

  /// A leaf: a number that was counted, or the reason why there is none.
  public init(
    given value: Figure, id: String, _ label: Words, measure: Words? = nil,
    role: Role = .input, period: Period? = nil, settings: [SettingUse] = [],
    records: [Contribution] = [], notes: [Words] = []
  ) {
    self.id = id
    self.role = role
    self.label = label
    self.measure = measure
    self.period = period
    self.operation = .given
    self.value = value
    self.settings = settings
    self.records = records
    self.notes = notes
    self.children = []
  }

  /// An inner node; its value is calculated here.
  public init(
    _ operation: Operation, of children: [Explanation], id: String, _ label: Words,
    measure: Words? = nil, role: Role = .step, period: Period? = nil,
    settings: [SettingUse] = [], notes: [Words] = []
  ) throws(Problem) {
    self.id = id
    self.role = role
    self.label = label
    self.measure = measure
    self.period = period
    self.operation = operation
    self.value = try operation.result(of: children.map(\.value))
    self.settings = settings
    self.records = []
    self.notes = notes
    self.children = children
  }

  /// The value calculated again from the leaves alone.
  public func recomputed() throws(Problem) -> Figure {
    if operation == .given { return value }
    var parts: [Figure] = []
    for child in children { parts.append(try child.recomputed()) }
    return try operation.result(of: parts)
  }

  /// Ids from this node down to each node whose stored value is not what its children give.
  ///
  /// Empty for an untouched tree; used on trees that were read back.
  public func disagreements() throws(Problem) -> [[String]] {
    var found: [[String]] = []
    if operation != .given {
      let result = try operation.result(of: children.map(\.value))
      // A tree that was read back knows its reasons in one language only.
      if result.number != value.number || result.state != value.state { found.append([id]) }
    }
    for child in children {
      found += try child.disagreements().map { [id] + $0 }
    }
    return found
  }

  /// The first node with an id and a role, this one or below, in order.
  public func first(_ role: Role, _ id: String? = nil) -> Explanation? {
    if self.role == role, id == nil || self.id == id { return self }
    for child in children {
      if let found = child.first(role, id) { return found }
    }
    return nil
  }

  /// All nodes of a role, in order.
  public func all(_ role: Role) -> [Explanation] {
    (self.role == role ? [self] : []) + children.flatMap { $0.all(role) }
  }

  /// Every leaf, in order.
  public var leaves: [Explanation] {
    children.isEmpty ? [self] : children.flatMap(\.leaves)
  }

  public var completeness: Completeness {
    Completeness(of: inputs.filter { $0.role != .step })
  }

  /// What was asked for, in order: leaves, and numbers that are told in parts as one.
  private var inputs: [Explanation] {
    role == .input || children.isEmpty ? [self] : children.flatMap(\.inputs)
  }

  /// The same node as mere arithmetic below another that bears its name.
  var asStep: Explanation {
    Explanation(
      stored: value, operation, id: id, role: .step, label: label, measure: measure,
      period: period, settings: settings, records: records, notes: notes, children: children)
  }

  init(
    stored value: Figure, _ operation: Operation, id: String, role: Role, label: Words,
    measure: Words?, period: Period?, settings: [SettingUse], records: [Contribution],
    notes: [Words], children: [Explanation]
  ) {
    self.id = id
    self.role = role
    self.label = label
    self.measure = measure
    self.period = period
    self.operation = operation
    self.value = value
    self.settings = settings
    self.records = records
    self.notes = notes
    self.children = children
  }
}

/// A setting that a node rests on: key, value, and which layer gave it.
public struct SettingUse: Hashable, Sendable {
  public let key: String
  public let label: Words

  /// As a person reads it: `95%`, `闭环办理 20 分、…`.
  public let value: Words
  public let layer: Words

  /// File and line, or the database, that gave it.
  public let source: String?

  public init(key: String, label: Words, value: Words, layer: Words, source: String? = nil) {
    self.key = key
    self.label = label
    self.value = value
    self.layer = layer
    self.source = source
  }
}

/// The records behind a number: which query, how many, their digest, and codes up to a limit.
public struct Contribution: Hashable, Sendable {
  /// For people: kind and conditions, in both languages.
  public let query: Words

  /// The same in every language: tells this reading from others.
  public let key: String
  public let count: Int64

  /// Of all of them, independent of their order.
  public let digest: String

  /// The first codes, in order; fewer than `count` where there were more than the limit.
  public let codes: [String]

  public init(query: Words, key: String, count: Int64, digest: String, codes: [String]) {
    self.query = query
    self.key = key
    self.count = count
    self.digest = digest
    self.codes = codes
  }

  /// A reading that has one name only.
  public init(query: String, count: Int64, digest: String, codes: [String]) {
    self.init(
      query: Words(verbatim: query), key: query, count: count, digest: digest, codes: codes)
  }
}

/// How many inputs had a value; part of every result.
public struct Completeness: Hashable, Sendable {
  public let present: Int
  public let notApplicable: Int

  /// Labels of the inputs that are missing or pending.
  public let undetermined: [Words]

  init(of leaves: [Explanation]) {
    present = leaves.count { $0.value.number != nil }
    notApplicable = leaves.count { $0.value.isNotApplicable }
    undetermined = leaves.filter { $0.value.isUndetermined }.map(\.label)
  }

  public var expected: Int { present + undetermined.count }
  public var isComplete: Bool { undetermined.isEmpty }

  /// `数据 42/42 项齐全`.
  public var summary: Words {
    if isComplete {
      return Words("数据\(present)项齐全", "all \(present) inputs present")
    }
    return Words(
      "数据\(present)/\(expected)项，缺：\(undetermined.map(\.chinese).joined(separator: "、"))",
      "\(present) of \(expected) inputs, missing: "
        + undetermined.map(\.english).joined(separator: ", "))
  }
}
