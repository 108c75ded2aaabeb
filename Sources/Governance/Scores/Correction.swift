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

/// How a fresh result differs from the closed one, and why: a numbered correction.
///
/// Closing freezes a result; late data never changes it silently (asks 8).
public struct Correction: Hashable, Sendable {
  /// What has changed since the period was closed.
  public struct Cause: Hashable, Sendable {
    public enum Source: String, CaseIterable, Sendable {
      case records
      case settings
      case plugins
      case calendar
    }

    public let source: Source

    /// What exactly, in order: setting keys, queries, files.
    public let names: [String]
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

  /// 1 for the first correction of a closed period.
  public let number: Int
  public let causes: [Cause]

  /// By unit: first its total, then the blocks, indicators and adjustments that differ.
  public let changes: [Change]

  /// Neither result nor basis differ.
  public var isEmpty: Bool { causes.isEmpty && changes.isEmpty }

  public init(
    number: Int, closed: (basis: Basis, results: [UnitID: Explanation]),
    fresh: (basis: Basis, results: [UnitID: Explanation])
  ) {
    self.number = number
    causes = Self.causes(closed.basis, fresh.basis)
    let units = Set(closed.results.keys).union(fresh.results.keys).sorted()
    changes = units.flatMap { unit in
      Self.changes(of: unit, closed.results[unit], fresh.results[unit], [])
    }
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

extension Correction.Cause.Source {
  public var label: Words {
    switch self {
    case .records: Words("记录", "records")
    case .settings: Words("设置", "settings")
    case .plugins: Words("插件", "plugins")
    case .calendar: Words("工作日历", "calendar")
    }
  }
}

extension Correction {
  /// For people: the causes, then what differs for whom.
  public var lines: [Words] {
    guard !isEmpty else {
      return [Words("与关账结果一致", "the same as when it was closed")]
    }
    let why = causes.map { cause in
      let names = cause.names.prefix(6).joined(separator: "、")
      let more = cause.names.count > 6 ? Words("等\(cause.names.count)项", " and others") : nil
      return Words(
        "\(cause.source.label.chinese)有变动：\(names)\(more?.chinese ?? "")",
        "\(cause.source.label.english) changed: \(names)\(more?.english ?? "")")
    }
    let what = changes.map { change in
      let indent = String(repeating: "  ", count: max(0, change.path.count - 1))
      let values = "\(change.old.shown) → \(change.new.shown)"
      let unit = change.path.count == 1 ? "\(change.unit) " : ""
      return Words(
        "\(indent)\(unit)\(change.label.chinese)：\(values)",
        "\(indent)\(unit)\(change.label.english): \(values)")
    }
    let title = Words(
      "第\(number)号更正：与关账时不同", "correction \(number): differs from what was closed")
    return [title] + why + what
  }

  public func json(in language: Language = .chinese) -> JSONValue {
    [
      "number": .integer(Int64(number)),
      "causes": .array(
        causes.map {
          [
            "source": .string($0.source.rawValue),
            "names": .array($0.names.map(JSONValue.string)),
          ]
        }),
      "changes": .array(
        changes.map {
          [
            "unit": .string($0.unit.rawValue), "path": .array($0.path.map(JSONValue.string)),
            "label": .string($0.label.text(in: language)),
            "old": .optional($0.old.number, JSONValue.rational),
            "old_state": .string($0.old.state.rawValue),
            "new": .optional($0.new.number, JSONValue.rational),
            "new_state": .string($0.new.state.rawValue),
          ]
        }),
    ]
  }
}

extension Figure {
  /// For people: the number, or the state in a word.
  public var shown: String {
    if let number { return number.shown }
    switch state {
    case .notApplicable: return "不适用"
    case .pending: return "待补"
    default: return "缺报"
    }
  }

  /// For people, in both languages, two places for scores.
  public func words(asScore: Bool = false) -> Words {
    if let number { return Words(verbatim: asScore ? number.shownAsScore : number.shown) }
    switch state {
    case .notApplicable: return Words("不适用", "n/a")
    case .pending: return Words("待补", "pending")
    default: return Words("缺报", "missing")
    }
  }
}
