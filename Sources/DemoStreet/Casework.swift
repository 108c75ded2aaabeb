internal import Governance

/// The eight mandatory reports of ten weeks, what became of them, and who was called back (E1–E9, G6–G10).
///
/// Reports come by chance; how well they are handled is then dealt out by due
/// month, because that is how the assessment looks at them.
extension CommunityWriter {
  mutating func writeCasework() {
    var drafts = TimeLine.months.flatMap { reports(in: $0) }
    plantOverdue(in: &drafts)
    drafts.sort { $0.reported < $1.reported }
    for index in drafts.indices { drafts[index].setClocks(work) }
    plantExtensions(in: &drafts)
    plantExclusions(in: &drafts)
    leaveOpen(in: &drafts)
    accept(&drafts)
    resolve(&drafts)
    plantRecurrences(in: &drafts)
    let ids = write(drafts)
    writeCallbacks(drafts, ids)
  }

  // MARK: Reports

  private mutating func reports(in month: Month) -> [CaseDraft] {
    let (_, number, _) = month.days.lowerBound.civil
    let whole = Day.length(ofMonth: number, year: 2026)
    let count = (facts.casesPerMonth * month.length + whole / 2) / whole
    return random.shuffled(kinds(count)).map { kind in
      let day = month.days.lowerBound + random.below(month.length)
      let last = day == TimeLine.today ? 11 : 17
      let reported = Instant(day, hour: random.within(8...last), minute: random.below(60))
      let danger = kind == .safetyHazard ? 150 : kind == .facilityDamage ? 80 : 0
      return described(CaseDraft(kind, isDanger: random.chance(danger), reported: reported))
    }
  }

  /// So many reports in the stated mix, by largest remainder.
  private func kinds(_ count: Int) -> [ReportKind] {
    var shares = ReportKind.allCases.map { $0.percent * count / 100 }
    let byRemainder = ReportKind.allCases.indices.sorted {
      let left = ReportKind.allCases[$0].percent * count % 100
      let right = ReportKind.allCases[$1].percent * count % 100
      return left == right ? $0 < $1 : left > right
    }
    for index in byRemainder.prefix(count - shares.reduce(0, +)) { shares[index] += 1 }
    return zip(ReportKind.allCases, shares).flatMap { Array(repeating: $0, count: $1) }
  }

  /// Where it is, how it came, who said so. Of a pregnancy or an illness nothing of the kind is kept,
  /// since nobody consented to more than being told about the service.
  private mutating func described(_ draft: CaseDraft) -> CaseDraft {
    var draft = draft
    let roll = random.below(100)
    draft.channel =
      roll < 45
      ? "head" : roll < 65 ? "window" : roll < 77 ? "virtual" : roll < 90 ? "hotline" : "patrol"
    guard let places = Texts.places[draft.kind.rawValue] else { return draft }
    let place = random.pick(places)
    draft.reporter = Names.person(&random)
    let estate = Facts.estates.first { $0.caretaker == facts.number }
    if let estate, draft.kind.isHazard, random.chance(100) {
      draft.estate = estate.unit(of: street)
      draft.place = estate.name + place
    } else {
      let building = random.below(buildings.count)
      draft.building = building
      draft.place = String(building + 1) + "号楼" + place
    }
    return draft
  }

  // MARK: Planted

  /// Three or more are one or two working days late today, two are three and more: yellow and red.
  /// Their report is moved to the day from which the date follows.
  private mutating func plantOverdue(in drafts: inout [CaseDraft]) {
    let wanted = max(5, (drafts.count + 10) / 20)
    let targets = [
      date(2026, 5, 11), date(2026, 5, 9), date(2026, 5, 11), date(2026, 5, 8), date(2026, 5, 7),
    ]
    let order: [ReportKind] = [
      .backAlleyUnclean, .inboundResidents, .rentalStarted, .facilityDamage,
    ]
    let recent = drafts.indices.filter {
      drafts[$0].reported.day >= date(2026, 5, 1) && !drafts[$0].isDanger
    }
    let candidates = order.flatMap { kind in recent.filter { drafts[$0].kind == kind } }
    for (index, candidate) in candidates.prefix(wanted).enumerated() {
      let target = index < targets.count ? targets[index] : date(2026, 5, 11)
      let day = work.subtracting(drafts[candidate].kind.workdaysToResolve, from: target)
      drafts[candidate].reported = Instant(
        day, hour: random.within(8...16), minute: random.below(60))
      drafts[candidate].isOverdue = true
      let red = work.adding(3, to: target)
      if red <= TimeLine.today { drafts[candidate].redOn = red }
    }
  }

  /// Two cases are given more time, once and beforehand.
  private mutating func plantExtensions(in drafts: inout [CaseDraft]) {
    let candidates = drafts.indices.filter {
      drafts[$0].kind == .facilityDamage && !drafts[$0].isDanger && !drafts[$0].isOverdue
        && drafts[$0].resolveDue.day < date(2026, 4, 25)
    }
    for index in random.sample(2, of: candidates) {
      drafts[index].extensions = 1
      drafts[index].resolveDue = Instant(
        work.adding(drafts[index].kind.workdaysToResolve, to: drafts[index].resolveDue.day),
        hour: CaseDraft.closing)
    }
  }

  /// Two in a hundred came twice, through the building head and the hotline; as many were withdrawn.
  private mutating func plantExclusions(in drafts: inout [CaseDraft]) {
    let each = (drafts.count + 25) / 50
    var twins: [(first: Int, second: Int)] = []
    for second in drafts.indices where isPlain(drafts[second]) {
      let first = drafts[..<second].lastIndex {
        $0.kind == drafts[second].kind && isPlain($0)
          && drafts[second].reported.milliseconds - $0.reported.milliseconds < 72 * 3_600_000
      }
      if let first { twins.append((first, second)) }
    }
    var used: Set<Int> = []
    for (first, second) in random.shuffled(twins) where used.count < 2 * each {
      guard !used.contains(first), !used.contains(second) else { continue }
      used.formUnion([first, second])
      drafts[first].channel = "head"
      drafts[second].channel = "hotline"
      drafts[second].exclusion = "duplicate"
      drafts[second].duplicateOf = first
      drafts[second].place = drafts[first].place
      drafts[second].building = drafts[first].building
      drafts[second].estate = drafts[first].estate
    }
    let rest = drafts.indices.filter { isPlain(drafts[$0]) && !used.contains($0) }
    for index in random.sample(each, of: rest) { drafts[index].exclusion = "withdrawn" }
  }

  /// Counted, and nothing else has been planted on it.
  private func isPlain(_ draft: CaseDraft) -> Bool {
    draft.isCounted && !draft.isOverdue && draft.extensions == 0
  }

  /// Nine in a hundred are still within their time today: the latest.
  private func leaveOpen(in drafts: inout [CaseDraft]) {
    let wanted = (drafts.count * 9 + 50) / 100
    let candidates = drafts.indices.reversed().filter {
      drafts[$0].exclusion == nil && drafts[$0].resolveDue > TimeLine.now
    }
    for index in candidates.prefix(wanted) { drafts[index].isOpen = true }
  }

  // MARK: Handling

  private mutating func accept(_ drafts: inout [CaseDraft]) {
    for (number, month) in TimeLine.months.enumerated() {
      let due = drafts.indices.filter {
        drafts[$0].isCounted && month.days.contains(drafts[$0].acceptDue.day)
          && drafts[$0].acceptDue < TimeLine.now
      }
      let slow = due.filter { drafts[$0].acceptDue.adding(hours: 26) < drafts[$0].resolveDue }
      let late = shortfall(of: due.count, at: performance.accepted[number])
      for index in random.shuffled(slow).prefix(late) {
        drafts[index].accepted = drafts[index].acceptDue.adding(hours: random.within(14...22))
      }
    }
    for index in drafts.indices where drafts[index].accepted == nil {
      let limit = min(drafts[index].acceptDue, drafts[index].resolveDue)
      drafts[index].accepted = between(drafts[index].reported, limit, 50...600)
    }
    for index in drafts.indices where drafts[index].accepted! > TimeLine.now {
      drafts[index].accepted = nil
    }
  }

  /// A moment some thousandths of the way from one to another, during the day where there is room.
  private mutating func between(
    _ start: Instant, _ end: Instant, _ share: ClosedRange<Int>
  ) -> Instant {
    let span = end.milliseconds - start.milliseconds
    let at = Instant(milliseconds: start.milliseconds + span * Int64(random.within(share)) / 1000)
    let nextMorning = Instant(at.day + 1, hour: 8, minute: random.below(60))
    if at >= Instant(at.day, hour: 19), nextMorning < end { return nextMorning }
    let morning = Instant(at.day, hour: 8, minute: random.below(60))
    return at < morning && morning < end ? morning : at
  }

  private mutating func resolve(_ drafts: inout [CaseDraft]) {
    for (number, month) in TimeLine.months.enumerated() where month.isOver {
      let due = drafts.indices.filter {
        drafts[$0].isCounted && !drafts[$0].isOverdue
          && month.days.contains(drafts[$0].resolveDue.day)
      }
      let hazards = due.filter { drafts[$0].kind.isHazard }
      let requests = due.filter { !drafts[$0].kind.isHazard }
      let lateHazards = shortfall(of: hazards.count, at: performance.hazards[number])
      let lateRequests = shortfall(of: requests.count, at: performance.requests[number])
      let late =
        random.shuffled(hazards).prefix(lateHazards)
        + random.shuffled(requests).prefix(lateRequests)
      settleLate(Array(late), &drafts, reds: performance.reds[number], in: month)
    }
    for index in drafts.indices where needsSettling(drafts[index]) {
      let start = drafts[index].accepted ?? drafts[index].reported
      let limit = min(drafts[index].resolveDue, TimeLine.now.adding(hours: -4))
      drafts[index].resolved = between(start, limit, 200...900)
    }
  }

  private func needsSettling(_ draft: CaseDraft) -> Bool {
    draft.resolved == nil && draft.exclusion == nil && !draft.isOverdue && !draft.isOpen
  }

  /// One or two working days late, or more: then the card turns red, within the month.
  private mutating func settleLate(
    _ late: [Int], _ drafts: inout [CaseDraft], reds: Int, in month: Month
  ) {
    let early = late.filter {
      work.adding(3, to: drafts[$0].resolveDue.day) <= month.days.upperBound
    }
    for index in early.prefix(reds) {
      let due = drafts[index].resolveDue.day
      drafts[index].redOn = work.adding(3, to: due)
      drafts[index].resolved = Instant(work.adding(4, to: due), hour: random.within(9...16))
    }
    if performance.extendedTwice, let index = early.prefix(reds).first {
      // A second extension turns the card red at once.
      let due = drafts[index].resolveDue.day
      drafts[index].extensions = 2
      drafts[index].redOn = due
    }
    for index in late where drafts[index].resolved == nil {
      let day = work.adding(random.within(1...2), to: drafts[index].resolveDue.day)
      drafts[index].resolved = Instant(day, hour: random.within(9...16), minute: random.below(60))
    }
  }

  // MARK: Recurrence

  /// The same thing at the same place within thirty days of being settled.
  private mutating func plantRecurrences(in drafts: inout [CaseDraft]) {
    let originals = Set(drafts.compactMap(\.duplicateOf))
    for (number, month) in TimeLine.months.dropFirst().enumerated() {
      let watched = drafts.indices.filter {
        guard drafts[$0].isCounted, drafts[$0].kind.isHazard, let resolved = drafts[$0].resolved
        else { return false }
        return month.days.contains(resolved.day + 30)
      }
      var wanted = shortfall(of: watched.count, at: performance.lasting[number])
      for index in random.shuffled(watched) where wanted > 0 {
        let resolved = drafts[index].resolved!
        let again = drafts.indices.first {
          let draft = drafts[$0]
          return isPlain(draft) && !originals.contains($0) && draft.kind == drafts[index].kind
            && draft.recurrenceOf == nil
            && draft.reported > resolved && draft.reported.day <= resolved.day + 30
        }
        guard let again else { continue }
        drafts[again].recurrenceOf = index
        drafts[again].place = drafts[index].place
        drafts[again].building = drafts[index].building
        drafts[again].estate = drafts[index].estate
        wanted -= 1
      }
    }
  }
}
