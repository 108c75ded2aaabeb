internal import Governance

/// Disclosure, questions, surveys, activities and merits (F6–F9, G5, G14, H4, H5).
extension CommunityWriter {
  mutating func writePublicity() {
    for (index, month) in TimeLine.months.enumerated() {
      writeObligations(in: month, index)
      writeQuestions(in: month, index)
      writeActivities(in: month, index)
      if performance.merits[index] > 0 { writeMerit(in: month, performance.merits[index]) }
    }
    writeCandidates()
    writePanel("2025-Q4", completed: date(2026, 1, 9), performance.survey[0])
    writePanel("2026-Q1", completed: date(2026, 4, 8), performance.survey[1])
  }

  private struct Duty {
    let sort, title: String
    let decided, due: Day
  }

  /// Finance on the tenth working day after the quarter; major matters five working days after the decision.
  private func duties(in month: Month, titles: [String]) -> [Duty] {
    let days = work.within(month.days)
    let number = month.isOver ? 5 : 2
    var duties: [Duty] = (0..<number).map { item in
      let due = days[days.count * (2 * item + 1) / (2 * number)]
      return Duty(
        sort: item == 3 ? "other" : "major_matter", title: titles[item],
        decided: work.subtracting(5, from: due), due: due)
    }
    if month.period == "2026-04" {
      let quarter = date(2026, 3, 31)
      duties.append(
        Duty(
          sort: "finance", title: "一季度财务收支", decided: quarter,
          due: work.adding(10, to: quarter)))
    }
    return duties
  }

  /// Removed early or posted late is chosen from the front, so that both can be told apart.
  private mutating func writeObligations(in month: Month, _ index: Int) {
    let duties = duties(in: month, titles: random.shuffled(Texts.disclosures))
    let late = performance.lateDisclosures[index]
    var short = performance.keptShort[index]
    for (item, duty) in duties.enumerated() {
      let isLate = item >= 1 && item <= late
      let posted =
        isLate
        ? work.adding(2, to: duty.due) : work.subtracting(1 + random.below(3), from: duty.due + 1)
      let keepUntil = posted + 15
      let isShort = short > 0 && !isLate && month.days.contains(keepUntil)
      if isShort { short -= 1 }
      let removed = isShort ? posted + 12 : keepUntil + random.below(4)
      var values: [String: Value] = [
        "sort": .text(duty.sort), "title": .text(duty.title), "decided": .day(duty.decided),
        "due": .day(duty.due),
      ]
      if posted <= TimeLine.today {
        values["posted"] = .day(posted)
        values["keep_until"] = .day(keepUntil)
        if removed <= TimeLine.today { values["removed"] = .day(removed) }
      }
      add("obligation", values)
    }
  }

  /// The candidates for the empty posts, posted on 30 April: five working days end on 11 May,
  /// because Saturday 9 May is worked. One names himself and objects on the fourth; one does not.
  private mutating func writeCandidates() {
    guard [2, 6, 7].contains(facts.number) else { return }
    let posted = date(2026, 4, 30)
    add(
      "obligation",
      [
        "sort": .text("other"), "title": .text("楼栋长和议事会候选名单公示（\(facts.noticeWorkdays)个工作日）"),
        "decided": .day(date(2026, 4, 29)), "due": .day(posted), "posted": .day(posted),
        "keep_until": .day(posted + 15),
      ])
    guard facts.number != 2 else { return }
    let isNamed = facts.number == 6
    let asked = work.adding(isNamed ? 4 : 2, to: posted)
    add(
      "question",
      [
        "subject": .text(isNamed ? "对候选名单提出实名异议：一名候选人已不在本楼居住" : "匿名反映候选名单程序问题，登记备查"),
        "channel": .text(isNamed ? "window" : "board"), "asked": .day(asked),
        "due": .day(work.adding(facts.questionWorkdays, to: asked)),
      ])
  }

  private mutating func writeQuestions(in month: Month, _ index: Int) {
    let days = work.within(month.days)
    let number = month.isOver ? 6 : 2
    for item in 0..<number {
      let due = days[days.count * (2 * item + 1) / (2 * number)]
      let answered =
        item < performance.lateAnswers[index]
        ? work.adding(2, to: due)
        : work.subtracting(random.within(1...(facts.questionWorkdays - 1)), from: due)
      writeQuestion(
        channel: random.pick(["board", "virtual", "window"]),
        asked: work.subtracting(facts.questionWorkdays, from: due), due: due, answered: answered)
    }
    // In one virtual room a message has waited for three days.
    guard facts.number == 3, !month.isOver else { return }
    let asked = date(2026, 5, 9)
    writeQuestion(
      channel: "virtual", asked: asked, due: work.adding(facts.questionWorkdays, to: asked),
      answered: nil)
  }

  private mutating func writeQuestion(channel: String, asked: Day, due: Day, answered: Day?) {
    var values: [String: Value] = [
      "subject": .text(random.pick(Texts.questions)), "channel": .text(channel),
      "asked": .day(asked), "due": .day(due),
    ]
    if let answered, answered <= TimeLine.today { values["answered"] = .day(answered) }
    add("question", values)
  }

  private mutating func writeActivities(in month: Month, _ index: Int) {
    let active =
      organisations.count - shortfall(of: organisations.count, at: performance.active[index])
    for organisation in random.sample(active, of: organisations) {
      for _ in 0...random.below(2) {
        add(
          "activity",
          [
            "organisation": .integer(organisation),
            "day": .day(month.days.lowerBound + random.below(month.length)),
            "title": .text(random.pick(Texts.activities)),
          ])
      }
    }
  }

  private mutating func writeMerit(in month: Month, _ tenths: Int) {
    add(
      "merit",
      [
        "title": .text("自治做法在街道例会上交流推广"), "day": .day(month.days.lowerBound + 12),
        "points": .decimal(Decimal(units: Int64(tenths), places: 1)),
        "approved": .day(month.days.lowerBound + 20),
      ])
  }

  /// A hundred and twenty residents were asked; not all answered.
  private mutating func writePanel(_ panel: String, completed: Day, _ permille: Int) {
    let asked = 120
    let answered = random.within(94...108)
    let unhappy = shortfall(of: answered, at: permille)
    for number in 0..<asked {
      var values: [String: Value] = [
        "panel": .text(panel), "completed": .day(completed),
        "answered": .boolean(number < answered),
      ]
      if number < answered { values["satisfied"] = .boolean(number >= unhappy) }
      add("survey_answer", values)
    }
  }
}
