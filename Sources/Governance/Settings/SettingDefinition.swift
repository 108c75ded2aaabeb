/// Whose rule it is.
public enum SettingScope: Hashable, Sendable {
  case law
  /// One street, or every street of the workspace.
  case street(UnitID? = nil)
  /// All units of a type: `old_estate`.
  case type(String)
  case community(UnitID)
  /// A what-if, for one unit or for all.
  case trial(UnitID? = nil)

  public var layer: SettingLayer {
    switch self {
    case .law: .law
    case .street: .street
    case .type: .type
    case .community: .community
    case .trial: .trial
    }
  }

  /// What it is called within its layer: a unit's id or a type's code; empty when it is for all.
  public var name: String {
    switch self {
    case .law: ""
    case .street(let unit), .trial(let unit): unit?.rawValue ?? ""
    case .type(let code): code
    case .community(let unit): unit.rawValue
    }
  }
}

/// How firmly a definition holds against other layers.
public enum SettingStrength: String, CaseIterable, Comparable, Sendable {
  /// Until someone says otherwise.
  case `default`
  /// The most specific layer wins.
  case set
  /// 强制: the highest layer wins.
  case mandate

  public var label: Words {
    switch self {
    case .default: Words("默认", "default")
    case .set: Words("规定", "set")
    case .mandate: Words("强制", "mandate")
    }
  }

  private var rank: Int {
    switch self {
    case .default: 0
    case .set: 1
    case .mandate: 2
    }
  }

  public static func < (left: SettingStrength, right: SettingStrength) -> Bool {
    left.rank < right.rank
  }
}

/// A computed value: `file.lua#function`.
public struct FunctionReference: Hashable, Sendable, CustomStringConvertible {
  public let file: String
  public let function: String

  public init(file: String, function: String) {
    self.file = file
    self.function = function
  }

  /// Reads `notice.lua#days`; nil when it is not a file and a name.
  public init?(_ text: String) {
    let parts = text.split(separator: "#", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].hasSuffix(".lua"), !parts[1].isEmpty else { return nil }
    self.init(file: String(parts[0]), function: String(parts[1]))
  }

  public var description: String { "\(file)#\(function)" }
}

/// When a definition applies, beyond its layer and dates.
public indirect enum SettingCondition: Hashable, Sendable {
  case unit([UnitID])
  case type([String])
  /// On this day or later.
  case since(Day)
  /// Before this day.
  case before(Day)
  /// The unit is looked after by another.
  case caretaken
  case not(SettingCondition)
  case all([SettingCondition])
  case any([SettingCondition])
  /// A function that answers yes or no.
  case function(FunctionReference)
}

/// What a definition says.
public enum SettingContent: Hashable, Sendable {
  case value(SettingValue)
  case function(FunctionReference)
  /// Withdraws what this layer said before; the inherited value holds again.
  case unset(reason: String)
}

/// Where a definition is kept.
public enum SettingOrigin: Hashable, Sendable {
  case file
  /// An audited record; a higher number was recorded later.
  case database(sequence: Int64)
  /// In memory only.
  case trial

  var sequence: Int64? {
    if case .database(let sequence) = self { sequence } else { nil }
  }
}

/// One layer's word on one setting.
public struct SettingDefinition: Hashable, Sendable {
  public internal(set) var key: String
  public let scope: SettingScope
  public internal(set) var content: SettingContent
  public let strength: SettingStrength

  /// From ≤ day < to; nil is open.
  public let from: Day?
  public let to: Day?
  public let condition: SettingCondition?

  /// The label of its group of exceptions; exceptions beat the plain rule of their
  /// layer and exclude each other within a group.
  public let exception: String?

  /// What it lets the layers below do; may only be narrower than it received.
  public let delegation: SettingDelegation?
  public let basis: String?
  public let author: String?

  /// Who approved and when: `居民会议 2022-12-18 通过`.
  public let approval: String?
  public let origin: SettingOrigin
  public let place: Place?

  /// Digest of the file or record it came from, as text.
  public let contentHash: String?

  public init(
    _ key: String, _ scope: SettingScope, _ content: SettingContent,
    strength: SettingStrength = .set, from: Day? = nil, to: Day? = nil,
    when condition: SettingCondition? = nil, except exception: String? = nil,
    delegation: SettingDelegation? = nil, basis: String? = nil, author: String? = nil,
    approval: String? = nil, origin: SettingOrigin = .file, place: Place? = nil,
    contentHash: String? = nil
  ) {
    self.key = key
    self.scope = scope
    self.content = content
    self.strength = strength
    self.from = from
    self.to = to
    self.condition = condition
    self.exception = exception
    self.delegation = delegation
    self.basis = basis
    self.author = author
    self.approval = approval
    self.origin = origin
    self.place = place
    self.contentHash = contentHash
  }

  /// What may stand below a key in a file of settings.
  public static let writtenKeys = [
    "value", "function", "unset", "strength", "from", "to", "when", "except", "delegate",
    "stricter", "basis", "author", "approval",
  ]

  public var layer: SettingLayer { scope.layer }

  /// A trial lives in memory only.
  public var isStorable: Bool { layer != .trial && origin != .trial }

  /// - Throws: `setting.invalid` when this is a what-if, which nothing may store.
  public func requireStorable() throws {
    guard isStorable else { throw Problem.settingTrialStored(key, at: place) }
  }

  /// Whether a later record of the database took its place on the day it began.
  var wasReplacedAtOnce: Bool { origin.sequence != nil && from != nil && from == to }

  var isComputed: Bool { if case .function = content { true } else { false } }

  var isUnset: Bool { if case .unset = content { true } else { false } }

  func isInForce(on day: Day) -> Bool {
    if let from, day < from { return false }
    if let to, day >= to { return false }
    return true
  }

  /// Everything it says on one line, the same for the same definition.
  public var canonical: String {
    var parts = [key, layer.rawValue, scope.name, strength.rawValue]
    switch content {
    case .value(let value): parts.append(value.canonical)
    case .function(let reference): parts.append("function \(reference)")
    case .unset(let reason): parts.append("unset \(SettingValue.quoted(reason))")
    }
    parts.append("[\(from?.description ?? ""),\(to?.description ?? ""))")
    if let condition { parts.append("when \(condition)") }
    if let exception { parts.append("except \(SettingValue.quoted(exception))") }
    if let delegation { parts.append("delegate \(delegation)") }
    switch origin {
    case .file: parts.append("file")
    case .database(let sequence): parts.append("database \(sequence)")
    case .trial: parts.append("trial")
    }
    for text in [place?.description, basis, author, approval, contentHash] {
      parts.append(text.map(SettingValue.quoted) ?? "-")
    }
    return parts.joined(separator: " ")
  }

  /// How definitions are listed: by file and line, records by number.
  var filing: (String, Int, Int64) {
    (place?.file ?? "", place?.line ?? 0, origin.sequence ?? 0)
  }

  /// The place as people read it; records in the database have a number instead of a line.
  public var source: Words {
    switch origin {
    case .file: Words(verbatim: place?.description ?? "—")
    case .database(let sequence): Words("数据库 第 \(sequence) 号", "database no. \(sequence)")
    case .trial: Words("试算（不保存）", "trial (not stored)")
    }
  }
}

extension SettingCondition: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unit(let units): "unit(" + units.map(\.rawValue).joined(separator: ",") + ")"
    case .type(let codes): "type(" + codes.joined(separator: ",") + ")"
    case .since(let day): "since(\(day))"
    case .before(let day): "before(\(day))"
    case .caretaken: "caretaken"
    case .not(let inner): "not(\(inner))"
    case .all(let parts): "all(" + parts.map(\.description).joined(separator: ",") + ")"
    case .any(let parts): "any(" + parts.map(\.description).joined(separator: ",") + ")"
    case .function(let reference): "function(\(reference))"
    }
  }
}

extension SettingDelegation: CustomStringConvertible {
  public var description: String {
    if case .tighten(let direction) = self { "tighten \(direction.rawValue)" } else { code }
  }
}
