import Governance
import Testing

struct WorkCalendarTests {
  let calendar = ShippedCalendar.calendar

  private func day(_ text: String) throws -> Day { try Day.parse(text) }

  // domain.md §3.3, every row: posted, 5 working days not counting and counting that day.
  @Test(arguments: [
    ("2011-05-16", "2011-05-23", "2011-05-20"),
    ("2011-05-22", "2011-05-27", "2011-05-27"),
    ("2011-05-23", "2011-05-30", "2011-05-27"),
    ("2024-04-26", "2024-05-07", "2024-05-06"),
    ("2026-02-10", "2026-02-24", "2026-02-14"),
    ("2026-04-30", "2026-05-11", "2026-05-09"),
  ])
  func `Five working days of publicity end as the table says`(
    posted: String, notCounting: String, counting: String
  ) throws {
    let without = try calendar.addWorkdays(from: day(posted), count: 5)
    #expect(without.due.description == notCounting)
    #expect(!without.countsFirstDay)
    #expect(!without.isProvisional)
    let with = try calendar.addWorkdays(from: day(posted), count: 5, countingFirstDay: true)
    #expect(with.due.description == counting)
    #expect(with.countsFirstDay)
    #expect(!with.isProvisional)
  }

  // domain.md §3.3, last row.
  @Test func `What needs the 2027 notice is provisional and says so`() throws {
    let deadline = try calendar.addWorkdays(from: day("2026-12-29"), count: 5)
    #expect(deadline.due.description == "2027-01-06")
    #expect(deadline.isProvisional)
    #expect(deadline.calendarVersion == ShippedCalendar.file.version)
    #expect(
      deadline.label
        == Words(
          "自2026年12月29日起5个工作日（当日不计入），至2027年1月6日（暂定，放假通知尚未公布）",
          "5 working days from 29 December 2026, not counting that day: 6 January 2027 "
            + "(provisional until the holiday notice is out)"))
    let counting = try calendar.addWorkdays(
      from: day("2026-12-29"), count: 5, countingFirstDay: true)
    #expect(counting.due.description == "2027-01-05")
    #expect(counting.isProvisional)
  }

  @Test func `A deadline says how it was counted`() throws {
    let deadline = try calendar.addWorkdays(from: day("2026-04-30"), count: 5)
    #expect(deadline.label.chinese == "自2026年4月30日起5个工作日（当日不计入），至2026年5月11日")
    let back = try calendar.addWorkdays(
      from: day("2026-05-11"), count: -5, countingFirstDay: true)
    #expect(
      back.label.english == "5 working days back from 11 May 2026, counting that day: 6 May 2026")
  }

  // domain.md §0.4: the plan's own trap, both conventions.
  @Test func `A list posted on the first working day of the plan's phase ends after it`() throws {
    let phaseEnds = try day("2011-05-29")
    let sunday = try calendar.addWorkdays(from: day("2011-05-22"), count: 5)
    let monday = try calendar.addWorkdays(from: day("2011-05-23"), count: 5)
    let counting = try calendar.addWorkdays(
      from: day("2011-05-23"), count: 5, countingFirstDay: true)
    #expect(sunday.due <= phaseEnds)
    #expect(monday.due > phaseEnds)
    #expect(counting.due <= phaseEnds)
  }

  @Test(arguments: [
    ("2011-12-31", true, "国办发明电〔2011〕45号"),  // Saturday, in the notice for 2012
    ("2007-12-29", true, "国办发明电〔2007〕52号"),
    ("2018-12-31", false, "国办发明电〔2018〕15号"),
    ("2022-12-31", false, "国办发明电〔2022〕16号"),
    ("2006-12-30", true, "国办发明电〔2006〕49号"),
    ("2015-09-04", false, "国发明电〔2015〕1号"),
    ("2015-09-06", true, "国发明电〔2015〕1号"),
  ])
  func `A day is looked up in whichever notice lists it`(
    text: String, worked: Bool, notice: String
  ) throws {
    let status = try calendar.status(of: day(text))
    #expect(status.isWorkday == worked)
    #expect(status.notice == notice)
    #expect(!status.isProvisional)
  }

  // domain.md §6.7: the emergency extension of 2020; Labour Day of 2019 was changed in March.
  @Test func `The notice issued last decides`() throws {
    let saturday = try calendar.status(of: day("2020-02-01"))
    #expect(saturday.isWorkday == false)
    #expect(saturday.notice == "国办发明电〔2020〕1号")
    #expect(saturday.holiday == "春节（延长）")
    #expect(try calendar.isWorkday(day("2020-02-03")))
    #expect(try calendar.status(of: day("2019-05-02")).notice == "国办发明电〔2019〕3号")
    #expect(try calendar.isWorkday(day("2019-05-05")))
  }

  @Test func `Days that no notice lists go by the weekday`() throws {
    #expect(try calendar.isWorkday(day("2026-05-12")))
    #expect(try !calendar.isWorkday(day("2026-05-16")))
    #expect(try calendar.status(of: day("2026-05-16")).holiday == nil)
  }

  // decisions.md 26.
  @Test(arguments: [
    ("2026-12-28", false), ("2026-12-29", true), ("2026-12-31", true), ("2025-12-31", false),
    ("2027-01-01", false), ("2027-01-04", true), ("2027-02-05", false), ("2027-05-01", false),
    ("2027-05-02", false), ("2027-05-03", true), ("2027-10-03", false), ("2027-10-04", true),
    ("2028-01-01", false), ("2028-01-26", true), ("2006-12-29", true),
  ])
  func `After the last notice only statutory days are certain`(
    text: String, provisional: Bool
  ) throws {
    #expect(try calendar.isProvisional(day(text)) == provisional)
  }

  @Test func `Statutory days are off without a notice`() throws {
    let newYear = try calendar.status(of: day("2027-01-01"))
    #expect(!newYear.isWorkday)
    #expect(newYear.holiday == "元旦")
    #expect(newYear.notice == nil)
    let spring = try Period.parse("2027-02-05/2027-02-08")
    #expect(spring.days.allSatisfy { !calendar.isWorkday($0) })
    #expect(calendar.settledThrough?.description == "2026-12-28")
  }

  // The statute of 2024 is in force from 2025; before any notice nothing is known of 2006.
  @Test func `The statute does not reach back`() throws {
    let status = try calendar.status(of: day("2006-05-01"))
    #expect(status.isWorkday)
    #expect(status.isProvisional)
  }

  // domain.md §8 P11: due on the third working day of the next month.
  @Test(arguments: [
    ("2026-05", 3, "2026-05-08"), ("2026-05", 1, "2026-05-06"), ("2026-02", -1, "2026-02-28"),
    ("2026-10", 1, "2026-10-08"), ("2026-04", -1, "2026-04-30"), ("2026-04", -2, "2026-04-29"),
    ("2026-Q2", 10, "2026-04-15"),
  ])
  func `The nth working day of a period`(text: String, number: Int, due: String) throws {
    #expect(try calendar.workday(number, of: Period.parse(text)).due.description == due)
  }

  @Test func `A period without such a working day says so`() throws {
    let week = try Period.parse("2026-W08")
    let problem = try #require(throws: Problem.self) { try calendar.workday(1, of: week) }
    #expect(problem.message.chinese == "2026年第8周只有0个工作日，没有第1个")
    #expect(throws: Problem.self) { try calendar.workday(0, of: Period.parse("2026-05")) }
    #expect(throws: Problem.self) { try calendar.workday(23, of: Period.parse("2026-05")) }
  }

  // domain.md §9: the week of 16–22 February 2026 is excused, it has no working day.
  @Test(arguments: [
    ("2026-W08", 0), ("2026-02", 16), ("2026-05", 19), ("2026-W19", 4), ("2026", 248),
    ("2011-05", 21), ("2025", 248), ("2020-01", 17),
  ])
  func `Working days of a period`(text: String, count: Int) throws {
    let workdays = try calendar.workdays(in: Period.parse(text))
    #expect(workdays.count == count)
    #expect(workdays.isProvisional == (text == "2026"))
  }

  @Test func `Three working days late is counted in working days`() throws {
    let due = try day("2026-04-30")
    #expect(try calendar.workdays(after: due, through: day("2026-05-05")) == 0)
    #expect(try calendar.workdays(after: due, through: day("2026-05-06")) == 1)
    #expect(try calendar.workdays(after: due, through: day("2026-05-08")) == 3)
    #expect(try calendar.workdays(after: day("2026-05-08"), through: due) == -3)
    #expect(try calendar.workdays(after: due, through: due) == 0)
  }

  // domain.md §6.4: Civil Code 201 (first day not counted), 203 (last day moves on), 204 (or counted).
  @Test(arguments: [
    ("2026-04-15", 15, false, "2026-04-30"), ("2026-04-15", 15, true, "2026-04-29"),
    ("2026-04-16", 15, false, "2026-05-06"), ("2026-04-16", 15, true, "2026-04-30"),
    ("2026-04-24", 15, false, "2026-05-09"), ("2026-05-01", 15, false, "2026-05-18"),
    ("2026-05-01", 15, true, "2026-05-15"), ("2026-05-12", 0, false, "2026-05-12"),
    ("2026-05-16", 0, false, "2026-05-18"),
  ])
  func `Calendar days end on a working day`(
    start: String, count: Int, counting: Bool, due: String
  ) throws {
    let deadline = try calendar.addDays(
      from: day(start), count: count, countingFirstDay: counting)
    #expect(deadline.due.description == due)
    #expect(deadline.unit == .days)
  }

  @Test func `Counting back in calendar days is not moved`() throws {
    #expect(
      try calendar.addDays(from: day("2026-05-12"), count: -10).due.description == "2026-05-02")
    #expect(
      try calendar.addDays(from: day("2026-05-12"), count: -10, countingFirstDay: true).due
        .description == "2026-05-03")
  }

  @Test func `Nothing to count stays, or moves to a working day`() throws {
    #expect(try calendar.addWorkdays(from: day("2026-05-12"), count: 0).due == day("2026-05-12"))
    #expect(try calendar.addWorkdays(from: day("2026-05-01"), count: 0).due == day("2026-05-06"))
  }

  @Test(arguments: [Int.max, Int.min, 10_001, -10_001])
  func `A count without end is refused`(count: Int) throws {
    let problem = try #require(throws: Problem.self) {
      try calendar.addWorkdays(from: day("2026-05-12"), count: count)
    }
    #expect(problem.message.chinese == "一次最多推算10000天，这里是\(count)")
    #expect(throws: Problem.self) { try calendar.addDays(from: day("2026-05-12"), count: count) }
    #expect(throws: Problem.self) {
      try calendar.workdays(in: Period.parse("1000-01-01/2026-01-01"))
    }
  }

  @Test(arguments: 1...20)
  func `Adding and subtracting working days invert each other from a working day`(
    seed: UInt64
  ) throws {
    var random = Seeded(seed)
    for _ in 0..<50 {
      let drawn = Day(ordinal: .random(in: 13_514...20_818, using: &random))  // 2007 to 2026
      let start = try calendar.addWorkdays(from: drawn, count: 0).due
      let count = Int.random(in: -300...300, using: &random)
      let there = try calendar.addWorkdays(from: start, count: count).due
      #expect(try calendar.addWorkdays(from: there, count: -count).due == start)
      #expect(try calendar.workdays(after: start, through: there) == count)
      #expect(calendar.isWorkday(there))
      guard count != 0 else { continue }
      let counted = try calendar.addWorkdays(from: start, count: count, countingFirstDay: true).due
      let back = try calendar.addWorkdays(from: counted, count: -count, countingFirstDay: true)
      #expect(back.due == start)
      #expect(abs(counted - start) < abs(there - start))
    }
  }
}
