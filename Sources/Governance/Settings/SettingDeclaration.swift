/// The layers a rule may come from, highest first; `settings.md`, "The rules".
public enum SettingLayer: String, CaseIterable, Comparable, Sendable {
  /// 法规: the read-only pack shipped with the product.
  case law
  case street
  case type
  case community
  /// 试算: a what-if at the prompt; lives in memory only.
  case trial

  var depth: Int {
    switch self {
    case .law: 0
    case .street: 1
    case .type: 2
    case .community: 3
    case .trial: 4
    }
  }

  /// A higher layer is the smaller one.
  public static func < (left: SettingLayer, right: SettingLayer) -> Bool {
    left.depth < right.depth
  }

  public var label: Words {
    switch self {
    case .law: Words("法规", "law")
    case .street: Words("街道", "street")
    case .type: Words("类型", "type")
    case .community: Words("社区", "community")
    case .trial: Words("试算", "trial")
    }
  }
}

/// How definitions of several layers, or of equal rank, become one value.
///
/// `union` and `byKey` combine all layers (by key, each member resolved by the
/// ordinary ranking); `min`, `max` and `sum` combine definitions of equal rank.
public enum SettingMerge: String, CaseIterable, Sendable {
  case replace
  case union
  case byKey = "by_key"
  case min
  case max
  case sum
}

/// Which direction is stricter.
public enum Stricter: String, CaseIterable, Sendable {
  case higher
  case lower
  /// A list with fewer items.
  case subset
  /// A list with more items.
  case superset
}

/// What layers below the owner may do with a setting.
public enum SettingDelegation: Hashable, Sendable {
  case open
  /// 只可从严: judged against the inherited value.
  case tighten(Stricter)
  /// 只可增加: lists grow, nothing is taken away.
  case add
  /// 须由下级规定: there is no value until a lower layer gives one.
  case required
  /// 不得变更.
  case locked

  public var code: String {
    switch self {
    case .open: "open"
    case .tighten: "tighten"
    case .add: "add"
    case .required: "required"
    case .locked: "locked"
    }
  }

  public var label: Words {
    switch self {
    case .open: Words("可自行规定", "open")
    case .tighten: Words("只可从严", "stricter only")
    case .add: Words("只可增加", "additions only")
    case .required: Words("须由下级规定", "lower layers must define")
    case .locked: Words("不得变更", "locked")
    }
  }

  /// Whether a layer bound by this may bind the layers below it by the other: never wider.
  func mayNarrow(to other: SettingDelegation) -> Bool {
    switch (self, other) {
    case (.open, _), (.required, _), (_, .locked): true
    case (.add, .tighten(.superset)), (.tighten(.superset), .add): true
    default: self == other
    }
  }
}

/// The limits within which every layer stays; numbers inside lists and maps are each bound.
public struct SettingBounds: Hashable, Sendable {
  public var minimum: SettingValue?
  public var maximum: SettingValue?

  /// All that a list may contain.
  public var subset: [SettingValue]?

  public init(
    minimum: SettingValue? = nil, maximum: SettingValue? = nil, subset: [SettingValue]? = nil
  ) {
    self.minimum = minimum
    self.maximum = maximum
    self.subset = subset
  }
}

/// One setting, declared once by the layer that owns it.
public struct SettingDeclaration: Hashable, Sendable {
  /// Stable English code: `notice.workdays`.
  public let key: String
  public let label: Words

  /// Another name a person may use.
  public let alias: String?
  public let type: SettingType

  /// What a number counts: 个工作日, %.
  public let measure: Words?
  public let defaultValue: SettingValue?
  public let bounds: SettingBounds
  public let merge: SettingMerge

  /// The layers that may define it; a trial may always try, within the rules.
  public let definers: Set<SettingLayer>
  public let delegation: SettingDelegation

  /// Typologies by precedence, for units of several types: the first named wins.
  public let order: [String]
  public let owner: SettingLayer

  /// The document it rests on.
  public let basis: String?
  public let place: Place?

  public init(
    _ key: String, _ chinese: String, _ english: String, _ type: SettingType,
    alias: String? = nil, measure: Words? = nil, default value: SettingValue? = nil,
    bounds: SettingBounds = SettingBounds(), merge: SettingMerge = .replace,
    definers: Set<SettingLayer> = [.street, .type, .community],
    delegation: SettingDelegation = .open, order: [String] = [],
    owner: SettingLayer = .street, basis: String? = nil, place: Place? = nil
  ) {
    self.key = key
    self.label = Words(chinese, english)
    self.alias = alias
    self.type = type
    self.measure = measure
    self.defaultValue = value
    self.bounds = bounds
    self.merge = merge
    self.definers = definers
    self.delegation = delegation
    self.order = order
    self.owner = owner
    self.basis = basis
    self.place = place
  }

  /// The value as people read it, with labels and the unit of measure.
  public func words(_ value: SettingValue) -> Words {
    value.words(as: type, measure: measure)
  }

  /// The value in its one form, of the declared type and within the bounds.
  ///
  /// - Throws: `Problem` `setting.invalid` when it is not of the type,
  ///   `setting.refused` when it is out of bounds.
  public func accept(_ raw: SettingValue, at place: Place? = nil) throws -> SettingValue {
    try accept(raw, at: place, on: nil)
  }

  private func accept(
    _ raw: SettingValue, at place: Place?, on today: Day?
  ) throws -> SettingValue {
    let value = try typed(raw, at: place, Typing(today: today, measure: measure, label: label))
    if let breach = breach(of: value) {
      throw Problem.settingOutOfBounds(self, value, breach, at: place)
    }
    return value
  }

  /// Reads what a person typed, with or without the unit of measure: `7`, `7 个工作日`.
  ///
  /// - Parameter today: gives a date without a year its year.
  public func read(
    _ text: String, at place: Place? = nil, on today: Day? = nil
  ) throws -> SettingValue {
    try accept(.text(text.trimmedBlank), at: place, on: today)
  }

  /// A part of a map that is merged by key need not be whole.
  private var partialType: SettingType {
    if merge == .byKey, case .map(let keys, let element, _) = type {
      return .map(keys: keys, of: element)
    }
    return type
  }

  private func typed(
    _ raw: SettingValue, at place: Place?, _ typing: Typing
  ) throws -> SettingValue {
    do {
      return try partialType.accept(raw, typing)
    } catch {
      throw Problem.settingMismatch(self, error, at: place)
    }
  }

  /// A merged value as a whole: now the total counts too.
  func acceptWhole(_ value: SettingValue) throws -> SettingValue {
    do {
      return try type.accept(value)
    } catch {
      throw Problem.settingMismatch(self, error, at: place)
    }
  }

  /// Which bound a value breaks, as a clause, or nil.
  private func breach(of value: SettingValue) -> Words? {
    for leaf in value.leaves {
      guard let position = leaf.position else { continue }
      if let minimum = bounds.minimum, let limit = minimum.position, position < limit {
        let limit = words(minimum)
        return Words("不得低于 \(limit.chinese)", "must be at least \(limit.english)")
      }
      if let maximum = bounds.maximum, let limit = maximum.position, position > limit {
        let limit = words(maximum)
        return Words("不得高于 \(limit.chinese)", "must be at most \(limit.english)")
      }
    }
    guard let subset = bounds.subset else { return nil }
    let items = if case .list(let items) = value { items } else { [value] }
    guard let stranger = items.first(where: { !subset.contains($0) }) else { return nil }
    let name = elementWords(stranger)
    return Words("不得包含“\(name.chinese)”", "must not contain '\(name.english)'")
  }

  func elementWords(_ item: SettingValue) -> Words {
    if case .list(let element) = type { return item.words(as: element) }
    return item.words(as: type)
  }
}

/// A key that got another name, or none any more.
public struct SettingRename: Hashable, Sendable {
  public let old: String

  /// Nil when the setting was given up.
  public let new: String?

  /// From this day the old name is out of use.
  public let from: Day
  public let note: Words?
  public let place: Place?

  public init(_ old: String, to new: String?, from: Day, note: Words? = nil, place: Place? = nil) {
    self.old = old
    self.new = new
    self.from = from
    self.note = note
    self.place = place
  }
}
