/// How carefully a field must be handled; `decisions.md`, "Roles and sensitivity".
public enum Sensitivity: String, CaseIterable, Sendable, Comparable {
  case none
  /// Identifies a person: masked unless a purpose is named.
  case personal
  /// Health, pregnancy, minors, finance: only with purpose, keeping time and consent.
  case sensitive

  public static func < (left: Sensitivity, right: Sensitivity) -> Bool {
    allCases.firstIndex(of: left)! < allCases.firstIndex(of: right)!
  }
}

/// How a field's values are kept from those who may not see them.
///
/// What is personal says what may be seen of it: nobody guesses from what stands in it.
public enum Privacy: Hashable, Sendable {
  case none
  /// Identifies a person: masked as declared.
  case personal(Mask)
  /// Health, pregnancy, minors, finance: where it may not be seen, nothing of it is shown.
  case sensitive

  public var sensitivity: Sensitivity {
    switch self {
    case .none: .none
    case .personal: .personal
    case .sensitive: .sensitive
    }
  }
}

/// One value of a field that offers a fixed list.
public struct Choice: Hashable, Sendable {
  /// The stable code seen outside Swift, snake_case.
  public let code: String
  public let label: Words

  /// Rows with a sensitive choice are hidden from scripts without a purpose
  /// (E3, E5, E8 of `domain.md`).
  public let sensitivity: Sensitivity

  public init(
    _ code: String, _ chinese: String, _ english: String, _ sensitivity: Sensitivity = .none
  ) {
    self.code = code
    self.label = Words(chinese, english)
    self.sensitivity = sensitivity
  }
}

/// What a field holds, and so how it is stored, compared and shown.
public enum FieldType: Hashable, Sendable {
  /// UTF-8 text.
  case text
  /// A whole number.
  case integer
  /// An exact decimal with declared places, stored scaled.
  case decimal(places: Int)
  case boolean
  /// A date without zone, stored as `2026-05-12`.
  case day
  /// A moment, stored as UTC milliseconds.
  case instant
  /// A period as it is spelled: `2026-05`, `2026-Q1`.
  case period
  /// One of a list of codes.
  case choice([Choice])
  /// The id of a record of another kind.
  case reference(to: String)
  /// The id of a unit.
  case unit
}

/// One field of a kind: key, label, type, unit of measure, privacy.
///
/// Table columns, script access, editor stubs, import and export columns and
/// masking all derive from it.
public struct Field: Hashable, Sendable {
  public let key: String
  public let label: Words
  public let type: FieldType

  /// What a number counts: 户, 人, 元.
  public let measure: Words?
  public let privacy: Privacy
  public let isRequired: Bool

  /// - Precondition: a personal text is masked as one of the texts, anything else hidden.
  public init(
    _ key: String, _ chinese: String, _ english: String, _ type: FieldType,
    measure: Words? = nil, privacy: Privacy = .none, required: Bool = false
  ) {
    if case .personal(let mask) = privacy {
      precondition((mask == .hidden) == (type != .text), "\(key) is masked as what it is not")
    }
    self.key = key
    self.label = Words(chinese, english)
    self.type = type
    self.measure = measure
    self.privacy = privacy
    self.isRequired = required
  }

  public var sensitivity: Sensitivity { privacy.sensitivity }

  /// What may be seen of it where it is personal.
  public var mask: Mask? {
    if case .personal(let mask) = privacy { mask } else { nil }
  }

  /// What one of its choices is called.
  public func label(ofChoice code: String) -> Words {
    guard case .choice(let choices) = type, let choice = choices.first(where: { $0.code == code })
    else { return Words(verbatim: code) }
    return choice.label
  }

  /// The codes whose rows are hidden without a purpose.
  public var sensitiveChoices: [String] {
    guard case .choice(let choices) = type else { return [] }
    return choices.filter { $0.sensitivity == .sensitive }.map(\.code)
  }
}
