/// Rules that are there and cannot be understood: what they say is unknown, not absent.
///
/// Whoever asks for a setting that they may decide gets their problems instead of a value;
/// everybody else is served as if they were right.
public struct UnreadRules: Hashable, Sendable {
  /// Whose rules they are; only units within it are affected.
  public let scope: SettingScope

  /// The setting that they are about; nil where it may be any.
  public let key: String?
  public let problems: [Problem]

  public init(_ scope: SettingScope, key: String? = nil, _ problems: [Problem]) {
    self.scope = scope
    self.key = key
    self.problems = problems
  }
}

extension SettingsBook {
  /// - Throws: why the rules that may decide a setting for a unit cannot be understood.
  func requireRead(_ key: String, in layers: UnitLayers) throws {
    try require(unread.filter { $0.isAbout(key) && layers.isWithin($0.scope) })
  }

  /// The same for a rule to be made: those of its own scope and of the layers above it count.
  ///
  /// - Throws: `unit.unknown`, and why they cannot be understood.
  public func requireRead(_ key: String, above scope: SettingScope, on day: Day) throws {
    if case .community(let unit) = scope {
      return try requireRead(key, in: layers(of: unit, on: day))
    }
    try require(
      unread.filter { $0.isAbout(key) && ($0.scope.layer < scope.layer || $0.scope == scope) })
  }

  private func require(_ unread: [UnreadRules]) throws {
    let problems = unread.flatMap(\.problems)
    if problems.count == 1 { throw problems[0] }
    guard problems.isEmpty else { throw Problems(problems) }
  }
}

extension UnreadRules {
  fileprivate func isAbout(_ key: String) -> Bool { self.key.map { $0 == key } ?? true }
}
