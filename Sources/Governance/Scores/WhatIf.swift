/// Two rankings side by side: as it is, and as it would be. Nothing is stored.
public struct WhatIf: Hashable, Sendable {
  public struct Row: Hashable, Sendable {
    public let unit: UnitID
    public let name: Words
    public let type: String?
    public let old: Decimal?
    public let new: Decimal?
    public let oldBand: Band?
    public let newBand: Band?
    public let oldRank: Int?
    public let newRank: Int?

    /// New less old; nil unless both have a score.
    public var difference: Decimal? {
      guard let old, let new else { return nil }
      return try? new - old
    }

    /// Places gained, negative when lost; nil unless both are ranked.
    public var climbed: Int? {
      guard let oldRank, let newRank else { return nil }
      return oldRank - newRank
    }
  }

  /// All units, in the order of the ranking as it is.
  public let rows: [Row]

  /// What is said of the quota before, where it differs from after; and after.
  public let notes: [Words]

  public init(from base: Standings, to trial: Standings) {
    let known = Set(base.rows.map(\.unit))
    let added = trial.rows.filter { !known.contains($0.unit) }.map(\.unit)
    rows = (base.rows.map(\.unit) + added).compactMap { unit in
      Row(base.row(unit), trial.row(unit))
    }
    notes =
      trial.notes == base.notes
      ? trial.notes
      : trial.notes.map {
        Words("变动后：\($0.chinese)", "after: \($0.english)")
      }
  }
}

extension WhatIf.Row {
  fileprivate init?(_ old: Standings.Row?, _ new: Standings.Row?) {
    guard let either = old ?? new else { return nil }
    unit = either.unit
    name = either.contestant.name
    type = either.contestant.type
    self.old = old?.score
    self.new = new?.score
    oldBand = old?.band
    newBand = new?.band
    oldRank = old?.rank
    newRank = new?.rank
  }
}
