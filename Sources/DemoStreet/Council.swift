internal import Governance

/// Seats, mandates, sessions with attendance and minutes, advice, conventions (D1–D17, H6).
extension CommunityWriter {
  mutating func writeCouncil() {
    add(
      "mandate",
      [
        "scope": .text("环境卫生、治安防范、公益建设、设施管护四类自治事务的议事、决策和监督"),
        "from": .day(date(2025, 5, 1)), "to": .day(date(2028, 5, 1)),
      ])
    add("trial_operation", ["from": .day(date(2025, 5, 6))])
    writeSeats()
    for session in Agenda.sessions[facts.number - 1] { write(session) }
    if facts.number == 3 {
      add(
        "excuse",
        [
          "month": .text("2026-05"), "granted": .day(date(2026, 4, 27)),
          "reason": .text("议事厅漏水维修，街道同意五月免开"),
        ])
    }
    writeAdvice()
    for convention in Agenda.conventions[facts.number - 1] { write(convention) }
  }

  /// Ten from the heads and the secretary; with fewer than ten heads, representatives make up ten (D2).
  private mutating func writeSeats() {
    let heads = min(10, facts.buildings)
    for number in 1...11 {
      let sort = number <= heads ? "elected" : number <= 10 ? "supplementary" : "cadre"
      let seat = add("council_seat", ["number": .integer(number), "sort": .text(sort)])
      var values: [String: Value]
      switch sort {
      case "elected": values = post("council", of: adults[number - 1][0], from: Self.councilSeated)
      case "supplementary":
        values = post("council", of: adults[number - heads - 1][1], from: Self.councilSeated)
      default:
        values = [
          "role": .text("council"), "name": .text(secretary), "from": .day(Self.councilSeated),
        ]
      }
      values["seat"] = .integer(seat)
      let departure = number <= heads ? departure(fromBuilding: number) : nil
      if let departure {
        // Who is no longer a head is no longer on the council (C15).
        values["to"] = .day(departure.day)
        values["ended_because"] = .text("不再担任楼栋长")
      }
      add("post", values)
      seats.append(Seat(id: seat, until: departure?.day))
    }
  }

  private mutating func write(_ session: Agenda.Session) {
    let filled = seats.filter { $0.isFilled(on: session.held) }
    // Two thirds or more of the seats filled (D16).
    let isQuorate = 3 * session.present >= 2 * filled.count
    var values: [String: Value] = [
      "held": .day(session.held), "subject": .text(session.subject),
      "seats_filled": .integer(filled.count), "quorate": .boolean(isQuorate),
    ]
    if isQuorate {
      let due = work.adding(3, to: session.held)
      let signed =
        session.minutesLate
        ? work.adding(2, to: due) : work.adding(1 + random.below(3), to: session.held)
      values["minutes_due"] = .day(due)
      if signed <= TimeLine.today { values["minutes_signed"] = .day(signed) }
    }
    if let votes = session.votes {
      values["votes_for"] = .integer(votes.0)
      values["votes_against"] = .integer(votes.1)
      values["abstained"] = .integer(votes.2)
    }
    let id = add("session", values)
    let present = Set(random.sample(session.present, of: filled.map(\.id)))
    for seat in filled {
      add(
        "attendance",
        [
          "session": .integer(id), "held": .day(session.held), "seat": .integer(seat.id),
          "present": .boolean(present.contains(seat.id)),
        ])
    }
  }

  /// Six matters a month to answer: four pieces of advice in ten working days, two supervised
  /// matters by the month's last working day.
  private mutating func writeAdvice() {
    for (index, month) in TimeLine.months.enumerated() {
      let owed = work.within(month.days)
      let late = performance.lateReplies[index]
      let number = month.isOver ? 6 : 3
      for item in 0..<number {
        let isSupervised = item >= number - number / 3
        let due =
          isSupervised
          ? work.last(in: month.days.lowerBound...monthEnd(month))
          : owed[owed.count * (2 * item + 1) / (2 * number)]
        let raised =
          isSupervised ? month.days.lowerBound + 1 : work.subtracting(10, from: due)
        let replied =
          item < late ? work.adding(2, to: due) : work.subtracting(random.within(1...4), from: due)
        var values: [String: Value] = [
          "sort": .text(isSupervised ? "supervised" : "advice"),
          "subject": .text(
            Texts.advices[isSupervised ? 5 + random.below(3) : random.below(5)]),
          "raised": .day(raised), "due": .day(due),
        ]
        if replied <= TimeLine.today { values["replied"] = .day(replied) }
        add("advice", values)
      }
    }
  }

  /// The month's real last day, also of the month that is still running.
  func monthEnd(_ month: Month) -> Day {
    let (year, number, _) = month.days.lowerBound.civil
    return date(year, number, Day.length(ofMonth: number, year: year))
  }

  private mutating func write(_ convention: Agenda.Convention) {
    var values: [String: Value] = [
      "title": .text(convention.title), "matter": .text(convention.matter),
      "field": .text(convention.field), "state": .text(convention.state),
    ]
    if let day = convention.inForce {
      values["in_force"] = .day(day)
      values["review_due"] = .day(day.adding(years: 1))
    }
    if let day = convention.reviewed { values["reviewed"] = .day(day) }
    add("convention", values)
  }
}
