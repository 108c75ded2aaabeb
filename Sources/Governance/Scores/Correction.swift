/// What a result rested on, as digests of four things.
public struct Basis: Hashable, Sendable {
  /// Digest by name within each: query or kind, setting key, file, notice.
  public var records: [String: String]
  public var settings: [String: String]
  public var plugins: [String: String]
  public var calendar: [String: String]

  public init(
    records: [String: String] = [:], settings: [String: String] = [:],
    plugins: [String: String] = [:], calendar: [String: String] = [:]
  ) {
    self.records = records
    self.settings = settings
    self.plugins = plugins
    self.calendar = calendar
  }
}

/// How a fresh result differs from the closed one, and why.
///
/// Closing freezes a result; late data never changes it silently (asks 8). Only closing
/// again stores a correction and gives it its number.
public struct Correction: Hashable, Sendable {
  /// The closed result that is compared with.
  public struct Closing: Hashable, Sendable {
    public let id: String
    public let day: Day

    /// 0 for the close itself, then its corrections.
    public let correction: Int

    public init(id: String, day: Day, correction: Int = 0) {
      self.id = id
      self.day = day
      self.correction = correction
    }
  }

  /// What has changed since the period was closed.
  public struct Cause: Hashable, Sendable {
    public enum Source: String, CaseIterable, Sendable {
      case records
      case settings
      case plugins
      case calendar
    }

    public let source: Source

    /// What exactly, in order: keys of settings and readings by unit, files.
    public let names: [String]

    /// The same as a clerk says it: which record, what was and is, who, when, why.
    public internal(set) var details: [Detail] = []
  }

  /// One thing that has changed.
  public struct Detail: Hashable, Sendable {
    public let words: Words
    public let data: JSONValue

    public init(_ words: Words, data: JSONValue) {
      self.words = words
      self.data = data
    }
  }

  /// A score, or a part of one, that is not what it was.
  public struct Change: Hashable, Sendable {
    public let unit: UnitID

    /// From the total down: `community-assessment`, `closed_loop`, `solution`.
    public let path: [String]
    public let role: Explanation.Role
    public let label: Words
    public let old: Figure
    public let new: Figure
  }

  public let closing: Closing
  public private(set) var causes: [Cause]

  /// By unit: first its total, then the blocks, indicators and adjustments that differ.
  public let changes: [Change]

  /// Neither result nor basis differ.
  public var isEmpty: Bool { causes.isEmpty && changes.isEmpty }

  /// The number it would get, or got, by closing again: 1 for the first.
  public var number: Int { closing.correction + 1 }

  public init(
    of closing: Closing, closed: (basis: Basis, results: [UnitID: Explanation]),
    fresh: (basis: Basis, results: [UnitID: Explanation])
  ) {
    self.closing = closing
    causes = Self.causes(closed.basis, fresh.basis)
    let units = Set(closed.results.keys).union(fresh.results.keys).sorted()
    changes = units.flatMap { unit in
      Self.changes(of: unit, closed.results[unit], fresh.results[unit], [])
    }
  }

  /// The same with what is known of each cause.
  public func explained(_ details: (Cause) throws -> [Detail]) rethrows -> Correction {
    var correction = self
    for index in causes.indices { correction.causes[index].details = try details(causes[index]) }
    return correction
  }

  private static func causes(_ old: Basis, _ new: Basis) -> [Cause] {
    let pairs: [(Cause.Source, [String: String], [String: String])] = [
      (.records, old.records, new.records), (.settings, old.settings, new.settings),
      (.plugins, old.plugins, new.plugins), (.calendar, old.calendar, new.calendar),
    ]
    return pairs.compactMap { source, old, new in
      let names = Set(old.keys).union(new.keys).filter { old[$0] != new[$0] }.sorted()
      return names.isEmpty ? nil : Cause(source: source, names: names)
    }
  }

  private static func changes(
    of unit: UnitID, _ old: Explanation?, _ new: Explanation?, _ path: [String]
  ) -> [Change] {
    guard let either = new ?? old else { return [] }
    let isShown = either.role != .step && either.role != .input
    let here = isShown ? path + [either.id] : path
    var found: [Change] = []
    let gone = Figure.notApplicable(Words("原先没有，或现已取消", "was not there, or is no more"))
    let (before, after) = (old?.value ?? gone, new?.value ?? gone)
    if isShown, !before.isSame(as: after) {
      found.append(
        Change(
          unit: unit, path: here, role: either.role, label: either.label, old: before, new: after))
    }
    var ids = (old?.children ?? []).map(\.id)
    ids += (new?.children ?? []).map(\.id).filter { !ids.contains($0) }
    return found
      + ids.flatMap { id in
        changes(
          of: unit, old?.children.first { $0.id == id }, new?.children.first { $0.id == id }, here)
      }
  }
}

extension Figure {
  /// Equal but for the words of the reason.
  fileprivate func isSame(as other: Figure) -> Bool {
    state == other.state && number == other.number
  }
}
