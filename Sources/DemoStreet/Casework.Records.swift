internal import Governance

/// Made-up cases become records.
extension CommunityWriter {
  mutating func write(_ drafts: [CaseDraft]) -> [Int64] {
    var ids: [Int64] = []
    for draft in drafts {
      ids.append(add("case", values(of: draft, ids)))
    }
    return ids
  }

  private mutating func values(of draft: CaseDraft, _ ids: [Int64]) -> [String: Value] {
    var values: [String: Value] = [
      "kind": .text(draft.kind.code), "danger": .boolean(draft.isDanger),
      "channel": .text(draft.channel), "reported": .instant(draft.reported),
      "accept_due": .instant(draft.acceptDue), "resolve_due": .instant(draft.resolveDue),
      "extended": .integer(draft.extensions),
    ]
    if let building = draft.building { values["building"] = .integer(buildings[building]) }
    if let estate = draft.estate { values["estate"] = .text(estate.rawValue) }
    if let place = draft.place { values["place"] = .text(place) }
    if let reporter = draft.reporter { values["reporter"] = .text(reporter) }
    if let accepted = draft.accepted { values["accepted"] = .instant(accepted) }
    if let red = draft.redOn { values["red_on"] = .day(red) }
    if let first = draft.duplicateOf { values["duplicate_of"] = .integer(ids[first]) }
    if let first = draft.recurrenceOf { values["recurrence_of"] = .integer(ids[first]) }
    if draft.kind == .newPregnancy || draft.kind == .seriousIllness {
      // The first two were only told about the service; the others agreed to be helped.
      values["consent"] = .boolean(draft.reported.day > date(2026, 3, 20))
    }
    values["state"] = .text(settle(draft, &values))
    return values
  }

  /// The state, and the dates that go with it.
  private mutating func settle(_ draft: CaseDraft, _ values: inout [String: Value]) -> String {
    if let reason = draft.exclusion {
      values["exclusion"] = .text(reason)
      return "excluded"
    }
    guard let resolved = draft.resolved else {
      return draft.accepted == nil ? "submitted" : draft.isOverdue ? "handling" : "accepted"
    }
    let told = min(resolved.adding(hours: random.within(1...20)), TimeLine.now)
    values["resolved"] = .instant(resolved)
    values["fed_back"] = .instant(told)
    values["closed"] = .day(told.day)
    if draft.kind.isHazard { values["watch_ends"] = .day(resolved.day + 30) }
    return "closed"
  }

  // MARK: Call-backs

  /// Seven in ten settled cases are drawn by a recorded seed; sensitive ones never are.
  mutating func writeCallbacks(_ drafts: [CaseDraft], _ ids: [Int64]) {
    let settled = drafts.indices.filter {
      drafts[$0].isCounted && drafts[$0].resolved != nil
    }
    for (number, month) in TimeLine.months.enumerated() {
      let seed = random.below(1_000_000)
      var draw = SplitMix(UInt64(seed))
      let due = settled.filter { month.days.contains(called(drafts[$0])) }
      let drawn = draw.sample(due.count * 7 / 10, of: due)
      let answering = Set(random.sample(drawn.count * 85 / 100, of: drawn))
      let unhappy = Set(
        random.sample(
          shortfall(of: answering.count, at: performance.satisfied[number]),
          of: drawn.filter(answering.contains)))
      for index in drawn {
        var values: [String: Value] = [
          "case": .integer(ids[index]), "called": .day(called(drafts[index])),
          "answered": .boolean(answering.contains(index)), "seed": .integer(seed),
        ]
        if answering.contains(index) { values["satisfied"] = .boolean(!unhappy.contains(index)) }
        add("callback", values)
      }
    }
  }

  /// On the second working day after it was settled.
  private func called(_ draft: CaseDraft) -> Day {
    work.adding(2, to: draft.resolved!.day)
  }
}
