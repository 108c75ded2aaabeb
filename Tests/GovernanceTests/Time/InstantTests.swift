import Governance
import Testing

struct InstantTests {
  @Test func `A moment is shown as the clock in China shows it`() throws {
    let day = try Day.parse("2026-05-12")
    let instant = Instant(day, hour: 9, minute: 30, second: 5)
    #expect(instant.description == "2026-05-12 09:30")
    #expect(instant.toTheSecond == "2026-05-12 09:30:05")
    #expect(instant.iso == "2026-05-12T09:30:05+08:00")
    #expect(instant.label == Words("2026年5月12日 09:30", "12 May 2026 09:30"))
    #expect(instant.day == day)
  }

  @Test func `Midnight in China is four in the afternoon of the day before in UTC`() throws {
    #expect(try Instant.parse("2026-05-11T16:00:00Z") == Instant(Day.parse("2026-05-12")))
    #expect(Instant(milliseconds: 0).description == "1970-01-01 08:00")
    #expect(Instant(milliseconds: -1).iso == "1970-01-01T07:59:59.999+08:00")
    #expect(Instant(milliseconds: -8 * 3_600_000 - 1).day.description == "1969-12-31")
  }

  @Test(arguments: [
    "2026-05-12 09:30", "2026-05-12T09:30", "2026-05-12 09:30:00", "2026-05-12T09:30:00.000",
    "2026-05-12T09:30+08:00", "2026-05-12T01:30Z",
  ])
  func `The same moment can be written in several ways`(text: String) throws {
    #expect(try Instant.parse(text).description == "2026-05-12 09:30")
  }

  @Test(arguments: [
    "2026-05-12", "2026-05-12 24:00", "2026-05-12 09:60", "2026-05-12 9", "2026-02-30 09:30",
    "2026-05-12 09:30:60", "5月12日 09:30", "2026-05-12 09:30.5", "2026-05-12T09:30+00:00", "",
    "2026-05-12 -9:30", "2026-05-12 09:30:00.1",
  ])
  func `What is no moment is refused`(text: String) throws {
    let problem = try #require(throws: Problem.self) { try Instant.parse(text) }
    #expect(problem.hint?.english == "write it like 2026-05-12 09:30")
  }

  @Test func `Any moment reads back from its text`() throws {
    var random = Seeded(7)
    for _ in 0..<1000 {
      let instant = Instant(
        milliseconds: .random(in: -2_000_000_000_000...4_000_000_000_000, using: &random))
      #expect(Instant(instant.iso) == instant)
    }
  }

  // domain.md §1.E: the 24 h clock runs through nights and holidays.
  @Test func `Hours run through midnight`() throws {
    let found = try Instant.parse("2026-04-30 17:45")
    #expect(found.adding(hours: 24).description == "2026-05-01 17:45")
  }
}
