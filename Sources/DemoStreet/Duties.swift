internal import Governance

/// Duty days with patrols and log entries, visits planned and made, ledgers (E10, F15–F19).
extension CommunityWriter {
  mutating func writeDuties() {
    for (index, month) in TimeLine.months.enumerated() {
      writeDays(of: month, index)
      writeVisits(in: month, index)
    }
    writeLedgers()
  }

  private struct DutyDay {
    let worker: Int64
    let day: Day
  }

  private mutating func writeDays(of month: Month, _ index: Int) {
    var duty: [DutyDay] = []
    for worker in workers {
      for day in work.within(month.days)
      where day >= worker.from && worker.to.map({ day < $0 }) ?? true {
        let isOnLeave = random.chance(35)
        add(
          "duty_day",
          [
            "worker": .integer(worker.id), "day": .day(day),
            "status": .text(isOnLeave ? "leave" : "duty"),
          ])
        if !isOnLeave { duty.append(DutyDay(worker: worker.id, day: day)) }
      }
    }
    for day in kept(duty, at: performance.patrol[index]) {
      add(
        "patrol",
        [
          "worker": .integer(day.worker), "day": .day(day.day),
          "minutes": .integer(random.within(30...75)),
          "findings": .integer(random.chance(250) ? random.within(1...3) : 0),
        ])
    }
    for day in kept(duty, at: performance.log[index]) {
      add(
        "log_entry",
        [
          "worker": .integer(day.worker), "day": .day(day.day),
          "text": .text(Texts.log(&random)),
        ])
    }
  }

  /// As many of the elements as a rate in thousandths keeps, in their own order.
  private mutating func kept<Element>(_ elements: [Element], at permille: Int) -> [Element] {
    random.sample(
      elements.count - shortfall(of: elements.count, at: permille), of: elements)
  }

  /// The street's plan: every household twice a year, so a sixth each month; every resident unit monthly.
  private mutating func writeVisits(in month: Month, _ index: Int) {
    let count = dwellings.count
    let sixth = dwellings[(index + 2) * count / 6..<(index + 3) * count / 6]
    let households = sixth.map { ("household", "dwelling", $0.id) }
    let units = residentUnits.map { ("unit", "resident_unit", $0) }
    let staff = workers.filter { $0.to == nil && $0.from <= month.days.lowerBound }
    for (targets, rate) in [
      (households, performance.households[index]), (units, performance.units[index]),
    ] {
      var plans: [(id: Int64, day: Day)] = []
      let days = work.within(month.days)
      for (place, (sort, field, target)) in targets.enumerated() {
        let plan = add(
          "visit_plan",
          [
            "sort": .text(sort), "month": .text(month.period),
            "worker": .integer(staff[place % staff.count].id), field: .integer(target),
          ])
        plans.append((plan, days[place * days.count / targets.count]))
      }
      writeVisits(of: plans, at: rate)
    }
  }

  /// Some of those not met were tried in vain; an attempt is not a visit (C12).
  private mutating func writeVisits(of plans: [(id: Int64, day: Day)], at permille: Int) {
    let missed = shortfall(of: plans.count, at: permille)
    let failed = Set(random.sample(missed, of: plans.map(\.id)))
    for plan in plans {
      let isMissed = failed.contains(plan.id)
      if isMissed && random.chance(400) { continue }
      add(
        "visit",
        [
          "plan": .integer(plan.id), "day": .day(plan.day),
          "outcome": .text(isMissed ? "attempt" : "made"),
        ])
    }
  }

  // MARK: Ledgers

  private mutating func writeLedgers() {
    let people =
      facts.number == 2
      ? [[28, -25, 3, -4, 0], [37, -21, 4, -6, 2], [9, -7, 1, -1, 0]]
      : (0..<3).map { month in
        let share = month == 2 ? 3 : 1
        return [
          random.within(18...44) / share, -random.within(14...38) / share,
          random.within(1...5) / share, -random.within(1...6) / share, 0,
        ]
      }
    writeLedger("residents", closing: facts.residents, people)
    let units = facts.units.reduce(0) { $0 + $1.count }
    writeLedger("units", closing: units, [[1, -1, 0, 0, 0], [1, 0, 0, 0, 0], [0, 0, 0, 0, 0]])
    let organisations = facts.organisations.reduce(0) { $0 + $1.count }
    writeLedger(
      "organisations", closing: organisations,
      [[1, 0, 0, 0, 0], [0, 0, 0, 0, 0], [0, 0, 0, 0, 0]])
  }

  /// Counted closings are real, and openings follow from the balance: what is off is the movements.
  private mutating func writeLedger(
    _ ledger: String, closing april: Int, _ movements: [[Int]]
  ) {
    let off = (0..<3).map { month in
      performance.ledgersOff.filter { $0.month == month && $0.ledger == ledger }
        .reduce(0) { $0 + $1.difference }
    }
    let sums = movements.map { $0.reduce(0, +) }
    let march = april - sums[1] - off[1]
    let openings = [march - sums[0] - off[0], march, april]
    for (index, month) in TimeLine.months.enumerated() {
      var values: [String: Value] = [
        "ledger": .text(ledger), "month": .text(month.period),
        "opening": .integer(openings[index]),
      ]
      if month.isOver { values["counted"] = .integer([march, april][index]) }
      add("ledger_count", values)
      for (cause, total) in zip(["in", "out", "birth", "death", "correction"], movements[index]) {
        writeMovements(ledger, cause, total, in: month)
      }
    }
  }

  /// Households of up to four move at a time; births and deaths come one by one.
  private mutating func writeMovements(
    _ ledger: String, _ cause: String, _ total: Int, in month: Month
  ) {
    let isMove = ledger == "residents" && (cause == "in" || cause == "out")
    var left = abs(total)
    while left > 0 {
      let quantity =
        cause == "correction" ? left : isMove ? min(left, random.within(1...4)) : 1
      left -= quantity
      var values: [String: Value] = [
        "ledger": .text(ledger), "day": .day(random.pick(work.within(month.days))),
        "cause": .text(cause), "quantity": .integer(total < 0 ? -quantity : quantity),
      ]
      if cause == "correction" { values["reason"] = .text("三月两人漏登，核对户籍后补录") }
      add("ledger_movement", values)
    }
  }
}
