import Governance
import Testing

// decisions.md 21; formulas.md, "Period algebra".
struct PeriodTests {
  static func period(_ text: String) throws -> Period { try Period.parse(text) }
  static func day(_ text: String) throws -> Day { try Day.parse(text) }

  struct Row: CustomTestStringConvertible {
    let text: String
    let first: String
    let last: String
    let chinese: String
    let english: String
    var testDescription: String { text }
  }

  static let rows = [
    Row(
      text: "2026-05-12", first: "2026-05-12", last: "2026-05-12", chinese: "2026年5月12日",
      english: "12 May 2026"),
    Row(
      text: "2026-W20", first: "2026-05-11", last: "2026-05-17", chinese: "2026年第20周",
      english: "week 20 of 2026"),
    Row(
      text: "2026-W53", first: "2026-12-28", last: "2027-01-03", chinese: "2026年第53周",
      english: "week 53 of 2026"),
    Row(
      text: "2025-W01", first: "2024-12-30", last: "2025-01-05", chinese: "2025年第1周",
      english: "week 1 of 2025"),
    Row(
      text: "2026-05-X1", first: "2026-05-01", last: "2026-05-10", chinese: "2026年5月上旬",
      english: "early May 2026"),
    Row(
      text: "2026-05-X2", first: "2026-05-11", last: "2026-05-20", chinese: "2026年5月中旬",
      english: "mid May 2026"),
    Row(
      text: "2026-02-X3", first: "2026-02-21", last: "2026-02-28", chinese: "2026年2月下旬",
      english: "late February 2026"),
    Row(
      text: "2026-04", first: "2026-04-01", last: "2026-04-30", chinese: "2026年4月",
      english: "April 2026"),
    Row(
      text: "2024-02", first: "2024-02-01", last: "2024-02-29", chinese: "2024年2月",
      english: "February 2024"),
    Row(
      text: "2026-Q2", first: "2026-04-01", last: "2026-06-30", chinese: "2026年第二季度",
      english: "second quarter of 2026"),
    Row(
      text: "2026-H1", first: "2026-01-01", last: "2026-06-30", chinese: "2026年上半年",
      english: "first half of 2026"),
    Row(
      text: "2026-H2", first: "2026-07-01", last: "2026-12-31", chinese: "2026年下半年",
      english: "second half of 2026"),
    Row(text: "2026", first: "2026-01-01", last: "2026-12-31", chinese: "2026年", english: "2026"),
    Row(
      text: "2026-04-01/2026-04-20", first: "2026-04-01", last: "2026-04-20",
      chinese: "2026年4月1日至2026年4月20日", english: "1 April 2026 to 20 April 2026"),
  ]

  @Test(arguments: rows)
  func `A period has its days, its label and one spelling`(row: Row) throws {
    let period = try Self.period(row.text)
    #expect(period.first.description == row.first)
    #expect(period.last.description == row.last)
    #expect(period.label == Words(row.chinese, row.english))
    #expect(period.description == row.text)
    #expect(period.length == period.last - period.first + 1)
    #expect(period.days.count == period.length)
  }

  @Test(arguments: [
    ("2026-13", "没有“2026-13”这个期间：一年只有1月至12月"),
    ("2026-00", "没有“2026-00”这个期间：一年只有1月至12月"),
    ("2026-W54", "没有“2026-W54”这个期间：2026年只有第1周至第53周"),
    ("2025-W53", "没有“2025-W53”这个期间：2025年只有第1周至第52周"),
    ("2026-W00", "没有“2026-W00”这个期间：2026年只有第1周至第53周"),
    ("2026-02-30", "没有“2026-02-30”这个期间：2026年2月只有1日至28日"),
    ("2026-02-00", "没有“2026-02-00”这个期间：2026年2月只有1日至28日"),
    ("2026-05-X4", "没有“2026-05-X4”这个期间：一个月只有上、中、下三旬"),
    ("2026-Q5", "没有“2026-Q5”这个期间：一年只有四个季度"),
    ("2026-H0", "没有“2026-H0”这个期间：一年只有上、下两个半年"),
    ("0000-01", "没有“0000-01”这个期间：年份从1年开始"),
    ("2026-04-20/2026-04-01", "没有“2026-04-20/2026-04-01”这个期间：结束日早于开始日"),
    ("2026-04-01/2026-04-31", "没有“2026-04-01/2026-04-31”这个期间：“2026-04-31”不是一个日期"),
    ("2026-04/2026-13", "没有“2026-04/2026-13”这个期间：“2026-13”不是一个日期"),
    ("2026-04/05", "没有“2026-04/05”这个期间：“05”不是一个日期"),
    ("2026-4-31", "没有“2026-4-31”这个期间：2026年4月只有1日至30日"),
    ("2026年13月", "没有“2026年13月”这个期间：一年只有1月至12月"),
  ])
  func `A period that does not exist says why`(text: String, message: String) throws {
    let problem = try #require(throws: Problem.self) { try Self.period(text) }
    #expect(problem.code == .periodInvalid)
    #expect(problem.message.chinese == message)
  }

  @Test(arguments: [
    ("2026-q2", "2026-Q2"), ("2026-w20", "2026-W20"), ("2026年4月", "2026-04"), ("2026.4", "2026-04"),
    ("2026-5-1", "2026-05-01"), ("2026年5月12日", "2026-05-12"), ("2026年", "2026"),
    ("2026-4", "2026-04"), ("２０２６-04", "2026-04"), ("２０２６", "2026"), ("2026/4", "2026-04"),
    ("2026 年 4 月份", "2026-04"), ("4月", "2026-04"), ("5月中旬", "2026-05-X2"), ("2026-W2", "2026-W02"),
    ("第二季度", "2026-Q2"), ("2026年第2季度", "2026-Q2"), ("下半年", "2026-H2"),
    ("2026年4月1日至15日", "2026-04-01/2026-04-15"), ("4月1日到4月15日", "2026-04-01/2026-04-15"),
    ("2026年3月至4月", "2026-03-01/2026-04-30"), ("2026-03/2026-04", "2026-03-01/2026-04-30"),
    ("4月1日-15日", "2026-04-01/2026-04-15"), ("2025年12月～2026年1月", "2025-12-01/2026-01-31"),
    ("2025年12月至2026年1月", "2025-12-01/2026-01-31"),
  ])
  func `A period is read as people write it`(text: String, meant: String) throws {
    #expect(try Period.parse(text, today: Self.day("2026-05-12")).description == meant)
  }

  @Test(arguments: [
    "", "-", "/", "26", "last month", "2026-AB", "2026-05-12-1", "4月", "2026-W200", "2026-Q",
    "2026-05-X",
    "20260512", "2026-05-12/2026-05-13/2026-05-14", "上个月", "2026-+5",
  ])
  func `What is spelled like no period is told the forms`(text: String) throws {
    let problem = try #require(throws: Problem.self) { try Self.period(text) }
    #expect(problem.code == .periodInvalid)
    #expect(problem.message.english == "'\(text)' is not a period")
    #expect(problem.hint?.chinese.hasPrefix("可写：日 2026-05-12，周 2026-W20，旬 2026-05-X2") == true)
  }

  @Test(arguments: [
    ("2026-05-12", 1, "2026-05-13"), ("2026-W53", 1, "2027-W01"), ("2026-W01", -1, "2025-W52"),
    ("2026-01-X1", -1, "2025-12-X3"), ("2026-02-X3", 1, "2026-03-X1"), ("2026-01", -1, "2025-12"),
    ("2026-12", 1, "2027-01"), ("2026-Q1", -1, "2025-Q4"), ("2026-H2", 1, "2027-H1"),
    ("2026", -1, "2025"),
    ("2026-04-01/2026-04-20", 1, "2026-04-21/2026-05-10"), ("2026-04", 14, "2027-06"),
    ("2026-04-01/2026-04-20", -2, "2026-02-20/2026-03-11"), ("2026-04", 0, "2026-04"),
  ])
  func `Moving among periods`(text: String, count: Int, result: String) throws {
    #expect(try Self.period(text).offset(by: count).description == result)
  }

  @Test(arguments: ["2026-04", "2026-05-12", "2026", "2026-W20", "2026-04-01/2026-04-20"])
  func `Moving out of the calendar is refused`(text: String) throws {
    let period = try Self.period(text)
    for count in [Int.max, Int.min, 10_000_000, -10_000_000] {
      let problem = try #require(throws: Problem.self) { try period.offset(by: count) }
      #expect(problem.code == .periodInvalid)
      #expect(problem.message.chinese == "没有“\(text)”这个期间：推算后超出了1年至9999年")
    }
    #expect(throws: Problem.self) { try Self.period("9999-12").next }
    #expect(throws: Problem.self) { try Self.period("0001").previous }
    #expect(throws: Problem.self) { try period.trailing(.max) }
    #expect(throws: Problem.self) { try Self.period("0001-01-01/9999-12-31").subperiods(.day) }
  }

  @Test(arguments: [
    ("2026-02-28", "2025-02-28"), ("2024-02-29", "2023-02-28"), ("2026-W20", "2025-W20"),
    ("2026-W53", "2025-W52"), ("2026-05-X2", "2025-05-X2"), ("2026-04", "2025-04"),
    ("2026-Q2", "2025-Q2"),
    ("2026-H1", "2025-H1"), ("2026", "2025"), ("2024-02-01/2024-02-29", "2023-02-01/2023-02-28"),
  ])
  func `The same period last year`(text: String, result: String) throws {
    #expect(try Self.period(text).samePeriodLastYear.description == result)
  }

  @Test func `The year up to a period ends with it`() throws {
    #expect(try Self.period("2026-04").yearToDate.description == "2026-01-01/2026-04-30")
    #expect(try Self.period("2026-Q1").yearToDate.description == "2026-01-01/2026-03-31")
    #expect(try Self.period("2026-W53").yearToDate.description == "2027-01-01/2027-01-03")
  }

  @Test func `The last three months, with this one or before it`() throws {
    let april = try Self.period("2026-04")
    #expect(try april.trailing(3).map(\.description) == ["2026-02", "2026-03", "2026-04"])
    #expect(try april.preceding(3).map(\.description) == ["2026-01", "2026-02", "2026-03"])
    #expect(try april.trailing(0).isEmpty)
    #expect(try april.preceding(-1).isEmpty)
  }

  @Test func `A period falls into finer ones`() throws {
    func parts(_ text: String, _ kind: PeriodKind) throws -> [String] {
      try Self.period(text).subperiods(kind).map(\.description)
    }
    #expect(try parts("2026-Q2", .month) == ["2026-04", "2026-05", "2026-06"])
    #expect(try parts("2026-05", .tenDays) == ["2026-05-X1", "2026-05-X2", "2026-05-X3"])
    #expect(try parts("2026", .halfYear) == ["2026-H1", "2026-H2"])
    #expect(try parts("2026-04-10/2026-06-30", .month) == ["2026-05", "2026-06"])
    #expect(try parts("2026-05", .week) == ["2026-W19", "2026-W20", "2026-W21", "2026-W22"])
    #expect(
      try parts("2026-04", .week) == ["2026-W14", "2026-W15", "2026-W16", "2026-W17", "2026-W18"])
    #expect(try parts("2026-04", .quarter).isEmpty)
    #expect(try Self.period("2026-02").subperiods(.day).count == 28)
  }

  @Test func `Every week of a year is in exactly one of its months`() throws {
    for year in 2020...2030 {
      let months = try Self.period(String(year)).subperiods(.month)
      let weeks = try months.flatMap { try $0.subperiods(.week) }
      #expect(weeks.count == Day.weeks(inYear: year))
      #expect(try weeks == Self.period(String(year)).subperiods(.week))
    }
  }

  @Test(arguments: PeriodKind.allCases)
  func `Every day lies in one period of each kind, without gap`(kind: PeriodKind) throws {
    var period = Period.containing(try Self.day("2007-12-25"), kind)
    for day in try Self.day("2007-12-25")...Self.day("2028-01-10") {
      if !period.contains(day) {
        let next = try period.next
        #expect(next.first == period.last + 1)
        #expect(try next.previous == period)
        #expect(period < next)
        period = next
      }
      #expect(period.contains(day))
      #expect(Period.containing(day, kind) == period)
      #expect(try Period.parse(period.description) == period)
    }
  }

  @Test(arguments: 1...20)
  func `Moving there and back ends where it began`(seed: UInt64) throws {
    var random = Seeded(seed)
    for _ in 0..<50 {
      let day = Day(ordinal: .random(in: 10_000...25_000, using: &random))
      let kind = try #require(PeriodKind.allCases.randomElement(using: &random))
      let count = Int.random(in: -300...300, using: &random)
      let period = Period.containing(day, kind)
      #expect(try period.offset(by: count).offset(by: -count) == period)
      let custom = try Period(from: day, to: day + .random(in: 0...400, using: &random))
      #expect(try custom.offset(by: count).offset(by: -count) == custom)
      #expect(try custom.offset(by: count).length == custom.length)
    }
  }

  // decisions.md 21: a period still running gives a provisional result.
  @Test func `A period has ended once its last day is over`() throws {
    let april = try Self.period("2026-04")
    #expect(!april.hasEnded(by: try Self.day("2026-04-30")))
    #expect(april.hasEnded(by: try Self.day("2026-05-01")))
  }

  @Test func `Periods contain and overlap`() throws {
    let quarter = try Self.period("2026-Q2")
    #expect(quarter.contains(try Self.period("2026-05")))
    #expect(!quarter.contains(try Self.period("2026-W27")))
    #expect(quarter.overlaps(try Self.period("2026-W27")))
    #expect(!quarter.overlaps(try Self.period("2026-Q3")))
  }
}
