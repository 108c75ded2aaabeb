/// How units are put in order: only like with like.
public struct RankingRule: Hashable, Sendable {
  /// What equal scores do to the places after them.
  public enum Ties: String, CaseIterable, Sendable {
    /// 1, 1, 3.
    case shared
    /// 1, 1, 2.
    case dense
  }

  /// Whether units are compared within their type only.
  public let isWithinType: Bool
  public let ties: Ties

  /// Fewer than this many scored units of a type are not ranked, but compared with their own last period.
  public let minimum: Int

  public init(withinType: Bool = true, ties: Ties = .shared, minimum: Int = 2) {
    isWithinType = withinType
    self.ties = ties
    self.minimum = minimum
  }
}

/// A unit that is to be ranked: its result, its type, and its last period's result if there is one.
public struct Contestant: Hashable, Sendable {
  public let assessment: Assessment
  public let name: Words

  /// Code of the community type: `old_estate`.
  public let type: String?
  public let previous: Assessment?

  public init(
    _ assessment: Assessment, name: Words, type: String?, previous: Assessment? = nil
  ) {
    self.assessment = assessment
    self.name = name
    self.type = type
    self.previous = previous
  }
}

/// The order of all units, with bands after quota, change and top reason.
public struct Standings: Hashable, Sendable {
  public struct Row: Hashable, Sendable {
    public let contestant: Contestant

    /// After the quota.
    public let band: Band?

    /// Within its group; nil without score, or where too few were scored.
    public let rank: Int?

    /// How many of its group have a score.
    public let groupSize: Int

    /// Against the previous period.
    public let change: Decimal?
    public let topReason: TopReason?

    /// What to know about this row: quota, tie, status, why it is not ranked.
    public let notes: [Words]

    public var assessment: Assessment { contestant.assessment }
    public var unit: UnitID { contestant.assessment.unit }
    public var score: Decimal? { contestant.assessment.score }
  }

  /// By group in the order of the groups' first units, within it by rank, then by unit.
  public let rows: [Row]

  /// What concerns all: whether the quota bit, and how a tie went.
  public let notes: [Words]

  /// - Parameters:
  ///   - bands: of the formula; needed for the quota to know the next lower band.
  ///   - blockTitles: how the quota's tie blocks are called, for its notes.
  public init(
    of contestants: [Contestant], _ rule: RankingRule = RankingRule(), quota: Quota? = nil,
    bands: Bands? = nil, blockTitles: [String: Words] = [:]
  ) {
    let verdict = quota?.decide(among: contestants.map(\.assessment))
    let sorted = contestants.sorted { $0.assessment.unit < $1.assessment.unit }
    var rows: [Row] = []
    for group in Self.groups(sorted, rule) {
      let scored = group.filter { $0.assessment.score != nil }
      rows += group.map { contestant in
        let lost = verdict?.lost.contains(contestant.assessment.unit) ?? false
        return Row(
          contestant, rule, among: scored.compactMap(\.assessment.score),
          loses: lost ? quota : nil, bands: bands)
      }.sorted(by: Self.precedes)
    }
    self.rows = rows
    notes =
      quota.flatMap { quota in
        verdict.map { Self.notes(quota, $0, contestants, bands, blockTitles) }
      } ?? []
  }

  private init(rows: [Row], notes: [Words]) {
    self.rows = rows
    self.notes = notes
  }

  /// The rows of some units, with the ranks they have among all. Notes about
  /// everybody name others, so they stay behind.
  public func only(_ units: Set<UnitID>) -> Standings {
    Standings(rows: rows.filter { units.contains($0.unit) }, notes: [])
  }

  public func row(_ unit: UnitID) -> Row? {
    rows.first { $0.unit == unit }
  }

  private static func groups(_ all: [Contestant], _ rule: RankingRule) -> [[Contestant]] {
    guard rule.isWithinType else { return [all] }
    var types: [String?] = []
    for contestant in all where !types.contains(contestant.type) { types.append(contestant.type) }
    return types.map { type in all.filter { $0.type == type } }
  }

  private static func precedes(_ left: Row, _ right: Row) -> Bool {
    switch (left.score, right.score) {
    case (let first?, let second?) where first != second: first > second
    case (_?, nil): true
    case (nil, _?): false
    default: left.unit < right.unit
    }
  }
}

extension Standings.Row {
  fileprivate init(
    _ contestant: Contestant, _ rule: RankingRule, among scores: [Decimal], loses quota: Quota?,
    bands: Bands?
  ) {
    let assessment = contestant.assessment
    self.contestant = contestant
    groupSize = scores.count
    rank =
      scores.count >= rule.minimum
      ? assessment.score.map { Self.rank(of: $0, among: scores, rule.ties) } : nil
    let lowered = quota == nil ? nil : assessment.band.flatMap { bands?.below($0) }
    band = lowered ?? assessment.band
    change = Self.change(assessment.score, contestant.previous?.score)
    topReason = TopReason(of: assessment, since: contestant.previous)
    notes = Self.notes(contestant, rule, scored: scores.count, lowered, quota)
  }

  private static func rank(
    of score: Decimal, among scores: [Decimal], _ ties: RankingRule.Ties
  ) -> Int {
    let better = scores.filter { $0 > score }
    return 1 + (ties == .shared ? better.count : Set(better).count)
  }

  private static func change(_ now: Decimal?, _ before: Decimal?) -> Decimal? {
    guard let now, let before else { return nil }
    return try? now - before
  }

  private static func notes(
    _ contestant: Contestant, _ rule: RankingRule, scored: Int, _ lowered: Band?, _ quota: Quota?
  ) -> [Words] {
    var notes: [Words] = []
    if let note = contestant.assessment.status.note { notes.append(note) }
    notes += contestant.assessment.explanation.overfullRates.map { title in
      Words(
        "“\(title.chinese)”的分子大于分母，请核对",
        "'\(title.english)': more in the numerator than in the denominator")
    }
    for veto in contestant.assessment.vetoes {
      notes.append(
        Words("一票否决：\(veto.label.chinese)", "limited by: \(veto.label.english)"))
    }
    if let lowered, let quota, let band = contestant.assessment.band {
      notes.append(
        Words(
          "达到“\(band.title.chinese)”分数线，但名额只有\(quota.most)个，按“\(lowered.title.chinese)”评",
          "reached '\(band.title.english)', but only \(quota.most) may have it: "
            + "'\(lowered.title.english)'"))
    }
    if contestant.assessment.score != nil, scored < rule.minimum {
      notes.append(.comparedWithItself(scored: scored))
    }
    return notes
  }
}

extension Standings {
  private static func notes(
    _ quota: Quota, _ verdict: Quota.Verdict, _ all: [Contestant], _ bands: Bands?,
    _ titles: [String: Words]
  ) -> [Words] {
    guard !verdict.lost.isEmpty || verdict.kept.count > quota.most else { return [] }
    let title = bands?.band(quota.band)?.title ?? Words(verbatim: quota.band)
    let reached = verdict.kept.count + verdict.lost.count
    let names = names(verdict.kept, all)
    let first = Words(
      "\(reached)个社区达到“\(title.chinese)”，全街名额\(quota.most)个：\(names.chinese)",
      "\(reached) reached '\(title.english)', at most \(quota.most) over all: "
        + names.english)
    switch verdict.tie {
    case nil: return [first]
    case .block(let id):
      let block = titles[id] ?? Words(verbatim: id)
      return [
        first,
        Words(
          "末位同分，按“\(block.chinese)”得分定", "a tie at the edge, decided by '\(block.english)'"),
      ]
    case .undecided:
      return [
        first,
        quota.keepsEquals
          ? Words("末位同分，各项也相同，并列保留", "a tie at the edge that nothing decides: all keep it")
          : Words("末位同分，各项也相同，并列不授", "a tie at the edge that nothing decides: none has it"),
      ]
    }
  }

  private static func names(_ units: [UnitID], _ all: [Contestant]) -> Words {
    let names = units.map { unit in
      all.first { $0.assessment.unit == unit }?.name ?? Words(verbatim: unit.rawValue)
    }
    guard !names.isEmpty else { return Words(verbatim: "—") }
    return Words(
      names.map(\.chinese).joined(separator: "、"), names.map(\.english).joined(separator: ", "))
  }
}

extension Words {
  static func comparedWithItself(scored: Int) -> Words {
    scored == 1
      ? Words(
        "本类型只考核了这一个社区，与自身上期比较",
        "the only one of its type assessed, compared with its own last period")
      : Words(
        "本类型只有\(scored)个社区有得分，不排名", "only \(scored) of its type have a score, not ranked")
  }
}
