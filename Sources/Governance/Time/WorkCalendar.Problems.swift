extension Problem {
  static func notADay(_ text: String, _ source: String) -> Problem {
    Problem(
      .calendarInvalid,
      Words(
        "《\(source)》里的“\(text)”不是日期，或该月没有这一天",
        "'\(text)' in \(source) is not a date, or that month has no such day"),
      hint: Words(
        "一天写成 2026-01-01，一段写成 2026-01-01/2026-01-03，每年固定的写成 05-01，一段最多31天",
        "write a day 2026-01-01, a span 2026-01-01/2026-01-03 of at most 31 days, a yearly day 05-01"
      ))
  }

  static func listedTwice(_ day: some CustomStringConvertible, _ source: String) -> Problem {
    Problem(
      .calendarInvalid,
      Words("《\(source)》把 \(day) 列了两次", "\(source) lists \(day) twice"),
      hint: Words("请删去一处", "remove one of them"))
  }

  static func offAndWorked(_ day: Day, _ source: String) -> Problem {
    Problem(
      .calendarInvalid,
      Words(
        "《\(source)》里 \(day) 既放假又上班", "\(source) lists \(day) both as off and as worked"),
      hint: Words("请按通知原文只留一处", "keep the one that the notice says"))
  }

  static func farFromYear(_ day: Day, _ year: Int, _ source: String) -> Problem {
    Problem(
      .calendarInvalid,
      Words(
        "《\(source)》管\(year)年，却列了 \(day)", "\(source) covers \(year) but lists \(day)"),
      hint: Words(
        "只能列上一年12月至当年年底的日子", "it can list days from December before to the year's end"))
  }

  static func workedWeekday(_ day: Day, _ source: String) -> Problem {
    Problem(
      .calendarInvalid,
      Words(
        "《\(source)》把 \(day)（\(day.weekday.label.chinese)）列为上班，这一天本来就上班",
        "\(source) lists \(day), a \(day.weekday.label.english), as worked, which it is anyway"),
      hint: Words("请核对日期，调休上班的应是周六或周日", "check the date: days worked are weekend days"))
  }

  static func listsNothing(_ source: String) -> Problem {
    Problem(
      .calendarInvalid,
      Words("《\(source)》没有列出任何日子", "\(source) lists no day"),
      hint: Words("请填写 off 或 worked", "fill in off or worked"))
  }

  static func noticeTwice(_ number: String) -> Problem {
    Problem(
      .calendarInvalid, Words("《\(number)》出现了两次", "\(number) stands there twice"),
      hint: Words("请合并为一条", "make one entry of them"))
  }

  static func yearCoveredTwice(_ year: Int, _ first: String, _ second: String) -> Problem {
    Problem(
      .calendarInvalid,
      Words(
        "《\(first)》和《\(second)》都说管\(year)年",
        "\(first) and \(second) both cover \(year)"),
      hint: Words(
        "只调整个别日子的通知不写 covers", "a notice that only changes single days has no covers"))
  }

  static func noLongerProvisional(_ year: Int, _ number: String) -> Problem {
    Problem(
      .calendarInvalid,
      Words(
        "《\(number)》已经安排了\(year)年，但 provisional_years 里还有\(year)",
        "\(number) arranges \(year), which provisional_years still names"),
      hint: Words("请从 provisional_years 删去 \(year)", "remove \(year) from provisional_years"))
  }

  static func countTooLarge(_ count: Int) -> Problem {
    Problem(
      .inputInvalid,
      Words(
        "一次最多推算\(WorkCalendar.mostDays)天，这里是\(count)",
        "at most \(WorkCalendar.mostDays) days can be counted, not \(count)"))
  }

  static func noSuchWorkday(_ number: Int, _ period: Period, has count: Int) -> Problem {
    Problem(
      .inputInvalid,
      Words(
        "\(period.label.chinese)只有\(count)个工作日，没有第\(number)个",
        "\(period.label.english) has \(count) working days and no number \(number)"))
  }
}
