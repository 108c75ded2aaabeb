import Governance
import Testing

struct DayTests {
  static func day(_ text: String) throws -> Day { try Day.parse(text) }

  @Test(arguments: [
    ("2011-05-16", Weekday.monday), ("2026-05-12", .tuesday), ("1970-01-01", .thursday),
    ("1969-12-28", .sunday), ("2000-02-29", .tuesday), ("0001-01-01", .monday),
    ("9999-12-31", .friday),
  ])
  func `A date has its weekday`(text: String, weekday: Weekday) throws {
    #expect(try Self.day(text).weekday == weekday)
  }

  @Test(arguments: [
    ("2026-05-12", 2026, 20), ("2026-01-01", 2026, 1), ("2027-01-01", 2026, 53),
    ("2024-12-30", 2025, 1), ("2021-01-03", 2020, 53), ("2005-01-01", 2004, 53),
  ])
  func `A week belongs to the year of its Thursday`(text: String, year: Int, week: Int) throws {
    #expect(try Self.day(text).isoWeek == (year, week))
  }

  @Test func `Years have 52 or 53 weeks`() {
    let long = (2000...2030).filter { Day.weeks(inYear: $0) == 53 }
    #expect(long == [2004, 2009, 2015, 2020, 2026])
  }

  @Test(arguments: [
    ("2026-01-31", 1, "2026-02-28"), ("2024-01-31", 1, "2024-02-29"),
    ("2026-03-31", -1, "2026-02-28"),
    ("2026-05-12", 12, "2027-05-12"), ("2026-01-15", -1, "2025-12-15"),
    ("2026-12-31", 2, "2027-02-28"),
    ("2024-02-29", 12, "2025-02-28"), ("2024-02-29", 48, "2028-02-29"),
  ])
  func `Months later stays within the month`(text: String, months: Int, result: String) throws {
    #expect(try Self.day(text).adding(months: months).description == result)
  }

  @Test(arguments: [
    "2026-02-30", "2026-13-01", "2026-00-10", "2026-05", "20260512", "0000-01-01", "", "5月12日",
    "2025-02-29",
  ])
  func `A date that does not exist is refused`(text: String) throws {
    let problem = try #require(throws: Problem.self) { try Self.day(text) }
    #expect(problem.code == .inputInvalid)
    #expect(problem.message.chinese == "“\(text)”不是一个日期")
  }

  @Test func `No number overflows a date or a moment`() throws {
    let day = try Self.day("2026-05-12")
    for count in [Int.max, Int.min] {
      for far in [day + count, day - count, day.adding(months: count), day.adding(years: count)] {
        #expect(!far.isWritable)
        #expect(!far.description.isEmpty)
        #expect(far + 1 - 1 - far <= 1)
      }
      let instant = Instant(milliseconds: Int64(count)).adding(hours: count) + Int64(count)
      #expect(!instant.day.isWritable)
      #expect(!instant.iso.isEmpty)
    }
  }

  @Test func `A date reads as people write it`() throws {
    let label = try Self.day("2026-05-12").label
    #expect(label == Words("2026年5月12日", "12 May 2026"))
  }

  @Test func `Every day of eight centuries has a name that reads back`() throws {
    let days = try Self.day("1600-01-01")...Self.day("2400-12-31")
    var weekday = try Self.day("1600-01-01").weekday.rawValue
    for day in days {
      let (year, month, dayOfMonth) = day.civil
      #expect(Day(year: year, month: month, day: dayOfMonth) == day)
      #expect(day.weekday.rawValue == weekday)
      weekday = weekday % 7 + 1
    }
    #expect(days.count == 800 * 365 + 194 + 366)
  }
}
