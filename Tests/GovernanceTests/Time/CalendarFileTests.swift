import Governance
import Testing

/// The shipped facts, and what is said of a file that is wrong.
struct CalendarFileTests {
  let calendar = ShippedCalendar.calendar

  @Test func `There is a notice for every year from 2007 to 2026`() {
    let covered = ShippedCalendar.file.notices.compactMap(\.covers)
    #expect(covered == Array(2007...2026))
    #expect(ShippedCalendar.file.provisionalYears == [2027])
    #expect(ShippedCalendar.file.notices.count == 23)
  }

  // Days off and weekend days worked by year of notice, as the notices state them.
  @Test(arguments: [
    (2007, 24, 8), (2008, 29, 6), (2009, 27, 6), (2010, 29, 8), (2011, 29, 5), (2012, 27, 7),
    (2013, 29, 12), (2014, 22, 5), (2015, 23, 4), (2016, 24, 6), (2017, 24, 5), (2018, 23, 6),
    (2019, 21, 5), (2020, 27, 7), (2021, 31, 7), (2022, 31, 7), (2023, 27, 7), (2024, 28, 8),
    (2025, 28, 5), (2026, 33, 6),
  ])
  func `Each notice lists as many days as it announces`(year: Int, off: Int, worked: Int) throws {
    let notice = try #require(ShippedCalendar.file.notices.first { $0.covers == year })
    let daysOff = try notice.off.reduce(0) { try $0 + Period.parse($1.days).length }
    #expect(daysOff == off)
    #expect(notice.worked.count == worked)
  }

  @Test func `Every day listed as worked is a weekend day`() throws {
    for notice in ShippedCalendar.file.notices {
      for text in notice.worked {
        #expect(try Day.parse(text).weekday.isWeekend, "\(notice.number) \(text)")
      }
    }
  }

  // 全国年节及纪念日放假办法: every statutory day of the solar calendar is off in every year.
  @Test(arguments: 2008...2027)
  func `New Year, Labour Day and National Day are off`(year: Int) throws {
    for text in ["01-01", "05-01", "10-01", "10-02", "10-03"] {
      #expect(try !calendar.isWorkday(Day.parse("\(year)-\(text)")), "\(year)-\(text)")
    }
  }

  private func problems(
    _ notices: [Notice], provisional: [Int] = [], statutory: StatutoryDays? = nil
  ) -> [Problem] {
    do {
      _ = try WorkCalendar(
        notices: notices, provisionalYears: provisional, statutory: statutory, version: "1")
      return []
    } catch {
      return error.all
    }
  }

  @Test func `Everything wrong in a file is reported at once, with its place`() throws {
    let first = Notice(
      number: "甲", title: "甲", issued: "2025-13-01", covers: 2026,
      off: [
        .init("元旦", "2026-01-01/2026-01-03"), .init("元旦", "2026-01-03"),
        .init("春节", "2026-02-30"), .init("国庆节", "2027-10-01"),
      ],
      worked: ["2026-01-01", "2026-01-05", "2026-01-4"], at: Place(file: "calendar.yaml", line: 9))
    let second = Notice(
      number: "甲", title: "乙", issued: "2025-12-01", covers: 2026,
      at: Place(file: "calendar.yaml", line: 20))
    let found = problems([first, second], provisional: [2026])
    #expect(found.allSatisfy { $0.code == .calendarInvalid })
    #expect(found.allSatisfy { $0.place?.file == "calendar.yaml" })
    #expect(
      found.map(\.message.chinese) == [
        "《甲》把 2026-01-03 列了两次",
        "《甲》里的“2026-02-30”不是日期，或该月没有这一天",
        "《甲》管2026年，却列了 2027-10-01",
        "《甲》里 2026-01-01 既放假又上班",
        "《甲》里的“2026-01-4”不是日期，或该月没有这一天",
        "《甲》里的“2025-13-01”不是日期，或该月没有这一天",
        "《甲》没有列出任何日子",
        "《甲》出现了两次",
        "《甲》已经安排了2026年，但 provisional_years 里还有2026",
        "《甲》和《甲》都说管2026年",
        "《甲》已经安排了2026年，但 provisional_years 里还有2026",
        "《甲》把 2026-01-05（星期一）列为上班，这一天本来就上班",
      ])
    #expect(found[0].place?.line == 9)
    #expect(found[6].place?.line == 20)
  }

  @Test(arguments: ["2026-05", "2026", "2026-W20", "2026-05-01/2026-07-01", "", "五一"])
  func `Days off are a day or a short span`(text: String) {
    let notice = Notice(
      number: "甲", title: "甲", issued: "2025-12-01", off: [.init("劳动节", text)])
    #expect(problems([notice]).map(\.code) == [.calendarInvalid])
  }

  @Test func `Statutory days are checked too`() {
    let statutory = StatutoryDays(
      basis: "办法", from: "2025-01-01",
      solar: [.init("元旦", "01-01"), .init("元旦", "01-01"), .init("错", "02-30")],
      lunar: [.init("春节", "2027-02-05/2027-02-04")])
    #expect(
      problems([], statutory: statutory).map(\.message.english) == [
        "办法 lists 01-01 twice",
        "'02-30' in 办法 is not a date, or that month has no such day",
        "'2027-02-05/2027-02-04' in 办法 is not a date, or that month has no such day",
      ])
  }

  // A weekday may be worked again when an earlier notice had taken it off.
  @Test func `A later notice may take a day off back`() throws {
    let first = Notice(
      number: "甲", title: "甲", issued: "2025-11-01", covers: 2026,
      off: [.init("劳动节", "2026-05-01/2026-05-05")])
    let second = Notice(
      number: "乙", title: "乙", issued: "2026-04-01", worked: ["2026-05-05"])
    let calendar = try WorkCalendar(notices: [second, first], version: "1")
    #expect(try calendar.status(of: Day.parse("2026-05-05")).notice == "乙")
    #expect(try calendar.isWorkday(Day.parse("2026-05-05")))
  }

  // domain.md §6.7: the street may add a local day; it settles nothing else of the year.
  @Test func `A local notice lists its day and leaves the year provisional`() throws {
    let local = Notice(
      number: "四龙路街道公告", title: "本地放假", issued: "2026-12-01", off: [.init("民族节日", "2027-03-22")])
    let calendar = try WorkCalendar(
      notices: ShippedCalendar.file.notices + [local], provisionalYears: [2027],
      statutory: ShippedCalendar.file.statutory, version: "2")
    #expect(try !calendar.isWorkday(Day.parse("2027-03-22")))
    #expect(try !calendar.isProvisional(Day.parse("2027-03-22")))
    #expect(try calendar.isProvisional(Day.parse("2027-03-23")))
  }

  @Test func `An empty calendar knows weekdays only, and says so`() throws {
    let calendar = try WorkCalendar(notices: [], version: "0")
    #expect(try calendar.isWorkday(Day.parse("2026-05-01")))
    #expect(try calendar.isProvisional(Day.parse("2026-05-01")))
    #expect(calendar.settledThrough == nil)
  }
}
